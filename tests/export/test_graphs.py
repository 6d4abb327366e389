"""One small network as three graphs: what they answer, what they carry, what bytes they are."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import save
from torch import nn

from generator.compute.graphs import sgd_step, still
from generator.export.graphs import Graph, export_graph
from generator.export.parity import session
from generator.figure import Source
from tests.export.lenet import TAPS, batch, digit, lenet, sources, weights_file, weights_of

ROOT = Path(__file__).parents[2]
NAMES = ["forward", "gradient", "step"]


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return {name: export_graph(name, source, weights_file()) for name, source in sources().items()}


def run(
    graph: Graph, feed: dict[str, torch.Tensor], file: bytes | None = None
) -> dict[str, object]:
    opened: onnxruntime.InferenceSession = session(
        graph.onnx, {"weights.safetensors": file} if file else {}
    )
    names = [output.name for output in opened.get_outputs()]
    answers = opened.run(names, {name: value.numpy() for name, value in feed.items()})
    return {name: torch.from_numpy(np.array(a)) for name, a in zip(names, answers, strict=True)}


def test_a_forward_graph_answers_what_each_tapped_layer_answers(graphs: dict[str, Graph]) -> None:
    net, image = lenet(), digit()
    answers = run(graphs["forward"], {"input": image}, weights_file())
    assert list(answers) == TAPS
    close(answers["conv1"], net.conv1(image))
    close(answers["relu1"], net.conv1(image).clamp(min=0))
    assert answers["conv1"].min() < 0  # not overwritten by the ReLU behind it
    close(answers["output"], net(image))


def test_a_gradient_graph_answers_what_autograd_answers(graphs: dict[str, Graph]) -> None:
    net = lenet()
    for image in (digit(), torch.zeros(1, 1, 28, 28), torch.rand(1, 1, 28, 28)):
        image.requires_grad_()
        net(image)[0, 7].backward()
        feed = {"input": image.detach(), "direction": torch.eye(10)[7:8]}
        close(run(graphs["gradient"], feed, weights_file())["gradient"], image.grad)


def test_five_steps_of_a_training_graph_are_five_steps_of_torch_sgd(
    graphs: dict[str, Graph],
) -> None:
    net = lenet().train()
    feed = {**weights_of(net), **batch(net)}
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(5):
        answers = run(graphs["step"], feed)
        feed.update({n.removeprefix("next."): v for n, v in answers.items() if "next." in n})
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(feed["input"]), feed["label"])
        loss.backward()
        optimizer.step()
        close(answers["loss"], loss)
        losses.append(loss.item())
    for name, value in net.named_parameters():
        close(feed[name], value)
    assert losses[-1] < losses[0]


def close(a: torch.Tensor, b: torch.Tensor) -> None:
    """Agreement as TRIALS defines it."""
    assert a.shape == b.shape
    assert b.any()
    assert (a - b).abs().max() <= 1e-4 * b.abs().max()


def test_labels_may_be_probabilities_as_well_as_classes() -> None:
    net = nn.Linear(3, 2)
    weights = weights_of(net)
    settings = {"rate": torch.tensor(0.1), "momentum": torch.tensor(0.9), **still(weights)}
    step = {"input": torch.randn(4, 3), "label": torch.eye(2)[[0, 1, 1, 0]], **settings}
    graph = export_graph("step", Source(sgd_step(net), weights, step, [step], shared=False))
    assert graph.inputs["label"].shape == (4, 2)


def test_inputs_and_outputs_are_described(graphs: dict[str, Graph]) -> None:
    assert list(graphs["gradient"].inputs) == ["input", "direction"]
    assert graphs["gradient"].outputs["gradient"].shape == (1, 1, 28, 28)
    label = graphs["step"].inputs["label"]
    assert (label.shape, label.dtype) == ((32,), "int64")
    assert graphs["step"].inputs["conv1.weight"].shape == (6, 1, 5, 5)
    assert graphs["step"].outputs["next.velocity.conv1.weight"].shape == (6, 1, 5, 5)
    assert graphs["step"].outputs["loss"].dtype == "float32"


def test_weights_are_read_from_the_file_and_from_nowhere_else(graphs: dict[str, Graph]) -> None:
    net = lenet()
    with torch.no_grad():
        net.logits.bias[4] += 100
    answers = run(graphs["forward"], {"input": digit()}, save(weights_of(net)))
    close(answers["output"], net(digit()))
    assert answers["output"].argmax() == 4


@pytest.mark.parametrize("name", NAMES)
def test_a_graph_is_its_computation_and_nothing_else(name: str, graphs: dict[str, Graph]) -> None:
    model = onnx.load_from_string(graphs[name].onnx)
    assert {field.name for field, _ in model.ListFields()} == {
        "ir_version",
        "graph",
        "opset_import",
    }
    assert model.ir_version <= 10
    assert [(opset.domain, opset.version <= 21) for opset in model.opset_import] == [("", True)]
    assert not any(node.name or node.doc_string or node.metadata_props for node in model.graph.node)
    inside = [tensor for tensor in model.graph.initializer if not tensor.external_data]
    assert sum(tensor.ByteSize() for tensor in inside) < 2000
    assert len(graphs[name].onnx) < 10_000 < len(weights_file())
    for trace in (b"torch", b"site-packages", b"/home", b"/work", b"lenet", b".py"):
        assert trace not in graphs[name].onnx


def test_a_graph_of_one_layer_points_at_that_layer_alone() -> None:
    source = sources()["forward"]
    shallow = Source(
        lambda weights, inputs: {"conv1": source.function(weights, inputs)["conv1"]},
        source.weights,
        source.inputs,
        source.checks,
    )
    model = onnx.load_from_string(export_graph("shallow", shallow, weights_file()).onnx)
    external = {tensor.name for tensor in model.graph.initializer if tensor.external_data}
    assert external == {"conv1.weight", "conv1.bias"}


@pytest.mark.long
def test_the_same_function_gives_the_same_bytes_in_another_process(
    graphs: dict[str, Graph], tmp_path: Path
) -> None:
    code = (
        "import sys; from generator.export.graphs import export_graph;"
        "from tests.export.lenet import sources, weights_file;"
        "[open(name, 'wb').write(export_graph(name, source, weights_file()).onnx)"
        " for name, source in reversed(sources().items()) if name != 'forward']"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    for name in ("gradient", "step"):
        assert (tmp_path / name).read_bytes() == graphs[name].onnx
