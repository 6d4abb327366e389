"""The kind `playground`: gradients against PyTorch, the still against the page, any network."""

import json
import re
import subprocess
import sys
from base64 import b64decode
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from pydantic import ValidationError

from generator.compute.playground.data import CLASSES, INPUTS, sample
from generator.compute.playground.run import Asked, run
from generator.compute.playground.trainer import Net, Recipe
from generator.figure import Payload
from generator.figures.playground import STATES, Options, payload
from generator.palette import diverging
from generator.rules import rules

ROOT = Path(__file__).parents[2]
ACTIVATIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: z,
}
OUTPUTS = ("tanh", "linear", "logistic", "softmax")
POINTS = 12
BASE: dict[str, Any] = {
    "data": "circle",
    "noise": 10,
    "ratio": 50,
    "draw": 3,
    "inputs": ["x", "y"],
    "layers": [4, 2],
    "activation": "tanh",
    "loss": "squared",
    "optimizer": "sgd",
    "rate": 0.03,
    "batch": 10,
    "regularization": "none",
    "strength": 0,
    "seed": 5,
}
RUNS: list[dict[str, Any]] = [
    BASE,
    {**BASE, "regularization": "l1", "strength": 0.01, "activation": "relu", "batch": 7},
    {**BASE, "data": "arms", "optimizer": "adam", "layers": [8, 8], "activation": "sigmoid"},
    {**BASE, "data": "hills", "optimizer": "momentum", "regularization": "l2", "strength": 0.001},
    {**BASE, "data": "gauss", "loss": "cross-entropy", "layers": [], "inputs": ["x", "sin-y"]},
]


def page(way: str = "", **asked: Any) -> Any:
    """What the page's own modules answer; `plain`, without WebAssembly."""
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(node), str(ROOT / "tests/js/playground.mjs"), way],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def nets() -> list[dict[str, Any]]:
    """A random net, weights and examples for each activation, output and penalty."""
    draw = np.random.default_rng(0)
    found = []
    for activation, output, penalty in product(ACTIVATIONS, OUTPUTS, ("none", "l1", "l2")):
        hidden = draw.integers(1, 9, draw.integers(0, 7)).tolist()
        last = int(draw.integers(2, 6)) if output == "softmax" else 1
        sizes = [int(draw.integers(1, 8)), *hidden, last]
        count = sum((n + 1) * units for n, units in zip(sizes, sizes[1:], strict=False))
        labels = draw.integers(0, last, POINTS) if last > 1 else draw.choice([-1.0, 1.0], POINTS)
        if output == "linear":
            labels = draw.uniform(-1, 1, POINTS)
        found.append(
            {
                "sizes": sizes,
                "activation": activation,
                "output": output,
                "weights": draw.uniform(-1, 1, count).astype(np.float32).tolist(),
                "features": draw.normal(size=POINTS * sizes[0]).astype(np.float32).tolist(),
                "labels": labels.astype(np.float32).tolist(),
                "recipe": {"regularization": penalty, "strength": 0.03, "optimizer": "sgd"},
            }
        )
    return found


def pytorch(net: dict[str, Any], weights: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean loss of the examples and penalty, written from the definitions."""
    at, sizes = 0, net["sizes"]
    values = torch.tensor(net["features"], dtype=weights.dtype).reshape(POINTS, sizes[0])
    labels = torch.tensor(net["labels"], dtype=weights.dtype)
    penalty = weights.new_zeros(())
    for i, (n, units) in enumerate(zip(sizes, sizes[1:], strict=False)):
        matrix, bias = weights[at : at + n * units], weights[at + n * units : at + (n + 1) * units]
        at += (n + 1) * units
        values = torch.nn.functional.linear(values, matrix.reshape(units, n), bias)
        if i < len(sizes) - 2:
            values = ACTIVATIONS[net["activation"]](values)
        strength = net["recipe"]["strength"]
        if net["recipe"]["regularization"] == "l1":
            penalty = penalty + strength * matrix.abs().sum()
        if net["recipe"]["regularization"] == "l2":
            penalty = penalty + strength * matrix.square().sum() / 2
    if net["output"] == "softmax":
        loss = torch.nn.functional.cross_entropy(values, labels.long())
    elif net["output"] == "logistic":
        loss = torch.nn.functional.binary_cross_entropy_with_logits(values[:, 0], (labels + 1) / 2)
    else:
        answers = torch.tanh(values) if net["output"] == "tanh" else values
        loss = ((answers[:, 0] - labels) ** 2 / 2).mean()
    return loss, penalty


def asked() -> dict[str, Any]:
    """What is asked of the page's modules for everything below."""
    other = {**BASE, "own": "", "data": "arms"}
    return {
        "slopes": nets(),
        "descents": descents(),
        "runs": [{"settings": one, "epochs": 20} for one in RUNS],
        "points": [{"name": name, "noise": 0.2, "seed": 7} for name in CLASSES],
        "turns": [
            [{"own": "", **one}, other, {"own": "", **one, "optimizer": "momentum", "batch": 7}]
            for one in RUNS
        ],
        "batches": [
            {**net, "recipe": {**net["recipe"], "batch": 1 + i % POINTS}, "steps": 3}
            for i, net in enumerate(descents())
        ],
    }


@pytest.fixture(scope="module")
def answered() -> Any:
    """One visit to the page's modules."""
    return page(**asked())


def descents() -> list[dict[str, Any]]:
    """Every net with every optimizer."""
    return [
        {**net, "recipe": {**net["recipe"], "optimizer": optimizer, "rate": 0.01, "seed": 1}}
        | {"steps": 3}
        for net in nets()
        for optimizer in ("sgd", "momentum", "adam")
    ]


def test_gradients_are_those_of_pytorch(answered: Any) -> None:
    for net, found in zip(nets(), answered["slopes"], strict=True):
        # Float32, as the page keeps its weights: it computes between them in float64.
        weights = torch.tensor(net["weights"], dtype=torch.float32, requires_grad=True)
        loss, penalty = pytorch(net, weights)
        (loss + penalty).backward()
        assert weights.grad is not None
        gradient = torch.tensor(found["gradient"], dtype=torch.float32)
        off = (gradient - weights.grad).abs().max() / weights.grad.abs().max()
        assert off <= 1e-5, net
        assert abs(found["loss"] - loss.item()) <= 1e-5 * max(1, loss.item())


def matrices(net: dict[str, Any]) -> torch.Tensor:
    """Which of a net's numbers are weights and not biases."""
    pairs = zip(net["sizes"], net["sizes"][1:], strict=False)
    parts = [torch.arange((n + 1) * units) < n * units for n, units in pairs]
    return torch.cat(parts)


def test_steps_are_those_of_pytorchs_optimizers(answered: Any) -> None:
    for net, found in zip(descents(), answered["descents"], strict=True):
        weights = torch.tensor(net["weights"], dtype=torch.float64, requires_grad=True)
        rate, recipe = net["recipe"]["rate"], net["recipe"]
        optimizer: torch.optim.Optimizer = {
            "sgd": lambda w=weights, r=rate: torch.optim.SGD([w], lr=r),
            "momentum": lambda w=weights, r=rate: torch.optim.SGD([w], lr=r, momentum=0.9),
            "adam": lambda w=weights, r=rate: torch.optim.Adam([w], lr=r),
        }[recipe["optimizer"]]()
        soft = recipe["regularization"] == "l1" and recipe["optimizer"] == "sgd"
        for _ in range(net["steps"]):
            optimizer.zero_grad()
            loss, penalty = pytorch(net, weights)
            (loss if soft else loss + penalty).backward()
            optimizer.step()
            if soft:  # the proximal step of |w|
                by = rate * recipe["strength"]
                shrunk = torch.nn.functional.softshrink(weights.detach(), by)
                weights.data = torch.where(matrices(net), shrunk, weights.detach())
        # Weights are rounded to float32 after each of three steps.
        off = np.abs(np.array(found) - weights.detach().numpy()).max()
        assert off < 1e-5, (recipe, net["activation"], net["output"], off)


def test_with_and_without_webassembly_the_weights_are_the_same_to_the_last_bit(
    answered: Any,
) -> None:
    plain = page("plain", **asked())
    for what in ("descents", "batches", "turns"):
        assert answered[what] == plain[what], what
    for ours, theirs in zip(answered["runs"], plain["runs"], strict=True):
        assert ours["weights"] == theirs["weights"]


def test_the_still_is_made_of_the_numbers_that_the_page_finds(answered: Any) -> None:
    for settings, found in zip(RUNS, answered["runs"], strict=True):
        done = run(Asked(**settings, epochs=20))
        assert np.abs(done.net.weights - np.float32(found["weights"])).max() < 1e-5, settings
        measured = done.measured()
        assert abs(measured["train_loss"] - found["train"]) < 1e-5
        assert abs(measured["test_loss"] - found["test"]) < 1e-5


def test_points_sets_and_inputs_are_those_of_the_page(answered: Any) -> None:
    for name, found in zip(CLASSES, answered["points"], strict=True):
        ours = sample(name, 0.2, 7)
        for mine, theirs in zip((ours.xs, ours.ys, ours.labels), found, strict=True):
            assert np.abs(mine - np.float32(theirs)).max() < 1e-6, name
    assert dict(answered["names"]["sets"]) == CLASSES
    assert answered["names"]["inputs"] == list(INPUTS)


EXPORTS = [
    {**BASE, "own": ""},
    {**BASE, "own": "", "data": "arms", "layers": [3, 8], "activation": "relu"},
    {**BASE, "own": "", "loss": "cross-entropy", "layers": [2], "activation": "sigmoid"},
    {**BASE, "own": "", "data": "hills", "layers": [], "inputs": list(INPUTS)},
    {**BASE, "own": "", "data": "plane", "layers": [5], "activation": "linear", "inputs": ["yy"]},
]


def test_what_is_exported_answers_as_the_page_does() -> None:
    points = np.random.default_rng(1).uniform(-6, 6, (9, 2)).astype(np.float32)
    asked = [{"settings": one, "points": points.tolist()} for one in EXPORTS]
    for found in page(exports=asked)["exports"]:
        expected = np.array(found["answers"])
        program: dict[str, Any] = {"__name__": "exported"}
        exec(compile(found["code"], "exported.py", "exec"), program)
        said = program["answer"](torch.from_numpy(points)).detach().numpy()
        assert np.abs(said - expected).max() < 1e-5
        file = b64decode(found["onnx"])
        onnx.checker.check_model(onnx.load_from_string(file), full_check=True)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        (ran,) = session.run(None, {"points": points})
        assert np.abs(ran - expected).max() < 1e-5
        assert session.get_outputs()[0].shape == ["count", expected.shape[1]]


def test_l1_leaves_weights_that_nothing_needs_at_zero() -> None:
    asked = {**BASE, "data": "gauss", "noise": 0, "inputs": ["x", "xy", "sin-y"], "layers": []}
    done = run(Asked(**asked | {"regularization": "l1", "strength": 0.2, "batch": 50}, epochs=60))
    ((weights, _),) = done.net.matrices()
    assert weights[0, 0] > 0.1
    assert (weights[0, 1:] == 0).all()


def test_a_line_cannot_part_a_circle_and_one_layer_of_three_can() -> None:
    shares = [
        run(Asked(**BASE | {"layers": layers, "noise": 0, "rate": 0.1, "epochs": 120})).measured()
        for layers in ([], [3])
    ]
    assert shares[0]["test_right"] < 0.75
    assert shares[1]["test_right"] > 0.98


def made(**options: Any) -> Payload:
    return payload(Options(**options), None)  # type: ignore[arg-type]


def drawn(pixels: NDArray[np.uint8], x: float, y: float) -> tuple[int, int, int]:
    r, g, b, alpha = pixels[round(2 * y), round(2 * x)].tolist()
    assert alpha == 255
    return r, g, b


SHAPES: list[dict[str, Any]] = [
    {"layers": (), "epochs": 2},
    {"layers": (8,) * 6, "inputs": tuple(INPUTS), "activation": "relu", "epochs": 1},
    {"data": "blobs", "layers": (3,), "epochs": 2},
    {"data": "hills", "inputs": ("sin-y",), "layers": (1, 8), "epochs": 2},
]


@pytest.mark.parametrize("options", SHAPES)
def test_nothing_of_a_networks_shape_is_built_in(options: dict[str, Any]) -> None:
    figure = made(**options)
    assert figure.still is not None
    counts = [len(options.get("inputs", "xy")), *options["layers"]]
    counts.append(4 if options.get("data") == "blobs" else 1)
    frames = re.findall(
        r'<rect class="\S+"[^>]* x="([\d.]+)" y="([\d.]+)" width="44"', figure.still.light
    )
    assert len(frames) == sum(counts)
    weights = sum(a * b for a, b in zip(counts, counts[1:], strict=False))
    assert figure.still.light.count("<path") == weights
    for x, y in frames:
        drawn(figure.images["light"].pixels, float(x) + 22, float(y) + 22)
    assert figure.table is not None
    assert len(figure.table.rows) == sum(counts[1:])
    assert f"{figure.values['test_loss']:.4f}" in figure.still.light


def test_the_still_shows_blue_within_and_orange_without() -> None:
    figure = made(epochs=60)
    assert figure.values["test_right"] > 0.95
    for scheme in ("light", "dark"):
        inner = drawn(figure.images[scheme].pixels, 650 + 175 + 50, 34 + 175)
        outer = drawn(figure.images[scheme].pixels, 650 + 4, 34 + 4)
        assert inner[2] > inner[0], scheme
        assert outer[0] > outer[2], scheme
    assert "after 60 epochs" in figure.alt
    assert "hidden layers of 4 and 2 neurons" in figure.alt


def test_points_of_the_still_lie_where_they_are_and_have_the_colour_of_their_class() -> None:
    figure = made(data="spiral", epochs=0)
    points = sample("spiral", 0, 0)
    # The first is drawn last, and so is covered by no other.
    x, y = float(points.xs[0]), float(points.ys[0])
    assert min(abs(x), abs(y), abs(x - y)) > 0.5
    seen = drawn(
        figure.images["light"].pixels, 650 + (x / 12 + 0.5) * 350, 34 + (0.5 - y / 12) * 350
    )
    assert seen == tuple(diverging([0.8 * float(points.labels[0])], "light")[0].tolist())


def test_states_begin_as_the_block_says() -> None:
    options = {
        "layers": (),
        "inputs": ("xy", "x"),
        "rate": 0.1,
        "test": True,
        "seed": 9,
        "epochs": 1,
    }
    figure = made(**options, hide=("noise", "batch"), lock=("data",))
    starts = {name: rule.told()["start"] for name, rule in rules(STATES, figure.values).items()}
    assert starts["layers"] == "none"
    assert starts["inputs"] == "x,xy"
    assert (starts["rate"], starts["test"], starts["seed"], starts["epochs"]) == (0.1, True, 9, 1)
    assert figure.values["hide"] == "noise batch"
    assert figure.values["lock"] == "data"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": 0.02},
        {"strength": -1},
        {"layers": (9,)},
        {"layers": (1,) * 7},
        {"inputs": ()},
        {"data": "moons"},
        {"hide": ("everything",)},
        {"unit": "0/0"},
    ],
)
def test_a_block_that_asks_for_what_there_is_not_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Options(**wrong)


def test_a_batch_that_is_not_full_counts_each_of_its_examples() -> None:
    recipe = Recipe("tanh", "tanh", "sgd", 1.0, 10, "none", 0, 0)
    net = Net([1, 1], recipe)
    net.weights[:] = 0
    # Sum 0, answer 0, off by −1: both slopes are −1 · x and −1, the mean of one example is itself.
    net.epoch(np.ones((1, 1), np.float32), np.ones(1, np.float32), 0)
    assert net.weights.tolist() == [1, 1]
