"""Calls that are no module: sums, concatenations, reshapes, means, arithmetic with a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from torch import fx

from generator.compute.operations import Operation, Shape, undrawable


@dataclass(frozen=True)
class Call:
    """One function or method call: its node, the layer's name, and shapes without the batch."""

    node: fx.Node
    name: str
    inputs: Sequence[Shape]
    shape: Shape

    def option(self, place: int, name: str, default: Any = None) -> Any:
        """Argument given by place or by name."""
        if len(self.node.args) > place:
            return self.node.args[place]
        return self.node.kwargs.get(name, default)


def _add(call: Call) -> Operation:
    terms = [call.option(0, "input"), call.option(1, "other")]
    if call.option(2, "alpha", 1) != 1:
        raise undrawable(call.name, "weighs what it adds (alpha)")
    nodes = tuple(term for term in terms if isinstance(term, fx.Node))
    if len(nodes) == 1:
        (number,) = (term for term in terms if not isinstance(term, fx.Node))
        return _scaled(call, 1.0, number)
    if any(shape != call.shape for shape in call.inputs):
        raise undrawable(
            call.name, f"adds shapes {' and '.join(map(str, call.inputs))}", "make them equal"
        )
    return Operation("add", reads=nodes)


def _subtract(call: Call) -> Operation:
    left, right = call.option(0, "input"), call.option(1, "other")
    if isinstance(right, fx.Node):
        raise undrawable(call.name, "subtracts activations")
    return _scaled(call, 1.0, -right) if isinstance(left, fx.Node) else _scaled(call, -1.0, left)


def _multiply(call: Call) -> Operation:
    factors = [call.option(0, "input"), call.option(1, "other")]
    numbers = [factor for factor in factors if not isinstance(factor, fx.Node)]
    if len(numbers) != 1:
        raise undrawable(call.name, "multiplies activations with each other")
    return _scaled(call, numbers[0], 0.0)


def _divide(call: Call) -> Operation:
    left, right = call.option(0, "input"), call.option(1, "other")
    if isinstance(right, fx.Node) or not isinstance(left, fx.Node):
        raise undrawable(call.name, "divides by activations")
    return _scaled(call, 1 / right, 0.0)


def _scaled(call: Call, factor: Any, shift: Any) -> Operation:
    return Operation("scale", {"factor": float(factor), "shift": float(shift)})


def _cat(call: Call) -> Operation:
    parts = call.option(0, "tensors")
    dimension = call.option(1, "dim", 0)
    if dimension not in (1, -3) or (dimension == -3 and len(call.shape) != 3):
        raise undrawable(
            call.name, f"concatenates along dimension {dimension}", "drawn is dim=1, channels"
        )
    return Operation("cat", reads=tuple(parts))


def _reshape(call: Call) -> Operation:
    (before,) = call.inputs
    if before == call.shape:
        return Operation("identity")
    if call.shape != (prod(before),):
        raise undrawable(
            call.name, f"reshapes {before} to {call.shape}", "drawn is a flatten to one axis"
        )
    return Operation("flatten")


def _mean(call: Call) -> Operation:
    (before,) = call.inputs
    axes = call.option(1, "dim")
    axes = sorted(axis % 4 for axis in axes) if isinstance(axes, list | tuple) else axes
    if len(before) != 3 or axes != [2, 3]:
        raise undrawable(call.name, "takes a mean over other axes than height and width")
    return Operation("adaptive_avg_pool")


def _dropout(call: Call) -> Operation:
    if call.option(2, "training", True):
        raise undrawable(call.name, "drops at random", "write F.dropout(x, training=self.training)")
    return Operation("identity")


STEPS: dict[str, Callable[[Call], Operation]] = {
    "add": _add,
    "sub": _subtract,
    "mul": _multiply,
    "truediv": _divide,
    "cat": _cat,
    **dict.fromkeys(("flatten", "view", "reshape", "squeeze", "contiguous"), _reshape),
    "mean": _mean,
    **dict.fromkeys(("dropout", "dropout2d"), _dropout),
}
