"""What the light engine cannot run it refuses, by the name of the node and the operator."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, ValueInfoProto, numpy_helper
from onnx.helper import (
    make_graph,
    make_model,
    make_node,
    make_opsetid,
    make_tensor_value_info,
)

from generator.export.convert import OPSET
from tests.engine.node import Task, run

FLOAT = TensorProto.FLOAT


def model(
    nodes: list[onnx.NodeProto],
    shape: tuple[int, ...] = (2, 3),
    constants: dict[str, np.ndarray] | None = None,
    output: str = "y",
    opset: int = OPSET,
) -> onnx.ModelProto:
    """A graph from `x` to `y`."""
    held = [numpy_helper.from_array(value, name) for name, value in (constants or {}).items()]
    x = make_tensor_value_info("x", FLOAT, shape)
    graph = make_graph(nodes, "tried", [x], [ValueInfoProto(name=output)], held)
    return make_model(graph, opset_imports=[make_opsetid("", opset)], ir_version=10)


def said(
    made: onnx.ModelProto | bytes, x: np.ndarray | None = None, weights: bytes | None = None
) -> str:
    content = made if isinstance(made, bytes) else made.SerializeToString()
    feeds = {"x": np.ones((2, 3), np.float32) if x is None else x}
    files = {"weights.safetensors": weights} if weights else {}
    (answer,) = run([Task(content, feeds, files)])
    assert isinstance(answer, str), answer
    return answer


RELU = make_node("Relu", ["x"], ["y"])
HUGE = np.array([70_000, 70_000], np.int64)
REFUSED: dict[str, tuple[onnx.ModelProto, str]] = {
    "an unknown operator": (
        model([make_node("Det", ["x"], ["y"])]),
        "node 1, Det, which makes y: this operator is not known",
    ),
    "an operator of another maker": (
        model([make_node("Relu", ["x"], ["y"], domain="com.example")]),
        "node 1, Relu, which makes y: this operator is not known",
    ),
    "an unknown attribute": (
        model([make_node("Relu", ["x"], ["y"], slope=1)]),
        "node 1, Relu, which makes y: its attribute slope is not known",
    ),
    "a cycle": (
        model([make_node("Add", ["x", "b"], ["a"]), make_node("Relu", ["a"], ["b"])], output="b"),
        "node 1, Add, which makes a: nothing before it makes its input b",
    ),
    "a value made twice": (
        model([RELU, RELU]),
        "node 2, Relu, which makes y: y is made twice",
    ),
    "shapes that do not fit": (
        model([make_node("MatMul", ["x", "x"], ["y"])]),
        "node 1, MatMul, which makes y: factors of shapes 2×3 and 2×3 do not fit",
    ),
    "types that do not fit": (
        model([make_node("Add", ["x", "one"], ["y"])], constants={"one": np.array(1)}),
        "node 1, Add, which makes y: inputs of types float32 and int64",
    ),
    "a shape that depends on values": (
        model(
            [
                make_node("Cast", ["x"], ["whole"], to=TensorProto.INT64),
                make_node("Reshape", ["x", "whole"], ["y"]),
            ]
        ),
        "node 2, Reshape, which makes y: its input 2 is not known before the graph runs",
    ),
    "more than 256 MB": (
        model([make_node("Expand", ["x", "shape"], ["y"])], (1, 1), {"shape": HUGE}),
        "node 1, Expand, which makes y: a tensor of shape 70000×70000 needs more than 256 MB",
    ),
    "an output that nothing makes": (model([RELU], output="z"), "nothing makes the output z"),
    "another operator set": (
        model([RELU], opset=9),
        "the graph is of operator set 9, not 20",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_graph_that_cannot_run_is_refused_by_node_and_operator(case: str) -> None:
    made, wanted = REFUSED[case]
    assert said(made) == wanted


def test_many_tensors_that_fit_alone_and_not_together_are_refused() -> None:
    shape = np.array([4000, 4000], np.int64)
    names = [f"v{i}" for i in range(6)]
    nodes = [make_node("Expand", ["x", "shape"], [name]) for name in names]
    total = make_node("Max", names, ["y"])
    assert said(model([*nodes, total], (1, 1), {"shape": shape})) == "it needs more than 256 MB"


def test_what_a_run_is_fed_must_be_what_the_graph_takes() -> None:
    made = model([RELU])
    assert said(made, np.ones((3, 2), np.float32)) == "input x is 2 × 3, not 3 × 2"
    assert said(made, np.ones((2, 3), np.int32)) == "input x is float32, not int32"


def test_a_place_that_does_not_exist_is_an_error_of_its_node() -> None:
    nodes = [make_node("Gather", ["x", "at"], ["y"], axis=1)]
    made = model(nodes, constants={"at": np.array([0, 3])})
    assert said(made) == "node 1, Gather, which makes y: a place 3 of 3 does not exist"


def test_an_integer_that_a_double_cannot_hold_is_an_error_and_never_rounded() -> None:
    nodes = [
        make_node("Cast", ["x"], ["whole"], to=TensorProto.INT64),
        make_node("Mul", ["whole", "large"], ["y"]),
    ]
    made = model(nodes, constants={"large": np.array(2**53)})
    x = np.full((2, 3), 3, np.float32)
    assert said(made, x) == (
        "node 2, Mul, which makes y: an integer is too large or divided by zero"
    )


def test_a_file_cut_short_and_weights_that_are_not_there_are_refused() -> None:
    whole = model([RELU]).SerializeToString()
    assert said(whole[:-3]) == "the graph ends within a field"
    outside = model([make_node("Add", ["x", "w"], ["y"])], constants={"w": np.ones(3, np.float32)})
    (tensor,) = outside.graph.initializer
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "weights.safetensors"), ("offset", "8"), ("length", "12")):
        tensor.external_data.add(key=key, value=value)
    assert said(outside) == "the graph's weights in weights.safetensors are not there"
    short = "the weights end before a tensor of the graph"
    assert said(outside, weights=bytes(19)) == short
    (answer,) = run(
        [
            Task(
                outside.SerializeToString(),
                {"x": np.ones((2, 3), np.float32)},
                {"weights.safetensors": bytes(8) + np.array([1, 2, 3], np.float32).tobytes()},
            )
        ]
    )
    assert not isinstance(answer, str)
    assert answer["y"].tolist() == [[2, 3, 4], [2, 3, 4]]
