"""The kind `projector` on vectors of a dataset: maps, axes and relations, and what it refuses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from generator.compute.relations import distortion, parallel, related
from generator.compute.vector_page import quantized, unit
from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.projector import STATES, Options, payload
from generator.rules import OneOf, Text

NAMES = ("he", "she", "king", "queen", "prince", "princess", "north", "south")


class Given:
    """Sources with forty vectors of seven numbers, eight of them with the names above."""

    def __init__(self, classes: tuple[str, ...] = ("a", "b"), columns: bool = True) -> None:
        draw = np.random.default_rng(0)
        self.vectors = draw.normal(size=(40, 7)).astype(np.float32)
        step = np.array([2, 0, 0, 0, 0, 0, 0], np.float32)
        for i in (0, 2, 4):
            self.vectors[i + 1] = self.vectors[i] + step
        names = (*NAMES, *(f"word{i}" for i in range(8, 40)))
        self.card = SimpleNamespace(
            name="some", classes=classes, shape=(7,), columns={"name": "its name", "n": "a number"}
        )
        if not columns:
            self.card.columns = {}
        self.columns = {"name": names, "n": np.arange(40.0)}
        self.labels: NDArray[Any] = np.arange(40) % max(1, len(classes))
        self.test = np.arange(40)

    def dataset(self, _name: str) -> Any:
        return self

    def model(self, _name: str) -> Any:
        raise AssertionError("no model is asked for")


def made(sources: Any = None, **options: Any) -> Payload:
    asked = {"dataset": "some", "methods": ("pca",), "count": 40, "perplexity": 5} | options
    given: Any = sources or Given()
    return payload(Options(**asked), given)


def test_the_map_is_scikit_learn_s_pca_of_directions_on_one_scale() -> None:
    figure = made()
    given = Given()
    oracle = PCA(3, svd_solver="full").fit_transform(unit(given.vectors).astype(float))
    shown = figure.arrays["pca"] / 32_767
    for axis in range(3):
        same = abs(np.corrcoef(shown[:, axis], oracle[:, axis])[0, 1])
        assert same == pytest.approx(1, abs=1e-6)
    spread = np.ptp(shown, axis=0) / np.ptp(oracle, axis=0)
    assert spread == pytest.approx(np.full(3, spread[0]), rel=1e-3)
    assert np.abs(shown).max() == pytest.approx(1)


def test_names_and_columns_travel_at_once_and_numbers_on_request() -> None:
    figure = made()
    assert bytes(figure.arrays["text-0"]).decode().split("\n")[:3] == ["he", "she", "king"]
    assert figure.arrays["number-1"].tolist() == list(range(40))
    numbers = figure.more["vectors"]["numbers"] * figure.more["vectors"]["scale"][:, None]
    assert np.abs(numbers - Given().vectors).max() <= np.abs(Given().vectors).max() / 254 * 1.001
    assert figure.values["colours"] == ["label", "n", "near", "one"]


def test_a_vector_of_zeros_is_kept_as_it_is() -> None:
    held = quantized(np.array([[0, 0], [1, -2]], np.float32))
    assert held["numbers"].tolist() == [[0, 0], [64, -127]]
    assert held["scale"][0] == 1


def test_a_foreign_dataset_without_classes_has_columns_to_colour_by() -> None:
    figure = made(Given(classes=()))
    assert figure.values["colours"] == ["n", "near", "one"]
    assert "label" not in figure.values["colours"]


def test_pairs_with_one_step_are_parallel_and_strangers_are_not() -> None:
    figure = made(
        methods=("pairs", "pca"),
        pairs=("he > she", "king > queen", "prince > princess", "north > south"),
    )
    cosines = figure.values["relation"]["parallel"]
    assert min(cosines[:3]) > abs(cosines[3])
    assert figure.values["relation"]["distortion"]["relation"] == pytest.approx(0, abs=1e-9)
    assert "king → queen" in figure.still.light  # type: ignore[union-attr]


def test_parallel_and_distortion_are_those_worked_out_by_hand() -> None:
    vectors = np.array([[0, 0, 0], [1, 0, 0], [0, 0, 3], [1, 1, 3]], float)
    pairs = np.array([[0, 1], [2, 3]])
    assert parallel(vectors, pairs) == pytest.approx([0.5**0.5, 0.5**0.5])
    places = related(vectors, pairs)
    assert places[1, 0] - places[0, 0] == pytest.approx(np.cos(np.pi / 8))
    assert distortion(places, vectors, pairs) == pytest.approx(0, abs=1e-12)
    flat = np.array([[0, 0], [1, 0], [0, 0], [1, 0]], float)
    assert distortion(flat * [[1], [1], [1], [3]], flat, pairs) == pytest.approx(0.4)
    assert distortion(np.zeros((4, 2)), vectors, pairs) == 1


def test_axes_of_words_lie_between_their_ends() -> None:
    figure = made(methods=("axes", "pca"), across="he, king > she, queen", words=("he", "she"))
    assert figure.values["ends"]["across"] == (["he", "king"], ["she", "queen"])
    assert figure.values["only"] == [0, 1]
    assert figure.values["alone"] == "names:he,she"
    still = figure.still.light  # type: ignore[union-attr]
    x = {name: float(still.split(f">{name}<")[0].rsplit('x="', 1)[1].split('"')[0])
         for name in ("he", "she")}  # fmt: skip
    assert x["he"] < 370 < x["she"]


def test_states_start_where_the_block_says() -> None:
    figure = made(methods=("axes", "pca"), across="he > she", words=("he", "she"))
    states: Any = STATES
    rule = states["only"](figure.values)
    assert isinstance(rule, Text)
    assert (rule.start, rule.read("near:3:50"), rule.read("all")) == (
        "names:he,she", "near:3:50", None,
    )  # fmt: skip
    colour = states["colour"](figure.values)
    assert isinstance(colour, OneOf)
    assert colour.read("n") == "n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chosen": "quen"}, "some: 'quen' is none of the 40 names; nearest: 'queen'"),
        ({"methods": ("axes",)}, "'axes' needs an axis"),
        ({"across": "he"}, "'he' is no axis; write it as 'he, man > she, woman'"),
        ({"across": "he > he"}, "the two ends of an axis are the same"),
        ({"methods": ("pairs",)}, "'pairs' needs some"),
        ({"pairs": ("he > she",)}, "one pair is no relation"),
        ({"pairs": ("he : she", "king > queen")}, "'he : she' is no pair"),
        ({"dataset": ""}, "neither a model nor a dataset of vectors"),
    ],
)
def test_what_the_vectors_do_not_have_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(FigureError, match=said):
        made(**options)


def test_layers_of_a_model_have_no_words_to_make_axes_of() -> None:
    with pytest.raises(FigureError, match="'axes' and 'pairs' are for a dataset of vectors"):
        made(model="net", methods=("axes",))


def test_pictures_without_a_model_are_refused() -> None:
    with pytest.raises(FigureError, match="some has pictures and no vectors"):
        made(Given(columns=False))


def test_vectors_that_are_all_the_same_are_refused() -> None:
    sources = Given()
    sources.vectors[:] = 1
    with pytest.raises(FigureError, match="some: all 40 vectors are the same"):
        made(sources)
