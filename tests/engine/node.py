"""Graphs run by the light engine in Node, many in one process."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".venv/bin/node"

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Task:
    """A graph, what it is fed, and the files beside it by location."""

    graph: bytes
    feeds: Mapping[str, np.ndarray]
    weights: Mapping[str, bytes] = field(default_factory=dict)


def text(content: bytes) -> str:
    return b64encode(content).decode()


def ask(tasks: Sequence[Task], way: str = "") -> dict[str, Any]:
    """What tests/js/engine.mjs answers; `plain` has it run without WebAssembly."""
    given = [
        {
            "graph": text(task.graph),
            "weights": {name: text(file) for name, file in task.weights.items()},
            "feeds": {
                name: {
                    "shape": list(value.shape),
                    "dtype": str(value.dtype),
                    "data": text(value.tobytes()),
                }
                for name, value in task.feeds.items()
            },
        }
        for task in tasks
    ]
    done = subprocess.run(
        [str(NODE), "tests/js/engine.mjs", way],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def run(tasks: Sequence[Task], way: str = "") -> list[Arrays | str]:
    """For each task its outputs, or the engine's message of refusal."""
    return [
        answer.get("error") or {name: _array(one) for name, one in answer["outputs"].items()}
        for answer in ask(tasks, way)["answers"]
    ]


def _array(one: Mapping[str, Any]) -> np.ndarray:
    return np.frombuffer(b64decode(one["data"]), one["dtype"]).reshape(one["shape"])
