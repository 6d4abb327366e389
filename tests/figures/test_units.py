"""The kind `units`: pictures climb, examples are the strongest, patches are their causes."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from pydantic import ValidationError
from torch import nn

from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.units import Options, payload

SIDE = 8
STEPS = (0, 2, 12)


def convolutional(channels: int = 1) -> nn.Sequential:
    torch.manual_seed(1)
    return nn.Sequential(
        nn.Conv2d(channels, 3, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(27, 2),
    ).eval()


def dense() -> nn.Sequential:
    torch.manual_seed(2)
    return nn.Sequential(nn.Flatten(), nn.Linear(SIDE * SIDE, 4), nn.ReLU(), nn.Linear(4, 2)).eval()


class Given:
    """Sources with one model and forty random pictures, thirty of them for testing."""

    def __init__(self, module: nn.Module, channels: int = 1, dataset: str = "noise") -> None:
        draw = np.random.default_rng(0)
        self.images = draw.integers(0, 256, (40, channels, SIDE, SIDE), np.uint8)
        self.labels = draw.integers(0, 2, 40)
        self.test = np.arange(10, 40)
        card = SimpleNamespace(
            name="net",
            input=(channels, SIDE, SIDE),
            range=(0.0, 1.0),
            outputs=("even", "odd"),
            dataset=dataset,
        )
        self.module = module.requires_grad_(False)
        self._model = SimpleNamespace(card=card, module=module)

    def model(self, _name: str) -> Any:
        return self._model

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        card = SimpleNamespace(name=name, classes=("even", "odd"))
        return SimpleNamespace(card=card, images=self.images, labels=self.labels, test=self.test)

    def inputs(self) -> torch.Tensor:
        return torch.from_numpy(self.images[self.test].astype(np.float32) / 255)


def made(sources: Given, *layers: str, **options: Any) -> Payload:
    options = {"steps": STEPS, "examples": 4, **options}
    return payload(Options(model="net", layers=layers, **options), sources)  # type: ignore[arg-type]


def tile(figure: Payload, place: int, atlas: int, index: int) -> NDArray[np.uint8]:
    """Picture `index` of the sheet `atlas` of layer `place`, or of its examples for -1."""
    layer = figure.values["layers"][place]
    cut = layer["examples"] if atlas < 0 else layer["sheets"][atlas]
    width, height = cut["size"]
    row, column = divmod(index, cut["columns"])
    pixels = figure.images[cut["image"]].pixels
    return pixels[row * height : (row + 1) * height, column * width : (column + 1) * width]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(convolutional())


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(sources, "0", "4", objectives=("channel", "neuron"), starts=2)


def test_every_channel_ends_higher_than_it_began(figure: Payload) -> None:
    for name in ("channel", "neuron"):
        values = figure.arrays[name]
        assert values.shape == (3, len(STEPS) + 1)
        assert (values[:, 2] > values[:, 0]).all()


def test_the_value_beside_a_picture_is_what_the_model_says_of_it(
    figure: Payload, sources: Given
) -> None:
    layer: nn.Conv2d = sources.module[0]  # type: ignore[index]
    for channel in range(3):
        shown = tile(figure, 0, 0, channel * 4 + 2).astype(np.float32) / 255
        said = layer(torch.from_numpy(shown)[None, None])[0, channel].mean().item()
        # Each of the nine weights meets a pixel that was rounded by at most half a byte.
        slack = layer.weight[channel].abs().sum().item() * 0.5 / 255
        assert abs(said - figure.arrays["channel"][channel, 2]) <= slack + 1e-6


def test_frames_are_states_of_one_run(figure: Payload, sources: Given) -> None:
    shorter = made(sources, "0", objectives=("channel",), steps=(0, 2), starts=1)
    for channel in range(3):
        for step in range(2):
            again = tile(shorter, 0, 0, channel * 2 + step)
            assert (again == tile(figure, 0, 0, channel * 4 + step)).all()


def test_another_start_is_another_picture(figure: Payload) -> None:
    assert (tile(figure, 0, 0, 2) != tile(figure, 0, 0, 3)).any()


def test_examples_are_the_strongest_test_pictures_in_order(figure: Payload, sources: Given) -> None:
    answers = sources.module[0](sources.inputs())  # type: ignore[index]
    peaks = answers.amax((2, 3)).numpy()
    for channel in range(3):
        order = np.argsort(-peaks[:, channel])[:4]
        assert figure.arrays["index"][channel].tolist() == sources.test[order].tolist()
        assert figure.arrays["top"][channel] == pytest.approx(peaks[order, channel], rel=1e-6)
        assert (figure.arrays["label"][channel] == sources.labels[sources.test[order]]).all()


def test_the_patch_alone_causes_the_activation(figure: Payload, sources: Given) -> None:
    layer: nn.Conv2d = sources.module[0]  # type: ignore[index]
    for channel in range(3):
        index = figure.arrays["index"][channel, 0]
        top, left, bottom, right = figure.arrays["box"][channel, 0]
        assert (bottom - top, right - left) == (3, 3)
        patch = sources.images[index][:, top:bottom, left:right].astype(np.float32) / 255
        alone = layer(torch.from_numpy(patch)[None])[0, channel].item()
        assert alone == pytest.approx(figure.arrays["top"][channel, 0], rel=1e-5)


def test_pictures_of_examples_are_those_of_the_dataset(figure: Payload, sources: Given) -> None:
    for channel, place in ((0, 0), (2, 3)):
        index = figure.arrays["index"][channel, place]
        shown = tile(figure, 0, -1, int(figure.arrays["tile"][channel, place]))
        assert (shown == sources.images[index, 0]).all()


def test_maps_offer_what_the_block_lists_and_single_units_climb_alone(figure: Payload) -> None:
    first, last = figure.values["layers"]
    assert first["objectives"] == ["channel", "neuron"]
    assert last["objectives"] == ["class"]
    assert (first["maps"], last["maps"]) == (True, False)
    assert (first["whole"], last["whole"]) == (False, True)


def test_a_layer_climbs_as_a_whole(sources: Given) -> None:
    figure = made(sources, "0", "4", objectives=("channel", "layer"), starts=2)
    first, last = figure.values["layers"]
    assert (first["objectives"], last["objectives"]) == (["channel", "layer"], ["class"])
    values = figure.arrays["layer"]
    assert values.shape == (1, len(STEPS) + 1)
    assert values[0, 2] > values[0, 0]
    layer: nn.Conv2d = sources.module[0]  # type: ignore[index]
    shown = torch.from_numpy(tile(figure, 0, 1, 2).astype(np.float32) / 255)
    answers = layer(shown[None, None]).abs()
    # As above for one unit; a square moves by twice the unit times as much, and that much squared.
    slack = layer.weight.abs().sum((1, 2, 3)).max().item() * 0.5 / 255
    moved = 2 * answers.mean().item() * slack + slack**2
    assert abs(answers.square().mean().item() - values[0, 2]) <= moved + 1e-6


def test_the_examples_of_a_whole_layer_stand_after_those_of_its_channels(sources: Given) -> None:
    figure = made(sources, "0", objectives=("channel", "layer"))
    squares = sources.module[0](sources.inputs()).square().mean((1, 2, 3)).numpy()  # type: ignore[index]
    order = np.argsort(-squares)[:4]
    assert figure.arrays["index"][3].tolist() == sources.test[order].tolist()
    assert figure.arrays["top"][3] == pytest.approx(squares[order], rel=1e-5)
    assert (figure.arrays["box"][3] == (0, 0, SIDE, SIDE)).all()
    alone = made(sources, "0", objectives=("channel",))
    for name in ("index", "top", "box", "label"):
        assert (figure.arrays[name][:3] == alone.arrays[name]).all()


def test_a_whole_layer_is_no_sheet_of_channels() -> None:
    with pytest.raises(ValidationError, match="name before it what the sheet shows at first"):
        Options(model="net", layers=("0",), objectives=("layer", "channel"))


def test_later_layers_wait_until_they_are_asked_for(figure: Payload) -> None:
    assert list(figure.more) == ["layer-1"]
    eager = {name for name in figure.images if not name.startswith(("more-", "still-"))}
    assert eager == {"channel-0", "neuron-0", "examples-0"}
    assert figure.values["layers"][1]["sheets"][0]["image"] == "more-class-1"


def test_prose_can_cite_a_channel(figure: Payload, sources: Given) -> None:
    told = figure.values["units"]["4"][1]
    answers = sources.module(sources.inputs())[:, 1]
    assert told["strongest"] == pytest.approx(answers.max().item(), rel=1e-6)
    assert told["label"] == ("even", "odd")[sources.labels[told["index"]]]
    assert told["last"] > told["first"]


def test_a_perceptron_sees_all_of_each_example() -> None:
    figure = made(Given(dense()), "1", "2")
    assert figure.values["layers"][0]["whole"]
    assert (figure.arrays["box"] == (0, 0, SIDE, SIDE)).all()
    assert "the part of each" not in figure.still.light  # type: ignore[union-attr]


def test_colours_stay_colours() -> None:
    figure = made(Given(convolutional(3), channels=3), "0")
    for cut in (figure.values["layers"][0]["sheets"][0], figure.values["layers"][0]["examples"]):
        assert cut["channels"] == 3
        assert figure.images[cut["image"]].pixels.shape[2] == 3
    assert figure.still.light.count("<image") == 1  # type: ignore[union-attr]
    shown = figure.images["still"].pixels
    red, alpha = shown[..., 0], shown[..., 3]
    assert set(alpha.flat) == {0, 255}
    assert {*tile(figure, 0, 0, 2)[..., 0].flat} <= {*red[alpha == 255]}


def test_the_still_shows_every_channel_the_strip_and_the_examples(figure: Payload) -> None:
    assert figure.still is not None
    drawing = figure.still.light
    assert drawing.startswith("<svg")
    assert "width=" not in drawing.split(">")[0]
    # Three channels, three states, and four examples with the patch of each.
    assert drawing.count('class="frame"') + drawing.count('class="s-accent"') == 3 + 3 + 4 * 2
    assert drawing.count('class="s-accent"') == 1 + 4
    assert "style=" not in drawing
    named = {part.split('"')[0] for part in drawing.split('href="image:')[1:]}
    assert named == {"still-light", "still-dark"}


def test_pictures_of_the_still_lie_in_their_frames_in_the_ink_of_the_page(figure: Payload) -> None:
    assert figure.still is not None
    frames = re.findall(
        r'<rect class="[\w-]+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', figure.still.light
    )
    # The last states of three channels, then the three states of the open one.
    wanted = [tile(figure, 0, 0, 4 * channel + 2) for channel in range(3)]
    wanted += [tile(figure, 0, 0, state) for state in range(3)]
    for scheme, ink in (("light", (0x1E, 0x20, 0x26)), ("dark", None)):
        pixels = figure.images[f"still-{scheme}"].pixels
        for (x, y, side), picture in zip(frames[: len(wanted)], wanted, strict=True):
            # The middles of the picture's own pixels, twice as dense as the drawing's units.
            at = (np.arange(SIDE) + 0.5) * float(side) / SIDE * 2
            rows, columns = (np.floor(float(edge) * 2 + at).astype(int) for edge in (y, x))
            assert (pixels[np.ix_(rows, columns)][..., 3] == picture).all()
        assert ink is None or (pixels[pixels[..., 3] > 0][:, :3] == ink).all()


def test_words_hold_the_numbers(figure: Payload) -> None:
    told = figure.values["units"]["0"][0]
    assert figure.alt.startswith("3 channels of 0 of net, each as the picture that excites it most")
    assert f"from {told['first']:.3g} to {told['last']:.3g}" in figure.alt
    assert figure.table is not None
    assert [row[:2] for row in figure.table.rows] == [
        ("0", 0),
        ("0", 1),
        ("0", 2),
        ("4", 0),
        ("4", 1),
    ]
    assert figure.table.rows[0][4] == float(f"{told['strongest']:.4g}")


def test_another_channel_can_be_open(sources: Given) -> None:
    figure = made(sources, "0", open=2)
    assert figure.values["open"] == 2
    assert "Channel 2 is open" in figure.alt
    with pytest.raises(FigureError, match="has no channel 3") as problem:
        made(sources, "0", open=3)
    assert problem.value.hint == "it has 3, counted from 0"


def test_a_model_without_data_needs_a_dataset() -> None:
    with pytest.raises(FigureError, match="names no dataset"):
        made(Given(dense(), dataset=""), "1")
    assert made(Given(dense(), dataset=""), "1", dataset="other").values["dataset"] == "other"


@pytest.mark.parametrize("steps", [(0,), (4, 0), (0, 4, 4), (-1, 3), (0, 5000)])
def test_steps_ascend(steps: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="steps"):
        Options(model="net", layers=("0",), steps=steps)


def test_the_same_seed_gives_the_same_bytes(sources: Given, figure: Payload) -> None:
    again = made(sources, "0", "4", objectives=("channel", "neuron"), starts=2)
    for name, image in figure.images.items():
        assert (again.images[name].pixels == image.pixels).all()
    other = made(sources, "0", objectives=("channel",), seed=7)
    assert (other.images["channel-0"].pixels != figure.images["channel-0"].pixels[:24]).any()
