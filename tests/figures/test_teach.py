"""The kind `teach`: what it teaches, shows and refuses, on nets of several shapes."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from sklearn.linear_model import LogisticRegression
from torch import nn

from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.teach import STATES, Options, payload
from generator.rules import rules

SIDE = 8
NAMES = ("disc", "square", "cross", "star")


def convolving(channels: int = 1) -> nn.Sequential:
    torch.manual_seed(4)
    made = nn.Sequential(
        *(nn.Conv2d(channels, 5, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(80, 4)),
    )
    return made.eval().requires_grad_(False)


class Given:
    """Sources with one model and eighty random pictures, half of them for training."""

    def __init__(
        self, module: nn.Sequential, channels: int = 1, side: int = SIDE, train: int = 40
    ) -> None:
        draw = np.random.default_rng(0)
        shape = (channels, side, side)
        self.images = draw.integers(0, 256, (80, *shape), np.uint8)
        self.images[:, :, [0, 0, -1, -1], [0, -1, 0, -1]] = 255
        self.module = module
        self.card = SimpleNamespace(
            name="net",
            input=shape,
            range=(-1.0, 1.0),
            outputs=NAMES,
            quantity=None,
            dataset="noise",
            layers=[name for name, _ in module.named_modules() if name],
        )
        self._dataset = SimpleNamespace(
            card=SimpleNamespace(
                name="noise", classes=NAMES, quantity=None, shape=shape, drawing=None
            ),
            images=self.images,
            labels=np.arange(80) % 4,
            train=np.arange(train),
            test=np.arange(train, 80),
        )

    def model(self, _name: str) -> Any:
        weights = dict(self.module.state_dict())
        return SimpleNamespace(card=self.card, module=self.module, weights=weights)

    def dataset(self, _name: str) -> Any:
        return self._dataset

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""


def made(sources: Given, /, **options: Any) -> Payload:
    return payload(Options(model="net", **options), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(convolving())


def test_it_is_taught_so_many_of_each_class_and_shown_others(sources: Given) -> None:
    figure = made(sources, captures={"disc": 6, "star": 2, "mine": 0}, count=4)
    values = figure.values
    assert values["classes"] == ["disc", "star", "mine"]
    assert values["captures"] == [0] * 6 + [1] * 2
    assert [pick["label"] for pick in values["picks"]] == ["disc", "star"] * 2
    assert all(pick["index"] >= 40 for pick in values["picks"])
    pictures = figure.arrays["captures.pictures"]
    taught = [int(np.flatnonzero((sources.images == one).all((1, 2, 3)))[0]) for one in pictures]
    assert len(set(taught)) == 8
    assert [i % 4 for i in taught] == [0] * 6 + [3] * 2
    assert max(taught) < 40


def test_features_are_those_of_the_layer_and_so_is_the_graph(sources: Given) -> None:
    figure = made(sources, captures={"a": (3, 4), "b": (5,)}, examples=(50, 60), layer="1")
    given = torch.from_numpy(sources.images[[3, 4, 5]]).float() / 127.5 - 1
    wanted = torch.relu(sources.module[0](given)).flatten(1)
    wanted = (wanted / wanted.norm(dim=1, keepdim=True)).numpy()
    np.testing.assert_allclose(figure.arrays["captures.features"], wanted, atol=1e-5)
    graph = figure.graphs["features"]
    found = graph.function(graph.weights, {"input": given[:1]})["features"]
    np.testing.assert_allclose(found.numpy(), wanted[:1], atol=1e-5)
    assert figure.values["size"] == 320
    assert [pick["index"] for pick in figure.values["picks"]] == [50, 60]


def test_the_first_answer_is_that_of_a_head_trained_on_what_is_not_kept_back(
    sources: Given,
) -> None:
    figure = made(sources, captures={"disc": 5, "square": 5, "cross": 5}, strength=1)
    rows, labels = figure.arrays["captures.features"], np.array(figure.values["captures"])
    kept = np.arange(15) % 5 == 4
    fitted = LogisticRegression(C=10, tol=1e-9, max_iter=1000).fit(rows[~kept], labels[~kept])
    shares = fitted.predict_proba(figure.arrays["picks.features"][:1])[0]
    first = figure.values["first"]
    assert first["head_answer"] == ("disc", "square", "cross")[int(shares.argmax())]
    assert first["head_share"] == pytest.approx(shares.max(), abs=1e-3)
    assert first["captures_0"] == 5
    assert "disc with 5 captures" in figure.alt
    assert f"Example {figure.values['picks'][0]['index']}" in figure.alt
    table = figure.table
    assert table is not None
    assert [row[:2] for row in table.rows] == [("disc", 5), ("square", 5), ("cross", 5)]
    assert sum(float(row[2]) for row in table.rows) == pytest.approx(1, abs=1e-3)


def test_the_head_is_measured_on_examples_that_are_neither_taught_nor_shown(
    sources: Given,
) -> None:
    figure = made(sources, captures={"disc": 5, "star": 5}, strength=1, tested=6, held="none")
    rows, labels = figure.arrays["captures.features"], np.array(figure.values["captures"])
    picks = [pick["index"] for pick in figure.values["picks"]]
    own = [i for i in range(40, 80) if i % 4 == 3 and i not in picks][:6]
    given = torch.from_numpy(sources.images[own]).float() / 127.5 - 1
    seen = sources.module[:4](given)
    seen = (seen / seen.norm(dim=1, keepdim=True)).numpy()
    # Of two classes the page has two vectors, scikit-learn their difference.
    fitted = LogisticRegression(C=20, tol=1e-9, max_iter=1000).fit(rows, labels)
    first = figure.values["first"]
    assert first["tested_1"] == len(own)
    assert first["right_1"] == pytest.approx((fitted.predict(seen) == 1).mean())


@pytest.mark.parametrize("captures", [{"a": 0, "b": 0}, {"disc": 3, "b": 0}])
def test_a_machine_that_was_taught_less_than_two_classes_answers_nothing(
    sources: Given, captures: dict[str, int]
) -> None:
    figure = made(sources, captures=captures)
    assert "Nothing is taught yet" in figure.still.light  # type: ignore[union-attr]
    assert "head_answer" not in figure.values["first"]


def test_large_pictures_are_kept_small_and_colours_stay() -> None:
    module = nn.Sequential(nn.Conv2d(3, 4, 9, 4), nn.ReLU(), nn.Flatten(), nn.LazyLinear(4))
    module(torch.zeros(1, 3, 160, 160))
    found = made(Given(module.eval(), 3, 160, train=0), captures={"disc": 2, "star": 2})
    assert found.values["small"] == (3, 80, 80)
    assert found.arrays["picks.pictures"].shape[1:] == (3, 80, 80)
    assert found.values["frame"]["paper"] == [1.0, 1.0, 1.0]
    assert set(found.images) == {"still"}


def test_ways_of_showing_fit_the_pictures(sources: Given) -> None:
    assert made(sources).values["sources"] == ["examples", "draw", "camera", "file"]
    assert made(sources, sources=("draw",)).values["sources"] == ["draw"]
    two = Given(convolving(2), 2)
    assert made(two, sources=("draw", "camera")).values["sources"] == ["examples"]


def test_states_start_as_the_article_says(sources: Given) -> None:
    figure = made(sources, method="neighbours", neighbours=3, strength=-0.5, held="take")
    told = {name: rule.told() for name, rule in rules(STATES, figure.values).items()}
    starts = {name: one["start"] for name, one in told.items()}
    wanted = {"method": "neighbours", "neighbours": 3, "strength": -0.5, "held": "take"}
    assert starts.items() >= wanted.items()


def test_names_of_weights_that_differ_have_other_marks(sources: Given) -> None:
    other = Given(convolving())
    with torch.no_grad():
        next(other.module.parameters())[0, 0, 0, 0] += 1
    assert made(other).values["mark"] != made(sources).values["mark"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"captures": {"disk": 3, "star": 2}}, "has no class 'disk'"),
        ({"captures": {"disc": 30, "star": 2}}, "has 10 examples of 'disc' to teach, not 30"),
        ({"captures": {"a": (3,), "b": (80,)}}, "has no example 80"),
        ({"examples": (99,)}, "has no example 99"),
    ],
)
def test_what_the_dataset_does_not_have_is_refused(
    sources: Given, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(FigureError, match=re.escape(words)):
        made(sources, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"captures": {"only": 3}},
        {"captures": {str(i): 1 for i in range(9)}},
        {"captures": {"": 1, "b": 1}},
        {"captures": {"disc": 500, "b": 1}},
        {"strength": 0.3},
        {"neighbours": 0},
        {"sources": ("mirror",)},
    ],
)
def test_what_a_figure_cannot_be_is_refused_before_anything_is_computed(
    options: dict[str, Any],
) -> None:
    with pytest.raises(ValidationError):
        Options(model="net", **options)


def test_a_layer_that_says_too_little_and_a_machine_that_was_taught_all_are_refused(
    sources: Given,
) -> None:
    narrow = nn.Sequential(nn.Flatten(), nn.Linear(64, 1), nn.Linear(1, 4))
    with pytest.raises(FigureError, match="answers one number"):
        made(Given(narrow.eval()), layer="1")
    everything = {"taught": tuple(range(40)), "too": tuple(range(40, 80))}
    with pytest.raises(FigureError, match="none is left to show"):
        made(sources, captures=everything)
