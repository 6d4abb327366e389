"""The kind `perturb`: what it shows, measures and refuses, on nets of several shapes."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from torch import nn

from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.perturb import STATES, Options, payload
from generator.rules import rules
from tests.compute.perturb.nets import SIDE, convolving, sign_method

NAMES = ("disc", "square", "cross", "star")
STRENGTHS = (0.0, 0.05, 0.1)


class Given:
    """Sources with one model and forty random pictures, the first test ones labelled as read."""

    def __init__(
        self, module: nn.Module, channels: int = 1, names: tuple[str, ...] = NAMES
    ) -> None:
        draw = np.random.default_rng(0)
        images = draw.integers(0, 256, (40, channels, SIDE, SIDE), np.uint8)
        answers = module(torch.from_numpy(images).float() / 255).flatten(1).argmax(1).numpy()
        labels = np.where(np.arange(40) % 5 == 0, (answers + 1) % len(names), answers)
        self.card = SimpleNamespace(
            name="net",
            input=(channels, SIDE, SIDE),
            range=(0.0, 1.0),
            outputs=names,
            quantity=None,
            dataset="noise",
        )
        self._model = SimpleNamespace(
            card=self.card, module=module, weights=dict(module.state_dict())
        )
        self._dataset = SimpleNamespace(
            card=SimpleNamespace(
                name="noise", classes=names, quantity=None, shape=(channels, SIDE, SIDE)
            ),
            images=images,
            labels=labels,
            test=np.arange(10, 40),
        )

    def model(self, _name: str) -> Any:
        return self._model

    def dataset(self, _name: str) -> Any:
        return self._dataset

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""


def made(sources: Given, **options: Any) -> Payload:
    few = {"tests": 12, "defended": 4, "strengths": STRENGTHS, "count": 6, "steps": 3}
    return payload(Options(model="net", **{**few, **options}), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(convolving())


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(sources)


def test_at_first_it_shows_the_sign_method_against_the_answer(
    figure: Payload, sources: Given
) -> None:
    index = figure.values["picks"][0]["index"]
    module = sources.model("net").module
    x = torch.from_numpy(sources.dataset("").images[index][None]).float() / 255
    own = module(x).argmax(1)
    wanted = sign_method(module, x, own, 0.1, 1)
    np.testing.assert_allclose(figure.arrays["perturbed"], wanted[0].numpy(), atol=2**-23)
    np.testing.assert_allclose(
        figure.values["first"], module(wanted).softmax(1)[0].numpy(), rtol=1e-4
    )
    was, now = NAMES[own], NAMES[int(module(wanted).argmax())]
    said = f"Read as {now}, was {was}" if was != now else f"Still read as {now}"
    lines = re.findall(r'class="t-title"[^>]*>([^<]+)', figure.still.light)  # type: ignore[union-attr]
    assert " ".join(lines) == f"{said}, with at most 0.1 of the full range per pixel."
    assert said in figure.alt


def test_a_misread_example_is_among_the_picks(figure: Payload) -> None:
    read = [NAMES[int(np.argmax(one["answer"]))] == one["label"] for one in figure.values["picks"]]
    assert read.count(False) == 1
    assert read[0]


def test_curves_and_table_tell_the_same(figure: Payload, sources: Given) -> None:
    values = figure.values
    assert values["tests"] == 12
    assert values["few"] == 4
    assert set(values["curves"]) == {"fgsm", "iterated", "jsma", "fast-jsma"}
    assert set(values["behind"]) == {"none", "blur", "levels", "jpeg", "slq", "noise"}
    table = figure.table
    assert table is not None
    assert table.columns[:3] == ("strength", "FGSM", "Iterated (PGD)")
    assert table.columns[-1] == "Noise, aware"
    assert [row[0] for row in table.rows] == ["0", "0.05", "0.1"]
    order = np.random.default_rng(0).permutation(np.arange(10, 40))[:12]
    data = sources.dataset("")
    x = torch.from_numpy(data.images[order]).float() / 255
    right = (sources.model("net").module(x).argmax(1).numpy() == data.labels[order]).mean()
    for name, curve in values["curves"].items():
        assert curve[0] == pytest.approx(right), name
    assert table.rows[0][1] == f"{100 * right:.0f} %"


def test_graphs_ask_for_the_slope_of_the_log_odds(figure: Payload) -> None:
    assert set(figure.graphs) == {"answer", "answers", "slope", "slopes"}
    slope = figure.graphs["slope"]
    feeds = slope.checks[0]
    found = slope.function(slope.weights, feeds)
    asked = feeds["input"].clone().requires_grad_()
    p = convolving()(asked).softmax(1)[0, int(feeds["direction"].argmax())]
    (p / (1 - p)).log().backward()
    assert asked.grad is not None
    np.testing.assert_allclose(found["gradient"].numpy(), asked.grad.numpy(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("attack", ["iterated", "jsma", "fast-jsma"])
def test_a_target_is_what_the_attack_moves_to(sources: Given, attack: str) -> None:
    plain = made(sources, attack=attack, strength=0.2, tests=2, defended=0)
    for target in NAMES:
        figure = made(sources, attack=attack, strength=0.2, target=target, tests=2, defended=0)
        at = NAMES.index(target)
        own = int(np.argmax(figure.values["picks"][0]["answer"]))
        if at != own:
            module = sources.model("net").module
            index = figure.values["picks"][0]["index"]
            x = torch.from_numpy(sources.dataset("").images[index][None]).float() / 255
            assert figure.values["first"][at] > module(x).softmax(1)[0, at].item()
        if "jsma" in attack:
            raised = figure.arrays["perturbed"] != figure.arrays["picture"] / np.float32(255)
            changed = figure.arrays["perturbed"][raised]
            assert (changed == 1).all()
            assert raised.sum() <= 0.2 * SIDE**2
    assert plain.values["behind"] == {}


def test_a_coloured_net_with_another_range_and_other_classes() -> None:
    names = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")
    given = Given(convolving(3, 12), channels=3, names=names)
    figure = made(given, attack="iterated", defended=2)
    assert figure.values["shape"] == (3, SIDE, SIDE)
    assert figure.arrays["perturbed"].shape == (3, SIDE, SIDE)
    assert "mask" not in figure.still.light  # type: ignore[union-attr]
    assert figure.images["still-difference-dark"].pixels.shape == (SIDE, SIDE, 3)


def test_a_flat_input_is_drawn_as_the_dataset_has_it() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(SIDE**2, 4)).eval().requires_grad_(False)
    given = Given(net)
    given.card.input = (SIDE**2,)
    figure = made(given, attack="jsma", defended=2)
    assert figure.arrays["perturbed"].shape == (1, SIDE, SIDE)
    assert figure.graphs["slope"].inputs["input"].shape == (1, SIDE**2)


@pytest.mark.parametrize(
    ("options", "said", "hint"),
    [
        ({"target": "discc"}, "net has no output 'discc'", "disc"),
        ({"examples": (3, 40)}, "'noise' has no example 40", "counted from 0"),
        ({"strength": 0.5, "most": 0.3}, "strength 0.5 cannot be set", "0 to 0.3"),
        ({"strength": 0.015}, "strength 0.015 cannot be set", "steps of 0.01"),
    ],
)
def test_what_does_not_exist_is_refused(
    sources: Given, options: dict[str, Any], said: str, hint: str
) -> None:
    with pytest.raises(FigureError) as problem:
        made(sources, **options)
    assert said in problem.value.what
    assert hint in problem.value.hint


@pytest.mark.parametrize("strengths", [(0.1, 0.2), (0, 0.2, 0.1), (0, 2)])
def test_strengths_begin_at_nothing_and_rise(strengths: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError, match="begin at 0 and rise"):
        Options(model="net", strengths=strengths)


def test_what_cannot_be_attacked_is_refused_with_what_would_work() -> None:
    lonely = nn.Sequential(nn.Flatten(), nn.Linear(SIDE**2, 1)).requires_grad_(False)
    with pytest.raises(FigureError, match="one output alone") as problem:
        made(Given(lonely, names=("cat",)))
    assert "two outputs" in problem.value.hint
    other = Given(convolving())
    other.card.outputs = ("a", "b", "c", "d")
    with pytest.raises(FigureError, match="right and wrong answers cannot be told") as problem:
        made(other)
    assert "classes that the model knows" in problem.value.hint
    small = Given(convolving())
    small.card.input = (1, 9, 9)
    with pytest.raises(FigureError, match="have shape"):
        made(small)


def test_states_are_checked_as_a_reader_can_set_them(figure: Payload) -> None:
    known = rules(STATES, figure.values)
    assert known["strength"].read("0.37") == 0.37
    assert known["strength"].read("0.375") is None
    assert known["strength"].told()["most"] == 1
    assert known["defences"].read("blur jpeg") == "blur jpeg"
    assert known["defences"].read("blurr") is None
    assert known["attack"].read("fast-jsma") == "fast-jsma"
    assert known["target"].told()["start"] == -1
    assert known["blur"].told()["start"] == 1


def test_the_still_is_drawn_with_the_page_s_own_colours(figure: Payload) -> None:
    drawing = figure.still.light  # type: ignore[union-attr]
    assert "width=" not in drawing.split(">")[0]
    assert "style=" not in drawing
    named = {part.split('"')[0] for part in drawing.split('href="image:')[1:]}
    assert named == {name for name in figure.images if name.startswith("still-")}


def test_the_same_seed_gives_the_same_payload(sources: Given, figure: Payload) -> None:
    again = made(sources)
    assert all((again.arrays[name] == array).all() for name, array in figure.arrays.items())
    assert again.values == figure.values
