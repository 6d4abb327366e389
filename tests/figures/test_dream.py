"""The kind `dream`: what it shows, keeps and refuses, on nets of several shapes."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from torch import nn

from generator.errors import FigureError, ModelError
from generator.figure import Payload
from generator.figures.dream import STATES, Options, payload
from generator.rules import rules

SIDE = 8
NAMES = ("disc", "square", "cross")


def convolving(channels: int = 1) -> nn.Sequential:
    torch.manual_seed(4)
    made = nn.Sequential(
        *(nn.Conv2d(channels, 5, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(80, 3)),
    )
    return made.eval().requires_grad_(False)


class Given:
    """Sources with one model and forty random pictures."""

    def __init__(
        self, module: nn.Sequential, channels: int = 1, names: tuple[str, ...] = NAMES
    ) -> None:
        draw = np.random.default_rng(0)
        shape = (channels, SIDE, SIDE)
        self.images = draw.integers(0, 256, (40, *shape), np.uint8)
        self.card = SimpleNamespace(
            name="net",
            input=shape,
            range=(0.0, 1.0),
            outputs=names,
            quantity=None,
            dataset="noise",
            layers=[name for name, _ in module.named_modules() if name],
        )
        self.module = module
        self._dataset = SimpleNamespace(
            card=SimpleNamespace(name="noise", classes=names, quantity=None, shape=shape),
            images=self.images,
            labels=np.arange(40) % len(names),
            test=np.arange(10, 40),
        )

    def model(self, _name: str) -> Any:
        return SimpleNamespace(
            card=self.card, module=self.module, weights=dict(self.module.state_dict())
        )

    def dataset(self, _name: str) -> Any:
        return self._dataset

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""


def made(sources: Given, **options: Any) -> Payload:
    few = {"steps": (0, 4, 16), "optima": 2, "count": 4}
    return payload(Options(model="net", **{**few, **options}), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(convolving())


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(sources, unit=2)


def test_at_first_a_channel_grows_and_every_worth_is_its_picture_s(
    figure: Payload, sources: Given
) -> None:
    pictures, worths = figure.arrays["pictures"], figure.arrays["worths"]
    assert pictures.shape == (2, 3, 1, SIDE, SIDE)
    assert worths.shape == (2, 17)
    said = sources.module[0](torch.from_numpy(pictures[:, -1]).float() / 255)[:, 2].mean((1, 2))
    np.testing.assert_allclose(worths[:, -1], said.numpy(), atol=0.02)
    assert (worths[:, -1] > worths[:, 0]).all()
    first = figure.values["first"]
    assert first["title"] == "Channel 2 of 0"
    assert first["end"] == pytest.approx(worths[0, -1])
    assert f"to {first['end']:.3g} at step 16" in figure.alt
    table = figure.table
    assert table is not None
    assert table.columns == ("step", "optimum 1", "optimum 2")
    assert [row[0] for row in table.rows] == [0, 4, 16]


def test_beside_it_stand_the_examples_that_the_channel_answers_most(
    figure: Payload, sources: Given
) -> None:
    answers = sources.module[0](torch.from_numpy(sources.images[10:]).float() / 255)
    for goal, found in (("channel", answers.mean((2, 3))), ("unit", answers.amax((2, 3)))):
        values, order = found[:, 2].sort(descending=True)
        np.testing.assert_allclose(figure.arrays[f"{goal}.value"][2], values[:4], rtol=1e-5)
        assert figure.arrays[f"{goal}.index"][2].tolist() == (order[:4] + 10).tolist()
        assert figure.arrays[f"{goal}.label"][2].tolist() == ((order[:4] + 10) % 3).tolist()
    assert figure.values["first"]["best"] == pytest.approx(float(answers.mean((2, 3))[:, 2].max()))
    axes = figure.arrays["axes"]
    np.testing.assert_allclose(np.square(axes).sum(1), 1, rtol=1e-5)
    means = answers.mean((2, 3)).numpy()
    labels = np.arange(10, 40) % 3
    wanted = means[labels == 1].mean(0) - means.mean(0)
    np.testing.assert_allclose(axes[1], wanted / np.linalg.norm(wanted), atol=1e-4)


def test_every_layer_with_weights_has_a_graph_and_the_goals_that_fit_it(figure: Payload) -> None:
    layers = figure.values["layers"]
    assert [layer["name"] for layer in layers] == ["0", "4"]
    assert layers[0]["goals"] == ["channel", "unit", "layer", "direction", "code", "guide"]
    assert layers[1]["goals"] == ["class", "code"]
    assert layers[1]["names"] == NAMES
    assert set(figure.graphs) == {"slope-0", "slope-1"}
    assert figure.graphs["slope-1"].inputs["direction"].shape == (1, 3)
    assert set(figure.more) == {"layer-1", "examples"}


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({"goal": "unit", "unit": 1, "other": 3, "mix": 0.25}, "Unit 1 of 0 and unit 3 of 0"),
        ({"goal": "layer"}, "All of 0"),
        ({"goal": "direction", "unit": 2}, "What 0 has for cross"),
        ({"layers": ("4",), "unit": 1}, "Class square"),
    ],
)
def test_every_goal_can_be_the_first(sources: Given, options: dict[str, Any], title: str) -> None:
    figure = made(sources, **{"layers": ("0",), **options})
    assert figure.values["first"]["title"] == title
    assert figure.arrays["worths"][0, -1] > figure.arrays["worths"][0, 0]
    assert title in figure.still.light  # type: ignore[union-attr]


def test_a_code_is_told_by_its_error(sources: Given) -> None:
    figure = made(sources, layers=("0",), goal="code", examples=(12,), jitter=0, scale=0)
    first = figure.values["first"]
    assert first["title"] == "What 0 keeps of example 12, disc"
    assert first["end"] < first["start"]
    picture = torch.from_numpy(figure.arrays["pictures"][0, -1][None]).float() / 255
    own = sources.module[0](torch.from_numpy(sources.images[12:13]).float() / 255)
    error = (sources.module[0](picture) - own).norm() / own.norm()
    assert first["end"] == pytest.approx(float(error), abs=0.02)
    assert "best" not in (figure.still.light.lower())  # type: ignore[union-attr]


def test_a_dream_may_begin_at_an_example_and_be_guided_by_another(sources: Given) -> None:
    figure = made(sources, layers=("0",), goal="guide", start="example", examples=(12, 31))
    first = figure.values["first"]
    assert first["title"] == "What 0 finds in example 31, square"
    assert first["end"] > first["start"]
    began = figure.arrays["pictures"][0, 0].astype(int)
    assert np.abs(began - sources.images[12].astype(int).clip(5, 250)).mean() < 3
    known = rules(STATES, figure.values)
    assert known["start"].told()["start"] == "example"
    assert known["guide"].told()["start"] == 31
    assert known["example"].read("-1") == -1


def test_what_parts_the_best_examples_is_at_hand_where_it_is_offered(sources: Given) -> None:
    figure = made(sources, facets=True)
    sheet = figure.values["faceted"]
    assert sheet["index"] == list(range(10, 40))
    assert sheet["label"] == [i % 3 for i in range(10, 40)]
    atlas = figure.images["more-facets"].pixels
    at = (7 // sheet["columns"] * SIDE, 7 % sheet["columns"] * SIDE)
    cut = atlas[at[0] : at[0] + SIDE, at[1] : at[1] + SIDE]
    np.testing.assert_array_equal(cut, sources.images[17, 0])
    answers = sources.module[0](torch.from_numpy(sources.images[10:]).float() / 255)
    numbers = figure.more["facets-0"]
    np.testing.assert_allclose(numbers["mean"], answers.mean((2, 3)), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(numbers["most"], answers.amax((2, 3)), rtol=1e-4, atol=1e-6)
    # Five channels, so that their axes keep all distances.
    far = np.linalg.norm(numbers["codes"][:, None] - numbers["codes"][None], axis=2)
    wanted = torch.cdist(answers.mean((2, 3)), answers.mean((2, 3))).numpy()
    np.testing.assert_allclose(far, wanted, atol=1e-3)
    assert made(sources).values["faceted"] is None


def test_a_perceptron_that_reads_pictures_flat_dreams_pictures() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(SIDE**2, 6), nn.ReLU(), nn.Linear(6, 3))
    given = Given(net.eval().requires_grad_(False))
    given.card.input = (SIDE**2,)
    figure = made(given)
    assert figure.arrays["pictures"].shape == (2, 3, 1, SIDE, SIDE)
    assert figure.values["layers"][0]["goals"] == ["unit", "layer", "direction", "code"]


def test_a_coloured_net_keeps_its_colours() -> None:
    figure = made(Given(convolving(3), channels=3), optima=1)
    assert figure.images["still-pictures"].pixels.shape[-1] == 3
    assert "mask" not in figure.still.light  # type: ignore[union-attr]
    assert np.shape(figure.values["colours"]) == (3, 3)
    assert figure.values["first"]["alike"] == 1


@pytest.mark.parametrize(
    ("options", "said", "hint"),
    [
        ({"goal": "class"}, "0 cannot be asked for the goal 'class'", "'code'|channel"),
        ({"unit": 5}, "0 has no channel 5", "it has 5 channels"),
        ({"goal": "direction", "unit": 3}, "has no channel 3", "it has 3 directions"),
        ({"goal": "layer", "other": 1}, "cannot be joined with another", "channel, unit, class"),
        ({"rate": 0.055}, "rate 0.055 cannot be set", "steps of 0.01"),
        ({"examples": (40,)}, "'noise' has no example 40", "counted from 0"),
    ],
)
def test_what_there_is_not_is_refused(
    sources: Given, options: dict[str, Any], said: str, hint: str
) -> None:
    with pytest.raises(FigureError) as problem:
        made(sources, **options)
    assert said in problem.value.what
    assert re.search(hint, problem.value.hint)


def test_what_cannot_be_climbed_is_refused_with_what_would_work(sources: Given) -> None:
    with pytest.raises(ModelError, match="no layer 'conv9'"):
        made(sources, layers=("conv9",))
    broken = convolving()
    nn.init.constant_(broken[4].bias, float("nan"))  # type: ignore[arg-type]
    with pytest.raises(FigureError, match="no finite number at step 0") as problem:
        made(Given(broken), layers=("4",))
    assert "another layer" in problem.value.hint


def test_a_code_of_zeros_is_refused(sources: Given) -> None:
    silent = convolving()
    nn.init.zeros_(silent[4].weight)  # type: ignore[arg-type]
    nn.init.zeros_(silent[4].bias)  # type: ignore[arg-type]
    with pytest.raises(FigureError, match="answers the first example with zeros alone") as problem:
        made(Given(silent), layers=("4",), goal="code")
    assert "another example" in problem.value.hint


def test_a_model_that_measures_dreams_what_it_measures_most() -> None:
    torch.manual_seed(0)
    gauge = nn.Sequential(nn.Flatten(), nn.Linear(SIDE**2, 1)).eval().requires_grad_(False)
    given = Given(gauge, names=("angle",))
    data = given.dataset("")
    data.labels = np.empty(0, np.int64)
    data.targets = np.linspace(-1, 1, 40).astype(np.float32)
    data.card.quantity = SimpleNamespace(unit="degrees")
    figure = made(given)
    assert figure.values["first"]["title"] == "Output angle"
    assert figure.values["classes"] == ()
    assert "degrees" in figure.still.light  # type: ignore[union-attr]


@pytest.mark.parametrize("steps", [(4, 16), (0, 16, 8), (0, 20), (0, 2048)])
def test_steps_begin_at_nothing_and_rise(steps: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="begin at 0 and rise"):
        Options(model="net", steps=steps)


def test_states_are_checked_as_a_reader_can_set_them(figure: Payload) -> None:
    known = rules(STATES, figure.values)
    assert known["goal"].told()["start"] == "channel"
    assert known["goal"].read("class") == "class"
    assert known["unit"].told()["start"] == 2
    assert known["unit"].read("5") is None
    assert known["layer"].read("4") == "4"
    assert known["waves"].read("false") is False
    assert known["step"].told()["start"] == 16


def test_the_still_is_drawn_with_the_page_s_own_colours(figure: Payload) -> None:
    drawing = figure.still.light  # type: ignore[union-attr]
    assert "width=" not in drawing.split(">")[0]
    assert "style=" not in drawing
    named = {part.split('"')[0] for part in drawing.split('href="image:')[1:]}
    assert named == {"still-pictures", "examples-0"}
    assert re.findall(r">step (\d+)<", drawing) == ["0", "4", "16"]


def test_the_same_seed_gives_the_same_payload_and_another_another(
    sources: Given, figure: Payload
) -> None:
    again, other = made(sources, unit=2), made(sources, unit=2, seed=1)
    assert all((again.arrays[name] == array).all() for name, array in figure.arrays.items())
    assert again.values == figure.values
    assert (other.arrays["pictures"] != figure.arrays["pictures"]).any()
    # Of two runs with seeds 0 and 1 the second is the first of seed 1.
    np.testing.assert_allclose(other.arrays["worths"][0], figure.arrays["worths"][1], rtol=1e-4)
