"""The article teaches what it promises: long enough, cited, and with no number typed by hand."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from generator.compute.activations import activations
from generator.compute.inputs import from_bytes
from generator.compute.threads import single_thread
from generator.datasets import Dataset, load_dataset
from generator.errors import ArticleError
from generator.models import Model, load_model
from generator.read import article
from generator.read.article import Article
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "inside-a-digit-classifier"
FIGURE = re.compile(r"^:::\{(?!note|aside|warning).*?^:::$", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Blank paper, full ink, and the decade in which networks first read cheques: no results of a build.
KNOWN_FOR_EVER = {"0", "1", "1990"}


@pytest.fixture(scope="module")
def digits() -> Article:
    return article(FOLDER)


@pytest.fixture(scope="module")
def prose() -> str:
    """Every word a reader reads outside the figures: no front matter, formula, role or mark."""
    text = (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]
    text = FIGURE.sub("", text)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\w+\}`[^`]*`", "", text)
    return re.sub(r"^:::.*$|\[\^\w+\]:?", "", text, flags=re.MULTILINE)


def test_it_takes_about_ten_minutes_to_read(prose: str) -> None:
    words = re.findall(r"[^\W\d_][\w'’-]*", prose)
    assert 1500 <= len(words) <= 2500


def test_something_can_be_drawn_on_before_a_hundred_words_are_read(digits: Article) -> None:
    before = (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2].split(":::{")[0]
    assert len(before.split()) < 100
    assert digits.blocks[0].kind == "network"


def test_every_model_kind_and_the_chart_are_used(digits: Article) -> None:
    kinds = [block.kind for block in digits.blocks]
    assert len(kinds) >= 5
    assert kinds.count("network") >= 2
    assert {"network", "units", "projector", "chart"} <= set(kinds)


def test_every_figure_has_a_caption_and_is_mentioned_in_the_prose(digits: Article) -> None:
    text = (FOLDER / "index.md").read_text("utf8")
    for block in digits.blocks:
        assert block.caption, block.name
        assert f"{{numref}}`{block.name}`" in text, block.name


def test_at_least_eight_works_are_cited_and_each_is_found_by_one_identifier(
    digits: Article,
) -> None:
    identifiers = [reference.identifier for reference in digits.references]
    assert len(identifiers) >= 8
    assert len(set(identifiers)) == len(identifiers)
    for identifier in identifiers:
        assert re.fullmatch(r"doi:10\.\d{4,9}/\S+|arXiv:\d{4}\.\d{4,5}", identifier), identifier


def test_no_work_is_listed_that_the_text_does_not_cite(digits: Article) -> None:
    listed = re.findall(r"^@\w+\{(\S+),", (FOLDER / "references.bib").read_text("utf8"), re.M)
    assert sorted(listed) == sorted(reference.key for reference in digits.references)


def test_no_number_that_the_build_knows_is_typed_by_hand(prose: str) -> None:
    assert set(NUMBER.findall(prose)) <= KNOWN_FOR_EVER


def test_it_says_what_its_pictures_do_not_show(prose: str) -> None:
    for said in ("one* picture among very many", "island means nothing", "perplexity"):
        assert said in prose


def covered(dataset: Dataset, one: int, other: int) -> float:
    """Share of a `one`'s dark pixels that are dark in an `other`, over all pairs of pictures."""
    dark = [
        (dataset.images[dataset.labels == digit] > 127).reshape(-1, 784) for digit in (one, other)
    ]
    shared = dark[0].astype(np.float32) @ dark[1].astype(np.float32).T
    shares = shared / dark[0].sum(axis=1, keepdims=True)
    if one == other:  # no picture against itself
        shares = shares[~np.eye(len(shares), dtype=bool)]
    return float(shares.mean())


def test_ink_overlaps_as_the_text_says() -> None:
    dataset = load_dataset(ROOT / "models" / "datasets" / "digits")
    assert covered(dataset, 7, 7) < 0.5
    assert 0.95 < covered(dataset, 4, 9) / covered(dataset, 4, 4) < 1


class OwnSources:
    """What a chart of this article may ask for."""

    def model(self, name: str) -> Model:
        return load_model(ROOT / "models" / name)

    def dataset(self, name: str) -> Dataset:
        return load_dataset(ROOT / "models" / "datasets" / name)


@pytest.fixture(scope="module")
def strongest() -> np.ndarray:
    """Greatest value of each channel of conv2 in each test picture, (2000, 16)."""
    dataset = load_dataset(ROOT / "models" / "datasets" / "digits")
    model = load_model(ROOT / "models" / "digits-cnn")
    pictures = from_bytes(dataset.images[dataset.test], model.card.range)
    return activations(model.module, pictures, ["conv2"])["conv2"].max(axis=(2, 3))


@pytest.fixture(scope="module")
def labels() -> np.ndarray:
    dataset = load_dataset(ROOT / "models" / "datasets" / "digits")
    return dataset.labels[dataset.test]


def test_one_digit_excites_the_open_channel_most(
    digits: Article, strongest: np.ndarray, labels: np.ndarray
) -> None:
    channel = next(b for b in digits.blocks if b.name == "fig-conv2").options["open"].value
    favourites = labels[np.argsort(-strongest[:, channel])[:9]]
    assert len(set(favourites)) == 1
    # The text takes the digit's name from this value, and the chart's code names the channel again.
    assert f"units.conv2.{channel}.label" in (FOLDER / "index.md").read_text("utf8")
    assert channel == load_module(FOLDER / "charts.py", ArticleError).CHANNEL


def test_the_favourite_suffers_most_from_the_silence_but_most_of_it_is_still_read(
    digits: Article, strongest: np.ndarray, labels: np.ndarray
) -> None:
    channel = next(b for b in digits.blocks if b.name == "fig-conv2").options["open"].value
    favourite = int(labels[strongest[:, channel].argmax()])
    dataset = load_dataset(ROOT / "models" / "datasets" / "digits")
    module = load_model(ROOT / "models" / "digits-cnn").module
    with torch.no_grad():  # by hand: the filter and the bias of the channel at zero
        module.get_parameter("conv2.weight")[channel] = 0
        module.get_parameter("conv2.bias")[channel] = 0
    pictures = from_bytes(dataset.images[dataset.test])
    right = activations(module, pictures, ["logits"])["logits"].argmax(axis=1) == labels
    shares = [right[labels == digit].mean() for digit in range(10)]
    assert int(np.argmin(shares)) == favourite
    assert 0.8 < shares[favourite] < 0.99

    chart = load_module(FOLDER / "charts.py", ArticleError).silenced(OwnSources())
    rows = chart.to_dict()["layer"][0].get("data", chart.to_dict().get("data"))["values"]
    assert [row["without"] for row in rows] == pytest.approx(shares, abs=5e-5)  # four decimals


def test_one_weighted_sum_a_digit_on_raw_pixels_makes_several_times_the_mistakes() -> None:
    dataset = load_dataset(ROOT / "models" / "datasets" / "digits")
    model = load_model(ROOT / "models" / "digits-cnn")
    pixels = torch.from_numpy(from_bytes(dataset.images, model.card.range)).flatten(1)
    labels = torch.from_numpy(dataset.labels)
    torch.manual_seed(0)
    rule = torch.nn.Linear(784, 10)
    optimizer = torch.optim.LBFGS(rule.parameters(), max_iter=30)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        answers = rule(pixels[dataset.train])
        # A little decay, without which the rule would do worse still on new digits.
        found = torch.nn.functional.cross_entropy(answers, labels[dataset.train])
        found = found + 1e-3 * rule.weight.square().sum()
        found.backward()
        return found

    with single_thread():
        optimizer.step(loss)
    right = rule(pixels[dataset.test]).argmax(1) == labels[dataset.test]
    mistakes = 1 - float(right.float().mean())
    assert mistakes > 4 * (1 - float(model.card.measured["test_accuracy"]))
