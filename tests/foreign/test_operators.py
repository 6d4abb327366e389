"""ONNX graphs read as PyTorch modules: onnxruntime, or the original module, is the oracle."""

from __future__ import annotations

import io
import warnings
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from generator.errors import ModelError
from generator.foreign import disagreement, module_of
from generator.models import load_model
from tests.author import FOREIGN

UNIT = (0.0, 1.0)
dice = np.random.default_rng(0)
Step = tuple[str, list[str], str, dict[str, Any]]


def numbers(*shape: int) -> np.ndarray[Any, Any]:
    return dice.normal(size=shape).astype(np.float32)


def graph(
    shape: tuple[int, ...], steps: list[Step], weights: dict[str, Any], opset: int = 18
) -> bytes:
    """A file with these nodes, each named after its output with its operator behind."""
    nodes = [
        helper.make_node(op, inputs, [out], name=f"/{out}/{op}", **options)
        for op, inputs, out, options in steps
    ]
    ports = (
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info(steps[-1][2], TensorProto.FLOAT, None)],
    )
    held = [numpy_helper.from_array(np.asarray(one), name) for name, one in weights.items()]
    made = helper.make_graph(nodes, "g", *ports, held)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    return bytes(onnx.shape_inference.infer_shapes(model, data_prop=True).SerializeToString())


def one(op: str, weights: dict[str, Any] | None = None, **options: Any) -> Any:
    weights = weights or {}
    return [(op, ["x", *weights], "y", options)], weights


PICTURE = (4, 9, 9)
CASES: dict[str, tuple[tuple[int, ...], Any]] = {
    "Conv": (PICTURE, one("Conv", {"w": numbers(6, 4, 3, 3), "b": numbers(6)}, kernel_shape=[3, 3],
                          pads=[1, 2, 1, 2], strides=[2, 1], dilations=[1, 2])),
    "Conv, grouped": (PICTURE, one("Conv", {"w": numbers(4, 1, 3, 3)}, group=4)),
    "Conv, same": (PICTURE, one("Conv", {"w": numbers(5, 4, 5, 3)}, auto_pad="SAME_UPPER")),
    "BatchNormalization": (PICTURE, one("BatchNormalization", {
        "s": numbers(4), "b": numbers(4), "m": numbers(4), "v": abs(numbers(4))}, epsilon=0.01)),
    "MaxPool": (PICTURE, one("MaxPool", kernel_shape=[3, 2], strides=[2, 2], ceil_mode=1)),
    "AveragePool": (PICTURE, one("AveragePool", kernel_shape=[3, 3], pads=[1, 1, 1, 1])),
    "AveragePool, counting": (PICTURE, one("AveragePool", kernel_shape=[3, 3], pads=[1, 1, 1, 1],
                                           count_include_pad=1)),
    "GlobalAveragePool": (PICTURE, one("GlobalAveragePool")),
    "ReduceMean": (PICTURE, one("ReduceMean", {"a": np.array([2, 3])}, keepdims=0)),
    "Gemm": ((7,), one("Gemm", {"w": numbers(7, 3), "b": numbers(3)})),
    "Gemm, turned": ((7,), one("Gemm", {"w": numbers(3, 7)}, transB=1)),
    "MatMul and Add": ((7,), ([("MatMul", ["x", "w"], "m", {}), ("Add", ["b", "m"], "y", {})],
                              {"w": numbers(7, 3), "b": numbers(3)})),
    "Reshape": (PICTURE, one("Reshape", {"s": np.array([0, -1])})),
    "Reshape by a computed shape": (PICTURE, ([
        ("Shape", ["x"], "a", {}), ("Gather", ["a", "zero"], "b", {}),
        ("Concat", ["b", "rest"], "c", {"axis": 0}), ("Reshape", ["x", "c"], "y", {})],
        {"zero": np.array([0]), "rest": np.array([-1])})),
    "Flatten": (PICTURE, one("Flatten", axis=1)),
    "Clip": ((7,), one("Clip", {"l": np.float32(0.2), "h": np.float32(0.6)})),
    "LeakyRelu": ((7,), ([("Sub", ["x", "half"], "a", {}), ("LeakyRelu", ["a"], "y",
                                                            {"alpha": 0.3})],
                         {"half": np.float32(0.5)})),
    "Softmax": ((7,), one("Softmax", axis=-1)),
    "Softmax, older": ((7,), one("Softmax")),
    "Concat and Add": (PICTURE, ([("Relu", ["x"], "a", {}), ("Add", ["a", "x"], "b", {}),
                                  ("Concat", ["a", "b"], "y", {"axis": 1})], {})),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_operator_answers_as_onnxruntime_does(name: str) -> None:
    shape, (steps, weights) = CASES[name]
    content = graph(shape, steps, weights, opset=11 if "older" in name else 18)
    module = module_of(content, shape, UNIT)
    assert disagreement(module, content, shape, (-1.0, 1.0)) < 1e-5
    # Two examples are read as one and one.
    given = torch.from_numpy(numbers(2, *shape))
    torch.testing.assert_close(module(given)[1:], module(given[1:]))


@pytest.mark.parametrize("name", ["plain-mlp", "residual-net", "colour-tiles"])
def test_a_stranger_comes_back_from_onnx_as_it_was(name: str) -> None:
    model = load_model(FOREIGN / name)
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        example = (torch.rand(1, *model.card.input),)
        torch.onnx.export(model.module, example, file, dynamo=False)
    back = module_of(file.getvalue(), model.card.input, model.card.range)
    given = torch.rand(5, *model.card.input)
    torch.testing.assert_close(back(given), model.module(given), rtol=1e-4, atol=1e-4)


def test_layers_are_named_after_the_nodes() -> None:
    steps: list[Step] = [
        ("Conv", ["x", "w"], "block/conv1", {}),
        ("Relu", ["block/conv1"], "block/bend", {}),
        ("Tanh", ["block/bend"], "2", {}),
    ]
    module = module_of(graph(PICTURE, steps, {"w": numbers(2, 4, 3, 3)}), PICTURE, UNIT)
    names = [name for name, _ in module.named_children()]
    assert names == ["block_conv1", "block_bend", "layer_2"]


def refused(content: bytes, shape: tuple[int, ...] = PICTURE) -> str:
    with pytest.raises(ModelError) as problem:
        module_of(content, shape, UNIT)
    return str(problem.value)


def test_a_node_that_cannot_be_read_is_named() -> None:
    said = refused(graph(PICTURE, *one("Erf")))
    assert said.startswith("the node '/y/Erf' does Erf; read are Add, AveragePool, BatchNorm")
    assert "\n  hint: write the model as model.py instead" in said
    lopsided = one("Conv", {"w": numbers(2, 4, 3, 3)}, pads=[0, 0, 1, 1])
    assert "the node '/y/Conv' pads one side more" in refused(graph(PICTURE, *lopsided))
    steps, weights = one("Reshape", {"s": np.array([-1, 9])})
    assert "the node '/y/Reshape' mixes the examples" in refused(graph(PICTURE, steps, weights))


def test_what_is_no_model_of_this_sort_is_refused() -> None:
    assert refused(b"not onnx at all") == "this is no ONNX file\n  hint: export the model again"
    good = graph(PICTURE, *one("Relu"))
    assert "reads inputs of shape (4, 9, 9), the card says (1, 9, 9)" in refused(good, (1, 9, 9))
    model = onnx.load_model_from_string(good)
    model.graph.input.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 4]))
    assert "the graph has 2 inputs (x, z)" in refused(model.SerializeToString())


def test_weights_in_another_file_are_not_followed() -> None:
    model = onnx.load_model_from_string(graph(PICTURE, *one("Conv", {"w": numbers(2, 4, 3, 3)})))
    held = model.graph.initializer[0]
    held.ClearField("raw_data")
    held.data_location = TensorProto.EXTERNAL
    held.external_data.add(key="location", value="/etc/passwd")
    assert "the weights of w lie in another file" in refused(model.SerializeToString())
