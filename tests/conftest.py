"""The order of the files: those that take longest begin first, so that no process ends alone."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LONG = ("browser", "commands", ".")
"""Folders whose tests build sites and open them, before all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder; within one, files and tests keep their order."""
    items.sort(key=lambda item: _turn(item.path.relative_to(TESTS).parts))


def _turn(parts: tuple[str, ...]) -> int:
    folder = parts[0] if len(parts) > 1 else "."
    return LONG.index(folder) if folder in LONG else len(LONG)
