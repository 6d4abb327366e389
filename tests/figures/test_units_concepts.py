"""The study `concepts` of the kind `units`: channels of a foreign network beside foreign masks."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from torch import nn

from generator.compute.dissection.counts import overlap
from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.units import STATES, Options, payload
from generator.rules import rules

HEIGHT, WIDTH = 10, 14
CONCEPTS = {"brightness": ("bright",), "half": ("left", "right")}


def network(brightness: float = 1.0) -> nn.Sequential:
    """Its first channel is brightness itself, the others answer to the rest."""
    torch.manual_seed(1)
    first = nn.Conv2d(2, 3, 1, bias=False)
    with torch.no_grad():
        first.weight[:, :, 0, 0] = torch.tensor([[brightness, 0], [0, 3], [0.2, -4]])
    return nn.Sequential(first, nn.MaxPool2d(2), nn.Flatten(), nn.Linear(105, 2)).eval()


class Given:
    """Sources with two models; of each scene, a tenth is bright in the first channel."""

    def __init__(self, concepts: dict[str, tuple[str, ...]] = CONCEPTS) -> None:
        draw = np.random.default_rng(0)
        self.images = draw.integers(0, 100, (40, 2, HEIGHT, WIDTH), np.uint8)
        self.images[:, 1] = draw.integers(0, 256, (40, HEIGHT, WIDTH), np.uint8)
        bright = draw.random((40, HEIGHT, WIDTH)) < 0.1
        self.images[:, 0][bright] = draw.integers(180, 256, int(bright.sum()), np.uint8)
        self.share = float(bright[10:].mean())
        half = np.broadcast_to(np.where(np.arange(WIDTH) < WIDTH // 2, 1, 2), bright.shape)
        self.masks = {"brightness": bright.astype(np.uint8), "half": half.astype(np.uint8)}
        self.concepts = concepts
        self.test = np.arange(10, 40)
        self.models = {
            "net": network().requires_grad_(False),
            "other": network(-1).requires_grad_(False),
        }

    def model(self, name: str) -> Any:
        module = self.models[name]
        card = SimpleNamespace(
            name=name, input=(2, HEIGHT, WIDTH), range=(0.0, 1.0), outputs=("a", "b"),
            layers=("0", "1", "3"), dataset="scenes",
        )  # fmt: skip
        zero = {key: torch.zeros_like(value) for key, value in module.state_dict().items()}
        return SimpleNamespace(
            card=card,
            module=module,
            seeds=dict,
            checkpoints=lambda: {0: zero, 5: module.state_dict()},
        )

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        card = SimpleNamespace(
            name=name, classes=("a", "b"), concepts=self.concepts, shape=(2, HEIGHT, WIDTH)
        )
        return SimpleNamespace(
            card=card,
            images=self.images,
            labels=np.arange(40) % 2,
            test=self.test,
            masks=self.masks,
        )


def made(sources: Given, **options: Any) -> Payload:
    share = sources.share
    options = {
        "layers": ("0", "1"),
        "shares": (0.01, share, 0.3),
        "share": share,
        "examples": 4,
        **options,
    }
    return payload(Options(model="net", study="concepts", **options), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given()


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(
        sources,
        versions=("trained", "rotated", "step-5", "step-0", "against"),
        against="other",
        least=0.5,
    )


def overlaps(figure: Payload, part: str, share: int) -> Any:
    arrays = figure.arrays if part == "0-0" else figure.more[part]
    return overlap(
        arrays["hits"][:, share], arrays["area"][:, share], np.array(figure.values["total"])
    )


def test_the_channel_that_is_the_concept_finds_it(figure: Payload) -> None:
    found = overlaps(figure, "0-0", 1)
    assert found[0, 0] == 1
    assert (found[:, 1:] < 0.2).all()
    assert figure.values["found"]["trained"]["0"]["best"] == 1
    assert figure.values["found"]["trained"]["0"]["concept"] == "bright"
    assert figure.values["found"]["trained"]["0"]["by"] == {"brightness": 1, "half": 0}


def test_in_another_basis_it_finds_it_no_more(figure: Payload) -> None:
    assert overlaps(figure, "0-1", 1)[:, 0].max() < 0.9
    told = figure.values["found"]
    assert told["rotated"]["0"]["mean"] < told["trained"]["0"]["mean"]


def test_a_step_of_training_and_another_model_are_versions(figure: Payload) -> None:
    assert np.array_equal(figure.more["0-2"]["hits"], figure.arrays["hits"])
    # All weights are zero: no pixel is above any other.
    assert not figure.more["0-3"]["area"].any()
    assert figure.values["found"]["step-0"]["0"]["detectors"] == 0
    # Its first channel is least where it is bright.
    assert overlaps(figure, "0-4", 1)[0, 0] == 0
    assert [one["words"] for one in figure.values["versions"]] == [
        "trained", "rotated basis", "step 5", "step 0", "other",
    ]  # fmt: skip


def test_examples_are_the_strongest_and_their_maps_lie_over_them(
    figure: Payload, sources: Given
) -> None:
    arrays = figure.arrays
    inputs = torch.from_numpy(sources.images[sources.test].astype(np.float32) / 255)
    answers = sources.models["net"][0](inputs).numpy()
    for unit in range(3):
        order = np.argsort(-answers[:, unit].max((1, 2)), kind="stable")[:4]
        assert arrays["index"][unit].tolist() == sources.test[order].tolist()
        # Half floats of numbers below 2.
        assert np.allclose(arrays["maps"][unit], answers[order, unit], atol=1e-3)
    columns = figure.values["atlas"]["columns"]
    row, column = divmod(int(arrays["tile"][0, 0]), columns)
    picture = figure.images["examples"].pixels[row * HEIGHT :, column * WIDTH :][:HEIGHT, :WIDTH]
    mean = sources.images[arrays["index"][0, 0]].mean(0).round()
    assert (picture == mean[..., None]).all()


def test_words_and_table_hold_the_numbers(figure: Payload) -> None:
    assert "channel 0, bright, with an IoU of 1.00" in figure.alt
    assert "they find 1 different concepts: 1 of brightness, 0 of half" in figure.alt
    assert figure.table is not None
    assert figure.table.rows[0] == ("0", "trained", 0, "brightness", "bright", 1.0)
    assert len(figure.table.rows) == 2 * 3 * 5
    assert figure.still is not None
    assert ">bright<" in figure.still.light
    assert "style=" not in figure.still.light


def test_the_still_begins_with_the_best_channel_bright_inside_its_mask(
    figure: Payload, sources: Given
) -> None:
    assert figure.still is not None
    frame = re.search(
        r'<rect class="frame" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', figure.still.light
    )
    assert frame is not None
    x, y, side = (float(one) for one in frame.groups())
    index = figure.arrays["index"][0, 0]
    picture = sources.images[index].mean(0).round()
    inside = sources.masks["brightness"][index] > 0
    wanted = np.where(inside, picture, picture // 4)
    # The middles of the picture's own pixels, twice as dense as the drawing's units.
    at = [(np.arange(count) + 0.5) * side / WIDTH * 2 for count in (HEIGHT, WIDTH)]
    rows, columns = np.floor(y * 2 + at[0]).astype(int), np.floor(x * 2 + at[1]).astype(int)
    shown = figure.images["still"].pixels[np.ix_(rows, columns)]
    assert (shown[..., 0] == wanted).all()


def test_every_setting_has_a_rule(figure: Payload) -> None:
    allowed = rules(STATES, figure.values)  # type: ignore[arg-type]
    assert allowed["find"].read("half/left") == "half/left"
    assert allowed["find"].read("half/up") is None
    assert allowed["beside"].told()["start"] == "rotated"
    assert allowed["share"].told()["start"] == figure.values["share"]


def test_all_of_a_model_that_has_places_is_taken_where_nothing_is_named(sources: Given) -> None:
    figure = made(sources, layers=(), versions=("trained",), sample=7)
    assert [layer["name"] for layer in figure.values["layers"]] == ["0", "1"]
    assert figure.values["tested"] == 7
    assert rules(STATES, figure.values)["beside"].told()["start"] == ""  # type: ignore[arg-type]


def test_a_dataset_without_masks_says_what_it_would_need() -> None:
    with pytest.raises(FigureError, match="does not say what its pixels show") as problem:
        made(Given(concepts={}))
    assert "'masks'" in str(problem.value.hint)
    assert "[concepts]" in str(problem.value.hint)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layers": ("3",)}, "3 has no places"),
        ({"concepts": ("colour",)}, "no category 'colour'"),
        ({"versions": ("trained", "seed-4")}, "keeps no weights of seed 4"),
        ({"versions": ("step-7",)}, "keeps no weights of step 7"),
        ({"versions": ("traned",)}, "no version 'traned'"),
        ({"versions": ("against",)}, "needs a second model"),
        ({"open": 3}, "has no channel 3"),
    ],
)
def test_what_there_is_not_is_refused_by_name(
    sources: Given, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(FigureError, match=message):
        made(sources, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"share": 0.4},
        {"shares": (0.1, 0.05)},
        {"shares": (0.0, 0.1)},
        {"versions": ("trained", "trained")},
    ],
)
def test_shares_ascend_and_the_first_one_shown_is_one_of_them(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"share|version"):
        Options(model="net", study="concepts", **{"share": 0.1, "shares": (0.05, 0.1), **options})
