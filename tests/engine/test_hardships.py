"""Altered files and thousands of runs: the light engine refuses, and holds no more than before."""

import json
import os
import subprocess
from base64 import b64encode
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from onnx.helper import make_node

from generator.export.weights import widened
from tests.engine.node import NODE, ROOT
from tests.engine.test_refusals import model

SITE = ROOT / "site/assets"
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
ALTERED = 2000 if TRIAL else 200
TURNS = 10_000 if TRIAL else 1000


@cache
def graphs() -> dict[str, dict[str, str]]:
    """One graph of every name on our own site that has weights, and they, as base64."""
    found = {}
    for listing in sorted(SITE.glob("*.json")):
        for name, card in json.loads(listing.read_text("utf8")).get("graphs", {}).items():
            if not card["weights"]:
                continue
            content = (SITE / card["url"]).read_bytes()
            weights = widened((SITE / card["weights"]).read_bytes())
            found[name] = {
                "graph": b64encode(content).decode(),
                "weights": b64encode(weights).decode(),
            }
    return found


def node(script: str, given: dict[str, Any]) -> Any:
    done = subprocess.run(
        [str(NODE), "--expose-gc", f"tests/js/{script}"],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["forward", "gradient"])
def test_an_altered_graph_is_refused_or_run_and_nothing_else(name: str) -> None:
    found = node("engine-mutations.mjs", {**graphs()[name], "count": ALTERED // 2, "seed": 7})
    assert set(found["said"]) == {"refused", "answered"}, found
    assert sum(found["said"].values()) == ALTERED // 2
    # In a page a worker is busy meanwhile and the page is not; that it ends is what counts.
    assert found["slowest"] < 30_000


def test_a_run_that_nobody_waits_for_stops_between_two_operators() -> None:
    # Large ones, for an engine that is done at once has no time to look up.
    names = ["x", *(f"v{i}" for i in range(26)), "y"]
    nodes = [make_node("MatMul", [a, "w"], [b]) for a, b in pairwise(names)]
    made = model(nodes, (400, 400), {"w": np.full((400, 400), 1 / 400, np.float32)})
    given = {"graph": b64encode(made.SerializeToString()).decode()}
    assert node("engine-stop.mjs", given) == ["nobody waits for it", ["y"]]


def test_thousands_of_runs_leave_the_memory_flat() -> None:
    held = node("engine-soak.mjs", {**graphs()["forward"], "turns": TURNS})
    # Each run gives out 50 kB of answers. What is compiled on the way is kept once, some megabytes;
    # what were kept of every run would be many times that.
    assert held[-1] - held[1] < 50_000 * TURNS / 10, held
