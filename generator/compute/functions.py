"""Activation functions of one number, by the names that architectures use."""

import math
from collections.abc import Mapping
from typing import Any


def activation(op: str, value: float, attributes: Mapping[str, Any]) -> float:
    """f(value) for one of `operations.ELEMENTWISE`.

    relu max(v, 0) · leaky_relu max(v, 0) + slope min(v, 0) · hardtanh min(max(v, low), high) ·
    tanh · sigmoid 1 / (1 + exp(-v)) · silu v sigmoid(v) · identity v ·
    gelu v/2 (1 + erf(v / sqrt 2)), or its tanh form where `approximate` says so.

    Range:   any float, overflow included.
    Raises:  KeyError for another name.
    Source:  Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2 (gelu and silu).
    """
    match op:
        case "relu":
            return max(value, 0.0)
        case "leaky_relu":
            return value if value > 0 else float(attributes["slope"]) * value
        case "hardtanh":
            return min(max(value, float(attributes["low"])), float(attributes["high"]))
        case "tanh":
            return math.tanh(value)
        case "sigmoid":
            return _sigmoid(value)
        case "silu":
            return value * _sigmoid(value)
        case "gelu":
            return _gelu(value, attributes["approximate"])
        case "identity":
            return value
    raise KeyError(op)


def _sigmoid(value: float) -> float:
    # exp of a large positive number overflows; both forms are equal.
    if value < 0:
        return math.exp(value) / (1 + math.exp(value))
    return 1 / (1 + math.exp(-value))


def _gelu(value: float, approximate: str) -> float:
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (value + 0.044715 * value**3)
        return value * 0.5 * (1 + math.tanh(inner))
    return value * 0.5 * (1 + math.erf(value / math.sqrt(2)))
