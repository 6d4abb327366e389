"""What a drawn layer may do, and how one that cannot be drawn is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from torch import fx

from generator.errors import ModelError

ELEMENTWISE = ("relu", "leaky_relu", "hardtanh", "gelu", "tanh", "sigmoid", "silu", "identity")
OPS = (
    *("input", "conv", "linear", "batch_norm", "scale", "add", "cat", "flatten"),
    *("max_pool", "avg_pool", "adaptive_avg_pool", *ELEMENTWISE, "softmax", "log_softmax"),
)

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Operation:
    """What a layer does.

    attributes  stride, kernel …; JSON values
    tensors     role -> name in the module's own state dict
    reads       its inputs, where the graph's own list would not do (x + x)
    """

    op: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    tensors: Mapping[str, str] = field(default_factory=dict)
    reads: tuple[fx.Node, ...] = ()


def undrawable(layer: str, what: str, hint: str = "") -> ModelError:
    """Say that a layer cannot be drawn, by its name; the caller raises what this gives."""
    return ModelError(f"layer {layer!r} {what}", hint=hint or f"drawn are {', '.join(OPS)}")
