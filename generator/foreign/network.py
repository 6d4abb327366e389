"""Nodes of an ONNX graph to a PyTorch module whose layers have their names."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, fx, nn

from generator.errors import ModelError
from generator.foreign.graph import OTHERWISE, Graph, Node
from generator.foreign.operators import OPERATORS, Given, Unread

CALLS: dict[str, Callable[..., Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mul": operator.mul,
    "Div": operator.truediv,
}


@dataclass
class _Building:
    """The module so far; `samples` has a batch of two for each value that depends on the input."""

    graph: Graph
    root: nn.Module = field(default_factory=nn.Module)
    drawn: fx.Graph = field(default_factory=fx.Graph)
    values: dict[str, fx.Node] = field(default_factory=dict)
    samples: dict[str, Tensor] = field(default_factory=dict)


def network(graph: Graph, shape: tuple[int, ...]) -> nn.Module:
    """Build the module; its state dict holds the graph's weights by layer.

    Shape:   `shape` is that of one input; the module takes batches of it.
    Raises:  ModelError by the name of the first node that cannot be read.
    """
    building = _Building(graph)
    building.values[graph.input] = building.drawn.placeholder("input")
    building.samples[graph.input] = torch.zeros(2, *shape)
    for node in _joined(graph):
        _add(building, node)
    if graph.output not in building.values:
        raise ModelError("the graph's output does not depend on its input")
    building.drawn.output(building.values[graph.output])
    module = fx.GraphModule(building.root, building.drawn)
    return module.eval().requires_grad_(False)


def _add(building: _Building, node: Node) -> None:
    try:
        layer, inputs = _layer(building, node)
        samples = [one if not isinstance(one, str) else building.samples[one] for one in inputs]
        with torch.no_grad():
            made = layer.eval()(*samples) if isinstance(layer, nn.Module) else layer(*samples)
    except (Unread, RuntimeError, ValueError) as problem:
        reason = str(problem).splitlines()[0]
        raise ModelError(f"the node {node.said!r} {reason}", hint=OTHERWISE) from None
    if made.shape[0] != 2:
        raise ModelError(f"the node {node.said!r} mixes the examples of a batch", hint=OTHERWISE)
    arguments = tuple(building.values[one] if isinstance(one, str) else one for one in inputs)
    if isinstance(layer, nn.Module):
        building.root.add_module(node.name, layer)
        building.values[node.output] = building.drawn.call_module(node.name, arguments)
    else:
        building.values[node.output] = building.drawn.call_function(layer, arguments)
    building.samples[node.output] = made


def _layer(building: _Building, node: Node) -> tuple[Any, tuple[Any, ...]]:
    """The layer or function of a node, with what it is called on: names of values, or numbers."""
    constants, names = building.graph.constants, [one for one in node.inputs if one]
    moving = tuple(one for one in names if one in building.samples)
    if node.op in CALLS:
        return CALLS[node.op], tuple(
            one if one in moving else _number(one, constants) for one in names
        )
    if node.op == "Concat":
        if node.attributes["axis"] not in (1, 1 - building.samples[moving[0]].dim()):
            raise Unread("concatenates along another axis than the channels")
        return _cat, moving
    if node.op not in OPERATORS:
        raise Unread(
            f"does {node.op}; read are {', '.join(sorted({*OPERATORS, *CALLS, 'Concat'}))}"
        )
    if len(moving) != 1:
        raise Unread("reads several activations")
    held = [constants.get(one) if one and one not in moving else None for one in node.inputs[1:]]
    given = Given(node, building.samples[moving[0]], held)
    return OPERATORS[node.op](given), moving


def _cat(*parts: Tensor) -> Tensor:
    return torch.cat(parts, 1)


def _number(name: str, constants: Any) -> float:
    value = constants[name]
    if value.size != 1:
        raise Unread(f"calculates with {value.size} constants that belong to no layer")
    return float(value.reshape(()))


def _joined(graph: Graph) -> list[Node]:
    """A product with a matrix, followed by a sum with a vector, is one dense layer."""
    uses = [name for node in graph.nodes for name in node.inputs]
    nodes, skipped = [], set()
    for node in graph.nodes:
        if node.output in skipped:
            continue
        after = next((one for one in graph.nodes if node.output in one.inputs), None)
        bias = [one for one in after.inputs if one in graph.constants] if after else []
        joins = node.op == "MatMul" and after is not None and after.op == "Add" and bias
        if joins and after and uses.count(node.output) == 1 and graph.constants[bias[0]].ndim == 1:
            skipped.add(after.output)
            inputs = (*node.inputs, bias[0])
            node = Node(node.name, node.said, node.op, inputs, after.output, node.attributes)
        nodes.append(node)
    return nodes
