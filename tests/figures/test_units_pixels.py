"""The study `pixels` of the kind `units` on a grey foreign network with steps, and a perceptron."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from generator.errors import FigureError, GraphError
from generator.figure import Payload
from generator.figures.units import STATES, Options, payload
from generator.rules import rules

HEIGHT, WIDTH = 9, 13


def convolutional() -> nn.Sequential:
    torch.manual_seed(1)
    return nn.Sequential(
        nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 2, 2), nn.ReLU(),
        nn.Flatten(), nn.Linear(16, 2),
    ).eval()  # fmt: skip


def dense() -> nn.Sequential:
    return nn.Sequential(nn.Flatten(), nn.Linear(HEIGHT * WIDTH, 4), nn.ReLU(), nn.Linear(4, 2))


class Given:
    """Sources with one model of two kept steps and thirty test pictures."""

    def __init__(self, module: nn.Module) -> None:
        draw = np.random.default_rng(0)
        self.images = draw.integers(0, 256, (40, 1, HEIGHT, WIDTH), np.uint8)
        self.labels = draw.integers(0, 2, 40)
        self.test = np.arange(10, 40)
        self.module = module.eval().requires_grad_(False)
        state = module.state_dict()
        turned = {name: -value for name, value in state.items()}
        self.kept = {0: turned, 7: state}

    def model(self, _name: str) -> Any:
        card = SimpleNamespace(
            name="net", input=(1, HEIGHT, WIDTH), range=(0.0, 1.0), outputs=("a", "b"),
            layers=("0",), dataset="noise",
        )  # fmt: skip
        return SimpleNamespace(card=card, module=self.module, checkpoints=lambda: self.kept)

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        card = SimpleNamespace(name=name, classes=("a", "b"), shape=(1, HEIGHT, WIDTH))
        return SimpleNamespace(card=card, images=self.images, labels=self.labels, test=self.test)


def made(sources: Given, *layers: str, **options: Any) -> Payload:
    options = {"examples": 4, **options}
    return payload(Options(model="net", study="pixels", layers=layers, **options), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(convolutional())


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(sources, "3", "0", cover=0.4)


def tile(figure: Payload, name: str, i: int) -> Any:
    cut = figure.values["layers"][0][name]
    width, height = cut["size"]
    row, column = divmod(i, cut["columns"])
    return figure.images[cut["image"]].pixels[row * height :, column * width :][:height, :width]


def test_patches_are_the_strongest_and_boxes_what_the_unit_sees(
    figure: Payload, sources: Given
) -> None:
    inputs = torch.from_numpy(sources.images[sources.test].astype(np.float32) / 255)
    answers = sources.module[:4](inputs)  # type: ignore[index]
    peaks = answers.amax((2, 3)).numpy()
    for unit in range(2):
        order = np.argsort(-peaks[:, unit], kind="stable")[:4]
        assert figure.arrays["index"][unit].tolist() == sources.test[order].tolist()
        for i, best in enumerate(order):
            top, left, bottom, right = figure.arrays["box"][unit, i]
            # Two rows of pooled pairs behind a window of three: six of the picture's.
            assert (bottom - top, right - left) == (6, 6)
            patch = inputs[best : best + 1, :, top:bottom, left:right]
            alone = sources.module[:4](patch)[0, unit, 0, 0].item()  # type: ignore[index]
            assert alone == pytest.approx(figure.arrays["top"][unit, i], rel=1e-5)


def test_what_comes_back_is_grey_where_the_unit_cannot_see(figure: Payload) -> None:
    assert figure.values["layers"][0]["projections"]["size"] == (6, 6)
    for i in range(8):
        shown = tile(figure, "projections", i)
        assert shown.max() == 255 or shown.min() == 0


def test_the_strip_goes_from_the_first_step_to_the_trained_network(
    figure: Payload, sources: Given
) -> None:
    assert figure.values["steps"] == [0, 7]
    assert figure.arrays["way-index"].shape == (2, 2)
    assert (figure.arrays["way-index"][:, 1] == figure.arrays["index"][:, 0]).all()
    for unit in range(2):
        last, best = tile(figure, "way", 2 * unit + 1), tile(figure, "projections", 4 * unit)
        assert (last == best).all()
    net = convolutional()
    net.load_state_dict(sources.kept[0])
    inputs = torch.from_numpy(sources.images[sources.test].astype(np.float32) / 255)
    first = net[:4](inputs).amax((2, 3)).max(0)
    assert np.allclose(figure.arrays["way-top"][:, 0], first.values.detach(), rtol=1e-5)


def test_how_far_a_unit_looks_is_at_most_a_little_more_than_it_can_see(figure: Payload) -> None:
    told = figure.values["layers"][0]["field"]
    assert told["side"] == 2
    step = told["offsets"][1] - told["offsets"][0]
    for unit in figure.values["units"]["3"]:
        assert unit["sees"] == 6
        assert 1 <= unit["looks"] <= 6 + step
    assert figure.arrays["field"].shape[1:] == (len(told["offsets"]),) * 2
    assert "looks at about" in figure.alt


def test_later_layers_wait_and_words_hold_the_numbers(figure: Payload) -> None:
    assert list(figure.more) == ["layer-1"]
    assert figure.values["layers"][1]["way"]["image"] == "more-way-1"
    assert figure.table is not None
    assert [row[:2] for row in figure.table.rows] == [
        ("3", 0),
        ("3", 1),
        ("0", 0),
        ("0", 1),
        ("0", 2),
    ]
    assert figure.table.rows[0][3] == 6
    assert "A strip shows the strongest at 2 steps of training." in figure.alt
    assert figure.still is not None
    assert "style=" not in figure.still.light
    allowed = rules(STATES, figure.values)  # type: ignore[arg-type]
    assert allowed["step"].told() == {"start": 7, "choices": [0, 7]}


def test_without_kept_steps_there_is_no_strip_and_a_perceptron_sees_all() -> None:
    sources = Given(dense())
    sources.kept = {}
    figure = made(sources, "1", cover=0.2)
    assert not figure.values["evolves"]
    assert "way" not in figure.values["layers"][0]
    assert (figure.arrays["box"] == (0, 0, HEIGHT, WIDTH)).all()
    assert figure.values["layers"][0]["field"] is None
    assert tile(figure, "projections", 0).shape == (HEIGHT, WIDTH, 3)


def test_what_there_is_not_is_refused_by_name(sources: Given) -> None:
    with pytest.raises(FigureError, match="keeps no weights of step 3") as problem:
        made(sources, "0", checkpoints=(3,))
    assert problem.value.hint == "it has step-0, step-7"
    with pytest.raises(FigureError, match="0 has no channel 3"):
        made(sources, "0", open=3)
    plain = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(154, 2))
    with pytest.raises(GraphError, match="has no ReLU"):
        made(Given(plain), "0")
