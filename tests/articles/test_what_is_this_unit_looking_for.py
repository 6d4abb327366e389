"""The article on feature visualization: long enough, cited, no number typed by hand, and true."""

import re
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from generator.compute.activations import activations
from generator.compute.architecture import trace
from generator.compute.colour import colour_axes
from generator.compute.dissection.counts import counted, overlap, totals
from generator.compute.dissection.places import grids, spread
from generator.compute.dissection.rotation import rotated
from generator.compute.dream import goals
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import logits, parts
from generator.compute.dream.run import Plan, Runs, ascended
from generator.compute.dream.slope import picture_slope
from generator.compute.inputs import from_bytes
from generator.datasets import load_dataset
from generator.models import load_model
from generator.read import article
from generator.read.article import Article

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "what-is-this-unit-looking-for"
FIGURE = re.compile(r"^:::\{.*?^:::$", re.DOTALL | re.MULTILINE)
SHAPE = (3, 48, 48)


@pytest.fixture(scope="module")
def dreaming() -> Article:
    return article(FOLDER)


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]


@pytest.fixture(scope="module")
def prose(text: str) -> str:
    """Every word a reader reads outside the figures: no formula, role or mark."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", FIGURE.sub("", text), flags=re.DOTALL)
    text = re.sub(r"\{set\}`([^`<]*)<[^`]*`", r"\1", text)
    return re.sub(r"\{\w+\}`[^`]*`|\[\^\w+\]:?", "", text)


def test_it_can_be_read_in_a_quarter_of_an_hour(prose: str) -> None:
    assert 1500 <= len(re.findall(r"[^\W\d_][\w'’-]*", prose)) <= 3000


def test_a_picture_climbs_before_a_hundred_words_are_read(dreaming: Article, text: str) -> None:
    assert len(text.split(":::{")[0].split()) < 100
    assert [block.kind for block in dreaming.blocks] == ["dream", "dream", "units", "units"]


def test_single_channels_find_concepts_and_mixtures_fewer_unless_nearly_all_counts() -> None:
    model = load_model(ROOT / "models/shapes-cnn")
    data = load_dataset(ROOT / "models/datasets/shapes")
    some = data.test[::10]
    inputs = from_bytes(data.images[some])
    maps = activations(model.module, inputs, ["conv3"])["conv3"]
    sides = [spread(grid, 12, 48) for grid in grids(trace(model.module, SHAPE), "conv3")]
    masks = [(mask[some], len(data.card.concepts[name])) for name, mask in data.masks.items()]

    def detectors(of: np.ndarray, least: float) -> int:
        found = counted(of, (sides[0], sides[1]), masks, (0.02,))
        best = overlap(found.hits[:, 0], found.area[:, 0], totals(masks)).max(1)
        return int((best >= least).sum())

    turned = rotated(maps, 0)
    assert detectors(maps, 0.2) > 2 * detectors(turned, 0.2) > 0
    assert detectors(maps, 0.04) == detectors(turned, 0.04) == 48
    untaught = deepcopy(model.module)
    untaught.load_state_dict(model.checkpoints()[0])
    assert detectors(activations(untaught, inputs, ["conv3"])["conv3"], 0.2) < 5


def test_no_number_is_typed_by_hand(prose: str) -> None:
    assert re.findall(r"\d+(?:[.,]\d+)*", prose) == []


def test_it_rests_on_works_that_can_be_found(text: str) -> None:
    cited = {key for keys in re.findall(r"\{cite\}`([^`]+)`", text) for key in keys.split(",")}
    entries = (FOLDER / "references.bib").read_text("utf8").split("\n@")
    known = {re.findall(r"\{([^,]+),", entry)[0]: entry for entry in entries}
    assert cited == set(known)
    assert all(re.search(r"eprint = \{\d{4}\.\d{4,5}\}|doi = ", one) for one in known.values())


def climbed(layer: str, goal: goals.Goal, steps: int, moves: Moves, *, tidy: bool) -> Runs:
    """One picture of the coloured scenes, in waves and the examples' colours or in plain pixels."""
    model = load_model(ROOT / "models/shapes-cnn")
    images = load_dataset(ROOT / "models/datasets/shapes").images
    made = parts(
        logits(np.full(SHAPE, images.mean() / 255)),
        tidy,
        colour_axes(images[-500:]) if tidy else np.eye(3),
    )
    function = picture_slope(model.module, layer, SHAPE, (0.0, 1.0))
    plan = Plan((0, steps), 1, 0, 0.05, moves)
    return ascended(function, model.weights, SHAPE, made, goal, plan)


def test_without_care_the_number_is_larger_and_the_picture_rougher() -> None:
    goal = goals.one_of("class", (16,), 6)
    plain = climbed("logits", goal, 64, Moves(), tidy=False)
    tidy = climbed("logits", goal, 64, Moves(2, 0.05), tidy=True)
    assert plain.worths[0, -1] > 1.4 * tidy.worths[0, -1]
    roughness = [np.abs(np.diff(one.pictures[0, -1], axis=2)).mean() for one in (plain, tidy)]
    assert roughness[0] > 2 * roughness[1]


def test_the_first_layer_forgets_nothing_and_a_later_one_much() -> None:
    model = load_model(ROOT / "models/shapes-cnn")
    data = load_dataset(ROOT / "models/datasets/shapes")
    assert data.card.classes[data.labels[3684]] == "green square"
    picture = (data.images[[3684]] / 255).astype(np.float32)
    away = []
    for layer in ("conv1", "conv2"):
        code = activations(model.module, picture, [layer])[layer][0]
        found = climbed(layer, goals.code(code), 96, Moves(), tidy=True)
        away.append(np.abs(found.pictures[0, -1] - picture[0]).mean())
    assert away[0] < 0.03
    assert away[1] > 2 * away[0]
