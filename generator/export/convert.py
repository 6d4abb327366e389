"""From a trace of ATen operators to ONNX operators."""

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import torch
from onnx import ModelProto
from onnx_ir import Model
from onnx_ir.passes import Sequential, common
from onnxscript import opset20 as op
from onnxscript._framework_apis import torch_2_11
from onnxscript.optimizer import fold_constants_ir
from torch.onnx.errors import OnnxExporterError

from generator.export.program import as_traced, program
from generator.export.trace import Trace

OPSET = 20  # the first with Gelu; onnxruntime-web 1.30 runs it whole
LARGEST_FOLD = 64  # elements; a larger tensor of equal numbers is cheaper to make than to load


def convert(traced: Trace, inputs: Sequence[str]) -> ModelProto:
    """The trace as an ONNX model with inputs and outputs by name.

    Raises:  GraphError naming the operator that ONNX lacks and the layer that used it.
    """
    with _quiet(), _one_table(), as_traced():
        try:
            made = torch.onnx.export(
                program(traced) or traced.module,
                traced.arguments,
                dynamo=True,
                input_names=inputs,
                output_names=traced.outputs,
                opset_version=OPSET,
                custom_translation_table={
                    torch.ops.aten.max_pool2d_with_indices.default: max_pool2d_with_indices
                },
                optimize=False,
                verbose=False,
            )
        except OnnxExporterError as error:
            raise traced.layers.refuse(_operator(error), "cannot be exported to ONNX") from error
        if made is None:  # only when it is asked to write a file
            raise TypeError("torch.onnx.export returned nothing")
        tidy(made.model)
    return made.model_proto


def tidy(model: Model) -> None:
    """Compute what is known already and drop what nobody reads, without changing a number.

    onnxscript's whole optimizer also rewrites, and takes a factor of 1.000001 for one and an
    epsilon of 1e-9 for nothing.
    """
    common.InlinePass()(model)
    fold_constants_ir(model, output_size_limit=LARGEST_FOLD)
    Sequential(
        common.RemoveUnusedNodesPass(),
        common.LiftConstantsToInitializersPass(lift_all_constants=True, size_limit=0),
        common.DeduplicateInitializersPass(),
        common.CommonSubexpressionEliminationPass(),
        common.IdentityEliminationPass(),
        common.RemoveUnusedNodesPass(),
        common.OutputFixPass(),
        common.NameFixPass(),
    )(model)


def max_pool2d_with_indices(
    image: Any,
    kernel: Sequence[int],
    stride: Sequence[int] = (),
    padding: Sequence[int] = (0, 0),
    dilation: Sequence[int] = (1, 1),
    ceil_mode: bool = False,
) -> tuple[Any, Any]:
    """Maxima and their places; ONNX counts places through the whole batch, ATen within a plane.

    PyTorch's own translation finds the offset with a second pooling; a remainder is enough.
    """
    kernel, padding, dilation = (
        list(value) * 2 if len(value) == 1 else list(value) for value in (kernel, padding, dilation)
    )
    strides = list(stride) * 2 if len(stride) == 1 else list(stride) or kernel
    maxima, places = op.MaxPool(
        image,
        kernel_shape=kernel,
        strides=strides,
        pads=padding * 2,
        dilations=dilation,
        ceil_mode=int(ceil_mode),
    )
    plane: Any = op.Constant(value_int=image.shape[-2] * image.shape[-1])
    return maxima, op.Mod(places, plane)


def _operator(error: BaseException) -> str:
    """The ATen operator that an exporter's error, or one that caused it, is about."""
    reason: BaseException | None = error
    while reason is not None:
        found = re.search(r"(?:torch\.ops\.|OpOverload\(op=')([\w.]+)", str(reason))
        if found:
            return found[1]
        reason = reason.__cause__
    return "unknown"


@contextmanager
def _one_table() -> Iterator[None]:
    """Let PyTorch read its table of translations once a process, not anew for every graph."""
    each_time = torch_2_11.get_torchlib_ops
    torch_2_11.get_torchlib_ops = _translations
    try:
        yield
    finally:
        torch_2_11.get_torchlib_ops = each_time


@cache
def _translations(read: Any = torch_2_11.get_torchlib_ops) -> Any:
    """The table as onnxscript gives it: a few hundred parsed functions, a third of a second."""
    return read()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep PyTorch's remarks on its own internals from an author's terminal."""
    logs = [logging.getLogger(name) for name in ("torch.onnx", "onnx_ir")]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=FutureWarning, message=".*LeafSpec")
            yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)
