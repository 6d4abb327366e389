"""How each operation makes one unit's value of the values that the unit reads."""

import math
from collections.abc import Callable

import numpy as np

from generator.compute.functions import activation
from generator.compute.operations import ELEMENTWISE
from generator.compute.unit import Explanation, Term, Unit
from generator.compute.windows import divisor, window


def _summed(
    unit: Unit, terms: list[Term], bias: float = 0.0, f: Callable[[float], float] = float
) -> Explanation:
    total = math.fsum(term.product for term in terms)
    place = (unit.layer.name, unit.channel, unit.y, unit.x)
    return Explanation(*place, tuple(terms), bias, total, f(total + bias))


def _bias(unit: Unit) -> float:
    bias = unit.tensor("bias")
    return 0.0 if bias is None else float(bias[unit.channel])


def _conv(unit: Unit) -> Explanation:
    weight = unit.weights[unit.layer.tensors["weight"]]
    _, height, width = unit.architecture[unit.layer.inputs[0]].shape
    per_group = weight.shape[1]
    group = unit.channel // (weight.shape[0] // unit.layer.attributes["groups"])
    rows = window(unit.layer, 0, unit.y, height).taps()
    columns = window(unit.layer, 1, unit.x, width).taps()
    terms = [
        unit.term((group * per_group + c, y, x), float(weight[unit.channel, c, i, j]))
        for c in range(per_group)
        for i, y in rows
        for j, x in columns
    ]
    return _summed(unit, terms, _bias(unit))


def _linear(unit: Unit) -> Explanation:
    weight = unit.weights[unit.layer.tensors["weight"]][unit.channel]
    terms = [unit.term((i, 0, 0), float(weight[i])) for i in range(len(weight))]
    return _summed(unit, terms, _bias(unit))


def _batch_norm(unit: Unit) -> Explanation:
    # weight * (v - mean) / sqrt(variance + eps) + bias, written as one factor and one number
    mean, variance = (
        float(unit.weights[unit.layer.tensors[role]][unit.channel]) for role in ("mean", "variance")
    )
    weight = unit.tensor("weight")
    factor = 1.0 if weight is None else float(weight[unit.channel])
    factor /= math.sqrt(variance + float(unit.layer.attributes["eps"]))
    return _summed(unit, [_same(unit, factor)], _bias(unit) - factor * mean)


def _same(unit: Unit, weight: float = 1.0, source: int = 0) -> Term:
    return unit.term((unit.channel, unit.y, unit.x), weight, source)


def _scale(unit: Unit) -> Explanation:
    how = unit.layer.attributes
    return _summed(unit, [_same(unit, float(how["factor"]))], float(how["shift"]))


def _add(unit: Unit) -> Explanation:
    return _summed(unit, [_same(unit, 1.0, source) for source in range(len(unit.layer.inputs))])


def _cat(unit: Unit) -> Explanation:
    channel = unit.channel
    for source, name in enumerate(unit.layer.inputs):
        channels = unit.architecture[name].channels
        if channel < channels:
            return _summed(unit, [unit.term((channel, unit.y, unit.x), 1.0, source)])
        channel -= channels
    raise IndexError(f"{unit.layer.name} has no channel {unit.channel}")


def _flatten(unit: Unit) -> Explanation:
    shape = unit.architecture[unit.layer.inputs[0]].shape
    place = [int(i) for i in np.unravel_index(unit.channel, shape)]
    channel, y, x = place if len(place) == 3 else (place[0], 0, 0)
    return _summed(unit, [unit.term((channel, y, x), 1.0)])


def _pooled(unit: Unit) -> tuple[list[tuple[int, int, int]], int]:
    _, height, width = unit.architecture[unit.layer.inputs[0]].shape
    windows = (window(unit.layer, 0, unit.y, height), window(unit.layer, 1, unit.x, width))
    places = [(unit.channel, y, x) for _, y in windows[0].taps() for _, x in windows[1].taps()]
    return places, divisor(unit.layer, windows)


def _max_pool(unit: Unit) -> Explanation:
    places, _ = _pooled(unit)
    read = [unit.term(place, 0.0) for place in places]
    winner = max(range(len(read)), key=lambda i: read[i].value)  # the first of equals
    return _summed(unit, [unit.term(p, float(i == winner)) for i, p in enumerate(places)])


def _avg_pool(unit: Unit) -> Explanation:
    places, count = _pooled(unit)
    return _summed(unit, [unit.term(place, 1 / count) for place in places])


def _elementwise(unit: Unit) -> Explanation:
    layer = unit.layer
    return _summed(unit, [_same(unit)], f=lambda v: activation(layer.op, v, layer.attributes))


def _softmax(unit: Unit) -> Explanation:
    channels = range(unit.layer.channels)
    read = [unit.term((channel, unit.y, unit.x), 1.0) for channel in channels]
    greatest = max(term.value for term in read)
    terms = [
        Term(t.layer, t.channel, t.y, t.x, t.value, 1.0, math.exp(t.value - greatest)) for t in read
    ]
    own = read[unit.channel].value - greatest
    if unit.layer.op == "softmax":
        return _summed(unit, terms, f=lambda total: math.exp(own) / total)
    return _summed(unit, terms, f=lambda total: own - math.log(total))


ARITHMETIC: dict[str, Callable[[Unit], Explanation]] = {
    "conv": _conv,
    "linear": _linear,
    "batch_norm": _batch_norm,
    "scale": _scale,
    "add": _add,
    "cat": _cat,
    "flatten": _flatten,
    "max_pool": _max_pool,
    "avg_pool": _avg_pool,
    "adaptive_avg_pool": _avg_pool,
    **dict.fromkeys(ELEMENTWISE, _elementwise),
    **dict.fromkeys(("softmax", "log_softmax"), _softmax),
}
