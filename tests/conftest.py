"""Which tests run and in which order.

Tests marked `long` are dear ones beside cheaper ones that look at the same thing. The quick run
takes one in three of each file, drawn by the commit, so that every commit tries others; the trial
takes all. EXPLORABLE_SEED, which the last line of a run names, draws the same again.
"""

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

TESTS = Path(__file__).parent
LONG = ("browser", "commands", ".")
"""Folders whose tests build sites and open them, before all others: no process ends alone."""
ONE_IN = 3


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the run left to the trial."""
    if not os.environ.get("EXPLORABLE_TRIAL"):
        said = f"of the long tests one in {ONE_IN}, drawn by EXPLORABLE_SEED={_seed()}"
        terminalreporter.write_line(said)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort by folder; within one, files and tests keep their order."""
    items.sort(key=lambda item: _turn(item.path.relative_to(TESTS).parts))
    if os.environ.get("EXPLORABLE_TRIAL"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    left = {item for _, file in groupby(long, key=lambda item: item.path) for item in _left(file)}
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = [item for item in items if item not in left]


def _left(file: Iterator[pytest.Item]) -> set[pytest.Item]:
    among = list(file)
    draw = Random(f"{_seed()} {among[0].path.relative_to(TESTS)}")
    return set(among) - set(draw.sample(among, -(-len(among) // ONE_IN)))


@cache
def _seed() -> str:
    if named := os.environ.get("EXPLORABLE_SEED"):
        return named
    asked = ["git", "-C", str(TESTS), "rev-parse", "--short=12", "HEAD"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "0"


def _turn(parts: tuple[str, ...]) -> int:
    folder = parts[0] if len(parts) > 1 else "."
    return LONG.index(folder) if folder in LONG else len(LONG)
