"""The article on adversarial examples: long enough, cited, no number typed by hand, and true."""

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.compute.perturb.attacks import fgsm, iterated
from generator.compute.perturb.page import besieged
from generator.compute.threads import single_thread
from generator.datasets import load_dataset
from generator.models import load_model
from generator.read import article
from generator.read.article import Article

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "fooling-a-network"
FIGURE = re.compile(r"^:::\{(?!note|aside|warning).*?^:::$", re.DOTALL | re.MULTILINE)
# Blank, full, and what a screen has: no results of a build.
KNOWN_FOR_EVER = {"0", "1"}


@pytest.fixture(scope="module")
def fooling() -> Article:
    return article(FOLDER)


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]


@pytest.fixture(scope="module")
def prose(text: str) -> str:
    """Every word a reader reads outside the figures: no front matter, formula, role or mark."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", FIGURE.sub("", text), flags=re.DOTALL)
    text = re.sub(r"\{\w+\}`[^`]*`", "", text)
    return re.sub(r"^:::.*$|\[\^\w+\]:?", "", text, flags=re.MULTILINE)


def test_it_can_be_read_in_a_quarter_of_an_hour(prose: str) -> None:
    assert 1500 <= len(re.findall(r"[^\W\d_][\w'’-]*", prose)) <= 3000


def test_something_can_be_dragged_before_a_hundred_words_are_read(
    fooling: Article, text: str
) -> None:
    assert len(text.split(":::{")[0].split()) < 100
    assert [block.kind for block in fooling.blocks] == ["perturb", "perturb"]


def test_no_number_is_typed_by_hand(prose: str) -> None:
    assert set(re.findall(r"\d+(?:[.,]\d+)*", prose)) <= KNOWN_FOR_EVER


def test_it_rests_on_works_that_can_be_found(text: str) -> None:
    cited = {key for keys in re.findall(r"\{cite\}`([^`]+)`", text) for key in keys.split(",")}
    entries = (FOLDER / "references.bib").read_text("utf8").split("\n@")
    known = {re.findall(r"\{([^,]+),", entry)[0]: entry for entry in entries}
    assert cited == set(known)
    assert len(cited) >= 8
    assert all(re.search(r"eprint = \{\d{4}\.\d{5}\}|eprint = \{\d{4}\.\d{4}\}", e) or "doi" in e
               for e in known.values())  # fmt: skip


def test_a_coin_does_little_where_the_gradient_does_much() -> None:
    """What the article says of the first digit, of chance, and of the digit with a dot."""
    model = load_model(ROOT / "models/digits-cnn")
    data = load_dataset(ROOT / "models/datasets/digits")
    with single_thread():
        victim = besieged(model)

        def shares(indices: NDArray[np.int64]) -> NDArray[np.float32]:
            return (data.images[indices] / 255).astype(np.float32)

        some = data.test[:200]
        x, labels = shares(some), data.labels[some]
        coin = np.random.default_rng(0).choice([-0.1, 0.1], x.shape).astype(np.float32)
        tossed = (victim.answers(np.clip(x + coin, 0, 1)) == labels).mean()
        attacked = (victim.answers(fgsm(victim, x, labels, 0.1)) == labels).mean()
        assert tossed > 0.93
        assert attacked < 0.6
        five = shares(np.array([8193]))
        assert victim.answers(five) == [5]
        after = victim.probabilities(fgsm(victim, five, np.array([5]), 0.1))[0]
        assert after.argmax() == 3
        assert after[3] > 0.9
        dotted = shares(np.array([8131]))
        assert data.labels[8131] != victim.answers(dotted)[0]
        mended = iterated(victim, dotted, data.labels[[8131]], 0.05, toward=True)
        assert victim.answers(mended)[0] == data.labels[8131] == 9
