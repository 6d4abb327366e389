"""What a trace takes apart: PyTorch's core decompositions, and ours for what ONNX lacks.

Autograd asks for whole kernels (`convolution_backward`, `max_pool2d_with_indices_backward`, ...);
ours write them with operators of the forward pass, so that a trace keeps only what converts.
Nothing is approximated: tests/export compares each with autograd on random shapes.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch._decomp import core_aten_decompositions, decomposition_table

from generator.export import convolution, pooling


@cache
def table() -> dict[Any, Callable[..., Any]]:
    """Every operator we take apart while tracing, with the function that replaces it."""
    aten = torch.ops.aten
    training = aten.native_batch_norm.default
    return {
        **core_aten_decompositions(),
        training: decomposition_table[training],
        aten.empty_permuted.default: empty_permuted,
        aten.convolution_backward.default: convolution.convolution_backward,
        aten.avg_pool2d.default: pooling.avg_pool2d,
        aten.avg_pool2d_backward.default: pooling.avg_pool2d_backward,
        aten.max_pool2d_with_indices_backward.default: pooling.max_pool2d_backward,
        aten._adaptive_avg_pool2d.default: pooling.adaptive_avg_pool2d,
        aten._adaptive_avg_pool2d_backward.default: pooling.adaptive_avg_pool2d_backward,
        aten.upsample_nearest2d_backward.default: pooling.upsample_nearest2d_backward,
    }


def empty_permuted(size: Sequence[int], order: Sequence[int], **how: Any) -> Tensor:
    """Memory that a derivative is about to fill (SiLU's is); ONNX has values only, so zeros."""
    return torch.zeros(size, dtype=how.get("dtype"))
