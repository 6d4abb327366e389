"""A trace handed over as it is gives the graph that PyTorch's own recording of it gives."""

import onnx
import pytest
import torch
from torch import nn

from generator.compute.graphs import forward, input_gradient
from generator.export import convert
from generator.export.graphs import export_graph
from generator.export.program import program
from generator.export.trace import trace
from generator.figure import Source
from tests.export.lenet import lenet

NET = nn.Sequential(
    nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.GELU(), nn.MaxPool2d(3), nn.Flatten(), nn.Linear(2, 3)
).eval().requires_grad_(False)  # fmt: skip


def source(net: nn.Module, shape: tuple[int, ...], outputs: int) -> Source:
    """The gradient of a net's first output, tried on one input."""
    feeds = {"input": torch.rand(1, *shape), "direction": torch.eye(outputs)[:1]}
    return Source(input_gradient(net), dict(net.state_dict()), feeds, [feeds], shared=False)


def steps(file: bytes) -> list[tuple[str, int]]:
    """A graph's operators with how many tensors they read, in the order of their names."""
    nodes = onnx.load_from_string(file).graph.node
    return sorted((node.op_type, len(node.input)) for node in nodes)


def test_a_graph_has_the_same_operators_whoever_recorded_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = source(NET, (1, 5, 5), 3)
    assert program(trace(asked.function, asked.weights, asked.inputs)) is not None
    ours = export_graph("slope", asked)
    monkeypatch.setattr(convert, "program", lambda traced: None)
    theirs = export_graph("slope", asked)
    assert steps(ours.onnx) == steps(theirs.onnx)
    assert (ours.inputs, ours.outputs) == (theirs.inputs, theirs.outputs)


def test_what_writes_in_place_or_encloses_a_tensor_is_left_to_pytorch() -> None:
    asked = source(lenet(), (1, 28, 28), 10)
    assert program(trace(asked.function, asked.weights, asked.inputs)) is None
    enclosed = torch.rand(3)
    net = nn.Linear(2, 3).requires_grad_(False)
    answers = forward(net, ["output"])
    feeds = {"input": torch.rand(1, 2)}
    weights = dict(net.state_dict())
    added = trace(
        lambda w, given: {"sum": answers(w, given)["output"] + enclosed}, weights, feeds
    )  # fmt: skip
    assert program(added) is None
