"""What a graph asks of an engine: counted by hand, and refused where the light engine cannot."""

import numpy as np
import pytest
from onnx import TensorProto
from onnx.helper import make_node

from generator.export.graphs import Graph, export_graph
from generator.export.light import OPERATORS, work
from tests.engine.node import Task, ask
from tests.engine.test_refusals import REFUSED, model
from tests.export.lenet import digit, sources, weights_file


def test_python_and_the_page_know_the_same_operators() -> None:
    assert ask([])["operators"] == sorted(OPERATORS)


def test_the_multiply_adds_of_a_small_network_are_those_counted_by_hand() -> None:
    nodes = [
        make_node("Conv", ["x", "w"], ["a"], strides=[2, 2]),  # 1×3×9×9 to 4×4×4
        make_node("Flatten", ["a"], ["b"]),
        make_node("Gemm", ["b", "dense"], ["y"], transB=1),
    ]
    constants = {"w": np.ones((4, 3, 3, 3), np.float32), "dense": np.ones((5, 64), np.float32)}
    made = model(nodes, (1, 3, 9, 9), constants)
    found = work(made)
    assert found.operators == ("Conv", "Flatten", "Gemm")
    assert found.refused == ""
    # Products of the convolution and of the dense layer, and a step for every answer.
    assert found.multiply_adds == (4 * 16 * 27 + 64) + 64 + (5 * 64 + 5)


@pytest.fixture(scope="module")
def forward() -> Graph:
    return export_graph("forward", sources()["forward"], weights_file())


def test_an_exported_graph_says_what_it_asks_of_an_engine(forward: Graph) -> None:
    assert forward.work.refused == ""
    assert {"Conv", "MaxPool", "Gemm"} <= set(forward.work.operators)
    assert 100_000 < forward.work.multiply_adds < 1_000_000


SEEN_AT_BUILD = {
    "an unknown operator": "it has the operator Det",
    "an operator of another maker": "it has the operator Relu",
    "a shape that depends on values": "depends on values",
    "more than 256 MB": "its tensors fill more than 128 MB",
    "another operator set": "it is not of operator set 20 alone",
}


@pytest.mark.parametrize("case", SEEN_AT_BUILD)
def test_the_build_gives_the_other_engine_what_the_light_one_would_refuse(case: str) -> None:
    assert SEEN_AT_BUILD[case] in work(REFUSED[case][0]).refused


def test_an_attribute_of_another_value_and_a_type_of_another_width_go_to_the_other_engine() -> None:
    padded = make_node("Pad", ["x", "pads"], ["y"], mode="reflect")
    pads = {"pads": np.array([0, 1, 0, 1])}
    assert work(model([padded], constants=pads)).refused == "Pad, which makes y, has mode"
    doubled = model([make_node("Cast", ["x"], ["y"], to=TensorProto.DOUBLE)])
    assert work(doubled).refused == "it has numbers of type double"


def test_an_integer_beyond_2_53_goes_to_the_other_engine_unless_it_says_to_the_end() -> None:
    far = np.array([2**63 - 1])
    cut = make_node("Slice", ["x", "zero", "far"], ["y"])
    held = {"zero": np.array([0]), "far": far}
    assert work(model([cut], constants=held)).refused == ""
    nodes = [
        make_node("Cast", ["x"], ["whole"], to=TensorProto.INT64),
        make_node("Min", ["whole", "far"], ["y"]),
    ]
    assert "beyond 2^53" in work(model(nodes, constants={"far": far})).refused


def test_a_run_counts_in_the_page_what_the_build_counts(forward: Graph) -> None:
    task = Task(forward.onnx, {"input": digit().numpy()}, {"weights.safetensors": weights_file()})
    (answer,) = ask([task])["answers"]
    # The build counts shapes made anew, which the page does not.
    assert answer["cost"] == pytest.approx(forward.work.multiply_adds, rel=0.02)


def test_windows_over_three_axes_go_to_the_other_engine() -> None:
    node = make_node("AveragePool", ["x"], ["y"], kernel_shape=[2, 2, 2])
    assert work(model([node], (1, 1, 4, 4, 4))).refused == (
        "AveragePool, which makes y, slides over more than two axes"
    )
