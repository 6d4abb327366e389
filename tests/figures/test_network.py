"""The kind `network`: its examples, its graph, its arithmetic, and models it has never seen."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn
from torch.nn import functional

from generator.compute.activations import activations
from generator.compute.architecture import trace
from generator.compute.cost import totals
from generator.compute.expanded import expanded
from generator.compute.inputs import from_bytes
from generator.compute.mosaic import Panel, mosaic
from generator.compute.network import limit, needed
from generator.compute.network_words import percent
from generator.compute.picks import picks
from generator.compute.tiling import Tiling, tiling
from generator.datasets import load_dataset
from generator.errors import FigureError, ModelError
from generator.export.graphs import export_graph
from generator.figure import Payload
from generator.figures.network import Options, payload
from generator.models import load_model

ROOT = Path(__file__).parents[2]
HOMES = {
    "digits-cnn": ROOT / "models",
    "residual-net": ROOT / "tests/sites/foreign/models",
    "plain-mlp": ROOT / "tests/sites/foreign/models",
    "colour-tiles": ROOT / "tests/sites/foreign/models",
}


class Shelf:
    """The project's own models and datasets, and the strangers."""

    def model(self, name: str) -> Any:
        return load_model(HOMES[name] / name)

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        # The strangers first: one of their datasets has the name of one of ours.
        homes = (HOMES["plain-mlp"], HOMES["digits-cnn"])
        home = next(home for home in homes if (home / "datasets" / name).is_dir())
        return load_dataset(home / "datasets" / name)


class Given:
    """Sources with one model and, if wanted, forty random pictures, thirty of them for testing."""

    def __init__(self, module: nn.Module, shape: tuple[int, ...], pictures: bool = True) -> None:
        random = np.random.default_rng(0)
        self.card = SimpleNamespace(
            name="net",
            input=shape,
            range=(0.0, 1.0),
            outputs=("even", "odd"),
            layers=tuple(name for name, _ in module.named_children()),
            dataset="noise" if pictures else "",
        )
        self.module = module.eval().requires_grad_(False)
        self.images = random.integers(0, 256, (40, *shape), np.uint8)
        self.labels = np.arange(40) % 2

    def model(self, _name: str) -> Any:
        weights = self.module.state_dict()
        return SimpleNamespace(card=self.card, module=self.module, weights=weights)

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, _name: str) -> Any:
        card = SimpleNamespace(
            name="noise", classes=("even", "odd"), shape=self.images.shape[1:], drawing=None
        )
        return SimpleNamespace(
            card=card, images=self.images, labels=self.labels, test=np.arange(10, 40)
        )


class Everything(nn.Module):
    """Every operation that can be drawn, at least once, by module or by function."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=1, dilation=(1, 2))
        self.norm = nn.BatchNorm2d(4)
        self.bare = nn.BatchNorm2d(4, affine=False)
        self.grouped = nn.Conv2d(4, 4, 3, padding=1, groups=2, bias=False)
        self.gelu, self.leaky = nn.GELU(), nn.LeakyReLU(0.2)
        self.pool = nn.MaxPool2d(3, 2, padding=1, ceil_mode=True)
        self.mean = nn.AvgPool2d(2, 1, padding=1, count_include_pad=False)
        self.shares = nn.AdaptiveAvgPool2d((3, 2))
        self.drop, self.flat = nn.Dropout(), nn.Flatten()
        self.wide, self.deep = nn.Linear(48, 40), nn.Linear(40, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.hardtanh(self.norm(self.stem(2 * x - 1)), -1.5, 1.5)
        x = x + self.leaky(self.grouped(self.gelu(self.bare(x))))
        x = self.shares(self.mean(self.pool(torch.cat([x, torch.sigmoid(x)], dim=1))))
        x = torch.tanh(self.wide(self.flat(self.drop(x))))
        return functional.log_softmax(self.deep(functional.silu(x)), dim=1)


def everything() -> nn.Module:
    torch.manual_seed(3)
    net = Everything()
    for norm in (net.norm, net.bare):
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
    with torch.no_grad():
        net.norm.weight.uniform_(0.5, 2)
        net.norm.bias.normal_()
    return net.eval().requires_grad_(False)


def in_javascript(**given: Any) -> dict[str, Any]:
    """What the page's modules answer."""
    node = Path(sys.executable).parent / "node"
    given = {"layers": [], "activations": {}, "weights": {}, "units": [], "tilings": [], **given}
    done = subprocess.run(
        [str(node), str(ROOT / "tests/js/explain.mjs")],
        input=json.dumps(given), capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def numbers(array: Any) -> dict[str, Any]:
    flat = np.asarray(array, np.float64)
    return {"data": flat.reshape(-1).tolist(), "shape": list(flat.shape)}


def arithmetic_gap(module: nn.Module, image: np.ndarray, count: int = 6) -> dict[str, float]:
    """Worst difference, by operation, of the page's arithmetic from PyTorch's own answer."""
    architecture = trace(module, image.shape)
    names = [layer.name for layer in architecture if layer.op != "input"]
    model = expanded(module, image.shape)
    answers = {name: a[0] for name, a in activations(model, image[None], names).items()}
    random = np.random.default_rng(0)
    units = []
    for layer in architecture.layers[1:]:
        size = (layer.channels, *layer.size)
        units += [[layer.name, *map(int, random.integers(0, size))] for _ in range(count)]
        units += [[layer.name, 0, 0, 0], [layer.name, *(length - 1 for length in size)]]
    found = in_javascript(
        layers=[{**asdict(layer), "words": ""} for layer in architecture],
        activations={name: numbers(a) for name, a in {**answers, "input": image}.items()},
        weights={name: numbers(tensor) for name, tensor in module.state_dict().items()},
        units=units,
    )["values"]
    gaps: dict[str, float] = {}
    for (name, *place), value in zip(units, found, strict=True):
        layer = architecture[name]
        truth = answers[name].reshape(layer.channels, *layer.size)[tuple(place)]
        gaps[layer.op] = max(gaps.get(layer.op, 0.0), abs(value - float(truth)))
    return gaps


@pytest.fixture(scope="module")
def digits() -> Payload:
    return payload(Options(model="digits-cnn"), Shelf())


def test_the_page_computes_every_operation_by_hand_as_pytorch_does() -> None:
    image = np.random.default_rng(1).random((2, 14, 13)).astype(np.float32)
    gaps = arithmetic_gap(everything(), image)
    assert set(gaps) == {
        *("conv", "linear", "batch_norm", "scale", "add", "cat", "flatten", "max_pool"),
        *("avg_pool", "adaptive_avg_pool", "leaky_relu", "hardtanh", "gelu", "tanh", "sigmoid"),
        *("silu", "identity", "log_softmax"),
    }
    assert max(gaps.values()) < 1e-5, gaps


@pytest.mark.parametrize("name", HOMES)
def test_the_page_computes_units_of_a_whole_model_by_hand_as_pytorch_does(name: str) -> None:
    model = load_model(HOMES[name] / name)
    examples = Shelf().dataset(model.card.dataset)
    image = from_bytes(examples.images[examples.test[0]], model.card.range)
    assert max(arithmetic_gap(model.module, image.reshape(model.card.input)).values()) < 1e-4


@pytest.mark.parametrize("name", HOMES)
def test_every_model_is_drawn_from_its_own_card(name: str) -> None:
    made = payload(Options(model=name, examples=6), Shelf())
    card = load_model(HOMES[name] / name).card
    rows = [row["title"] for row in made.values["rows"]]
    architecture = trace(load_model(HOMES[name] / name).module, card.input)
    named = [
        title for title in card.layers if architecture[title].op not in ("flatten", "identity")
    ]
    assert rows[0] == "input"
    assert sorted(rows[1:]) == sorted(named)
    for tap in (
        made.graphs["forward"]
        .function(made.graphs["forward"].weights, made.graphs["forward"].inputs)
        .items()
    ):
        shape = tuple(tap[1].shape[1:])
        assert made.arrays[f"tap/{tap[0]}"].shape == shape == architecture[tap[0]].shape
    looks = {row["look"] for row in made.values["rows"] if row["name"] == "input"}
    assert looks == ({"colour"} if card.input[0] == 3 else {"ink"})
    assert made.values["outputs"]["names"] == card.outputs
    assert len(made.values["input"]["picks"]) == 6
    assert made.still is not None
    assert all(f">{row}</tspan>" in made.still.light for row in rows)


def test_the_graph_agrees_with_the_original_module(digits: Payload) -> None:
    source = digits.graphs["forward"]
    graph = export_graph("forward", source, save(dict(sorted(source.weights.items()))))
    assert graph.inputs["input"].shape == (1, 1, 28, 28)
    assert max(graph.errors.values()) <= 1e-4
    assert graph.errors.keys() == {
        name.removeprefix("tap/") for name in digits.arrays if name.startswith("tap/")
    }


def test_the_first_example_is_answered_before_any_graph_runs(digits: Payload) -> None:
    model, examples = load_model(HOMES["digits-cnn"] / "digits-cnn"), Shelf().dataset("digits")
    first = digits.values["input"]["picks"][0]
    image = torch.from_numpy(from_bytes(examples.images[first][None], (0.0, 1.0)))
    logits = model.module(image)[0]
    stored = torch.from_numpy(digits.arrays["tap/logits"])
    torch.testing.assert_close(stored, logits, rtol=0, atol=1e-5)
    order = logits.argsort(descending=True)
    assert digits.values["first_guess"] == model.card.outputs[order[0]]
    assert digits.values["second_guess"] == model.card.outputs[order[1]]
    assert digits.values["first_probability"] == pytest.approx(float(logits.softmax(0).max()))
    assert digits.values["first_guess"] in digits.alt


def test_what_an_identity_passes_on_is_not_sent_twice() -> None:
    net = nn.Sequential(nn.Linear(5, 4), nn.Dropout(), nn.Linear(4, 2))
    made = payload(Options(model="net", layers=("0", "1", "2")), Given(net, (5,)))
    assert [row["name"] for row in made.values["rows"]] == ["input", "0", "1", "2"]
    assert {name for name in made.arrays if name.startswith("tap/")} == {"tap/0", "tap/2"}


def test_costs_are_those_that_one_works_out_by_hand() -> None:
    net = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.Flatten(), nn.Linear(96, 2))
    made = payload(Options(model="net"), Given(net, (1, 8, 8)))
    # 6 filters of 25 weights and a bias on 4 x 4 places; 2 units that read 96.
    assert made.values["parameters"] == 6 * 26 + 2 * 97
    assert made.values["multiply_adds"] == 6 * 16 * 25 + 2 * 96
    assert made.table is not None
    assert [row[3] for row in made.table.rows] == [0, 156, 0, 0, 194]


def test_a_layer_that_is_used_twice_has_its_weights_once() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.turn = nn.Linear(3, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.turn(self.turn(x))

    cost = totals(trace(Twice().eval(), (3,)), Twice().state_dict())
    assert cost == {"parameters": 12, "multiply_adds": 18, "units": 6}


def test_what_is_first_loaded_is_small_and_the_other_digits_come_on_request(
    digits: Payload,
) -> None:
    assert sum(array.nbytes for array in digits.arrays.values()) < 100_000
    picks_ = digits.values["input"]["picks"]
    assert set(digits.more) == {f"pick-{index}" for index in picks_[1:]}
    side = digits.values["input"]["columns"]
    assert digits.images["more-examples"].pixels.shape == (45 * 28, side * 28) == (1260, 1260)


def test_a_place_of_the_atlas_holds_the_example_of_its_number(digits: Payload) -> None:
    examples, atlas = Shelf().dataset("digits"), digits.images["more-examples"].pixels
    indices, columns = digits.arrays["indices"], digits.values["input"]["columns"]
    for place in (0, 46, 1999):
        row, column = divmod(place, columns)
        tile = atlas[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        assert (tile == examples.images[indices[place], 0]).all()


def test_examples_are_of_different_classes_and_a_fifth_of_them_misread() -> None:
    labels = np.arange(400) % 10
    guesses = np.where(np.arange(400) % 16 == 0, (labels + 1) % 10, labels)
    chosen = picks(labels, guesses, 10, seed=4)
    assert len(set(chosen.tolist())) == 10
    assert (labels[chosen] != guesses[chosen]).sum() == 2
    assert len(set(labels[chosen].tolist())) == 10
    assert labels[chosen[0]] == guesses[chosen[0]]
    assert (picks(labels, guesses, 10, seed=4) == chosen).all()


def test_examples_are_fewer_where_there_are_no_more() -> None:
    labels = np.array([0, 1, 1])
    assert sorted(picks(labels, np.array([0, 1, 0]), 10, seed=0).tolist()) == [0, 1, 2]


def test_a_network_without_examples_has_an_empty_pad_and_no_picks() -> None:
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(72, 2))
    made = payload(Options(model="net"), Given(net, (1, 8, 8), pictures=False))
    assert made.values["input"]["picks"] == []
    assert made.values["input"]["draws"]
    assert "more-examples" not in made.images
    assert "an empty picture" in made.alt
    # Where nothing is drawn, a convolution answers its bias.
    assert np.allclose(made.arrays["tap/0"], net[0].bias[:, None, None], atol=1e-7)


def test_a_network_on_plain_numbers_cannot_be_drawn_on_and_shows_signs() -> None:
    net = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2))
    made = payload(Options(model="net"), Given(net, (5,)))
    assert not made.values["input"]["draws"]
    assert made.values["rows"][0]["look"] == "signed"
    assert "more-examples" not in made.images


def test_a_layer_that_cannot_be_drawn_is_refused_by_its_name() -> None:
    net = nn.Sequential()
    net.add_module("first", nn.Conv2d(1, 2, 3))
    net.add_module("strange", nn.PixelShuffle(1))
    with pytest.raises(ModelError, match="layer 'strange' is a PixelShuffle"):
        payload(Options(model="net"), Given(net, (1, 8, 8)))


def test_a_dataset_of_another_size_is_refused() -> None:
    given = Given(nn.Sequential(nn.Flatten(), nn.Linear(64, 2)), (1, 8, 8))
    given.images = np.zeros((40, 1, 9, 9), np.uint8)
    with pytest.raises(FigureError, match=r"shape \(1, 9, 9\), 'net' reads \(1, 8, 8\)"):
        payload(Options(model="net"), given)


def test_a_first_example_that_is_no_test_example_is_refused() -> None:
    given = Given(nn.Sequential(nn.Flatten(), nn.Linear(64, 2)), (1, 8, 8))
    with pytest.raises(FigureError, match="start 3 is not among the test examples of 'noise'"):
        payload(Options(model="net", start=3), given)
    made = payload(Options(model="net", start=33), given)
    assert made.values["input"]["picks"][0] == 33


def test_taps_are_what_is_shown_what_that_reads_and_the_function_behind_it() -> None:
    architecture = trace(everything(), (2, 14, 13))
    assert needed(architecture, ["wide"]) == [
        *("shares", "drop", "flat", "wide", "tanh", "deep", "log_softmax"),
    ]


def test_tiles_stand_in_the_still_as_they_stand_in_the_page() -> None:
    shapes = [
        (6, 24, 24),
        (16, 8, 8),
        (16, 4, 4),
        (512, 4, 4),
        (3, 64, 48),
        (10,),
        (256,),
        (1, 300, 300),
    ]
    asked = [[shape, room] for shape in shapes for room in (300, 354, 476, 624)]
    for (shape, room), theirs in zip(asked, in_javascript(tilings=asked)["tilings"], strict=True):
        ours = tiling(tuple(shape), room)
        assert asdict(ours) == pytest.approx(theirs), (shape, room)


def test_a_mosaic_shows_each_value_by_its_nearest_pixels() -> None:
    values = np.array([[[0, 1], [4, 5]], [[2, 3], [6, 7]]], np.float32)
    grey = lambda numbers: np.repeat(numbers[..., None], 3, -1).astype(np.uint8)  # noqa: E731
    picture = mosaic([Panel(values, Tiling(4, 4, 1, 2, 1), 1, 1, grey)], (12, 6), density=1)
    assert picture[1, :, 0].tolist() == [0, 0, 0, 1, 1, 0, 2, 2, 3, 3, 0, 0]
    assert picture[1, :, 3].tolist() == [0, 255, 255, 255, 255, 0, 255, 255, 255, 255, 0, 0]
    assert picture[:, 1, 0].tolist() == [0, 0, 0, 4, 4, 0]
    assert not picture[0].any()


def test_the_ends_of_a_scale_leave_out_one_value_of_a_thousand() -> None:
    values = np.zeros(10_001, np.float32)
    values[:5], values[5:200] = 1000, -2
    assert limit(values) == 2
    assert limit(np.zeros(4, np.float32)) == 1


def test_a_percentage_is_never_a_false_zero_or_a_false_hundred() -> None:
    assert percent(0.98249) == "98.2 %"
    assert (percent(0.0004), percent(0.9997)) == ("under 0.1 %", "over 99.9 %")


def test_the_same_block_gives_the_same_payload(digits: Payload) -> None:
    again = payload(Options(model="digits-cnn"), Shelf())
    assert again.still == digits.still
    assert again.values == digits.values
    assert all((again.arrays[name] == array).all() for name, array in digits.arrays.items())
