"""The article on the playground: what it tells readers to try turns out as it says."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.compute.playground.run import Asked, run
from generator.errors import ArticleError
from generator.figures.playground import Options
from generator.read import article
from generator.read.article import Article
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "a-network-you-can-play-with"
PLAYGROUND = ROOT / "articles" / "neural-network-playground"


@pytest.fixture(scope="module")
def read() -> Article:
    return article(FOLDER)


@pytest.fixture(scope="module")
def prose() -> str:
    text = (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]
    return re.sub(r"^:::\{(?!warning).*?^:::$", "", text, flags=re.DOTALL | re.MULTILINE)


def asked(name: str, **changed: Any) -> Asked:
    """The run of a block of the article, with what its text changes."""
    block = next(one for one in article(FOLDER).blocks if one.name == name)
    options = Options(**{key: option.value for key, option in block.options.items()})
    names = Asked.__dataclass_fields__
    return replace(Asked(**{one: getattr(options, one) for one in names}), **changed)


def right(name: str, **changed: Any) -> float:
    return run(asked(name, **changed)).measured()["test_right"]


def test_it_can_be_read_and_begins_with_something_to_do(prose: str, read: Article) -> None:
    plain = re.sub(r"\{\w+\}`([^`<]*)[^`]*`", r"\1", prose)
    assert 1500 <= len(re.findall(r"[^\W\d_][\w'’-]*", plain)) <= 3000
    text = (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]
    assert len(text.split(":::{")[0].split()) < 100
    assert read.blocks[0].kind == "playground"
    assert read.blocks[0].options["epochs"].value == 0


def test_every_figure_is_mentioned_and_every_work_listed_is_cited(
    prose: str, read: Article
) -> None:
    for block in read.blocks:
        assert f"{{numref}}`{block.name}`" in prose, block.name
    listed = re.findall(r"^@\w+\{(\S+),", (FOLDER / "references.bib").read_text("utf8"), re.M)
    assert sorted(listed) == sorted(reference.key for reference in read.references)
    for reference in read.references:
        assert re.fullmatch(r"doi:10\.\d{4,9}/\S+|arXiv:\d{4}\.\d{4,5}", str(reference.identifier))


def test_no_share_and_no_loss_is_typed_by_hand(prose: str) -> None:
    typed = re.sub(r"\{\w+\}`[^`]*`|\$[^$]+\$", "", prose)
    # Only the goal of an exercise is a number that no build computes.
    assert re.findall(r"\d+ ?%|\d+\.\d+", typed) == ["0.05"]


def test_one_neuron_parts_two_clouds() -> None:
    assert right("fig-neuron", epochs=30) == 1


def test_a_circle_needs_neurons_that_bend_or_inputs_that_do() -> None:
    # A line beside the disc has all of it and seven tenths of the ring on one side: 65 per cent.
    assert right("fig-circle", epochs=150) < 0.7
    # Linear layers can do no more than one neuron, however many there are.
    linear = right("fig-circle", epochs=150, layers=(4, 4), activation="linear")
    assert linear < 0.7
    for activation in ("relu", "tanh"):
        assert right("fig-circle", epochs=150, layers=(4, 4), activation=activation) > 0.97
    assert right("fig-circle", epochs=150, inputs=("xx", "yy")) > 0.97


def test_the_spiral_is_solved_from_two_inputs_and_learning_by_heart_shows() -> None:
    assert right("fig-spiral") > 0.97
    free, held = (
        run(asked("fig-memory", **changed)).measured()
        for changed in ({}, {"regularization": "l2", "strength": 0.01})
    )
    assert free["train_loss"] < 0.5 * free["test_loss"]
    assert held["test_loss"] < 0.6 * free["test_loss"]
    assert right("fig-memory", layers=()) > free["test_right"]
    assert right("fig-memory", ratio=90) > free["test_right"]


def test_the_chart_of_losses_is_of_the_network_above_it() -> None:
    charts = load_module(FOLDER / "charts.py", ArticleError)
    assert replace(charts.CLOUDS, epochs=400, batch=10) == asked("fig-memory")


def test_starts_for_a_class_set_everything_that_another_start_may_have_changed() -> None:
    text = (PLAYGROUND / "index.md").read_text("utf8")
    sets = re.findall(r"\{set\}`[^<`]+<([^>]+)>`", text)
    assert len(sets) >= 5
    assert len({tuple(one.partition("=")[0] for one in each.split()) for each in sets}) == 1
