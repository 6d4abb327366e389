"""Random shapes, strides, pads and axes: the light engine answers what onnxruntime answers."""

import os
from functools import cache

import numpy as np
import onnxruntime
import pytest

from generator.export.parity import session
from tests.engine.making import MAKERS
from tests.engine.node import Arrays, Task, run

COUNT = 400 if os.environ.get("EXPLORABLE_TRIAL") else 40
# Sums of up to some hundred products of either sign, added up in another order.
TOLERANCE = 1e-5


def oracle(graph: bytes, feeds: Arrays) -> Arrays | str:
    try:
        opened: onnxruntime.InferenceSession = session(graph, {})
        names = [port.name for port in opened.get_outputs()]
        return dict(zip(names, opened.run(names, feeds), strict=True))
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
        return str(error)


@cache
def cases() -> tuple[list[tuple[str, bytes, Arrays]], list[Arrays | str]]:
    """Random graphs with their feeds, and what onnxruntime makes of them."""
    draw = np.random.default_rng(7)
    made = [(name, *maker(draw)) for name, maker in MAKERS.items() for _ in range(COUNT)]
    return made, [oracle(graph, feeds) for _, graph, feeds in made]


@pytest.mark.parametrize("way", ["", "plain"])
def test_random_graphs_answer_what_onnxruntime_answers(way: str) -> None:
    made, wanted = cases()
    answers = run([Task(graph, feeds) for _, graph, feeds in made], way)
    wrong = []
    compared = dict.fromkeys(MAKERS, 0)
    for (name, _, feeds), answer, answer_wanted in zip(made, answers, wanted, strict=True):
        if isinstance(answer_wanted, str):
            continue
        if isinstance(answer, str):
            wrong.append((name, answer, {k: v.shape for k, v in feeds.items()}))
            continue
        compared[name] += 1
        for port, b in answer_wanted.items():
            a = answer[port]
            if (a.shape, a.dtype) != (b.shape, b.dtype):
                wrong.append((name, port, a.shape, b.shape))
            elif b.size and np.abs(a - b.astype(float)).max() > TOLERANCE * max(1, np.abs(b).max()):
                wrong.append((name, port, np.abs(a - b.astype(float)).max()))
    assert wrong == []
    assert all(count >= COUNT * 0.8 for count in compared.values()), compared
