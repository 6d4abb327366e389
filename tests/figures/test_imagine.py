"""The kind `imagine`: what the networks learn, what is imagined, and what is refused."""

import re

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from torch.nn.functional import cross_entropy

from generator.compute.graphs import still
from generator.compute.imagine import library, nets, run
from generator.compute.imagine.run import Asked
from generator.figure import Payload
from generator.figures.imagine import STATES, Options, ShapeName, payload
from generator.rules import rules

SMALL = Asked([1, 9], "perceptron", 1, 16, "empty", 0)


@pytest.fixture(scope="module")
def figure() -> Payload:
    return payload(Options(shapes=("cross", "box"), epochs=1, steps=16), None)  # type: ignore[arg-type]


def test_shapes_cover_the_pixels_that_they_should() -> None:
    assert ShapeName.__args__ == library.NAMES  # type: ignore[attr-defined]
    shapes = dict(zip(library.NAMES, library.library() / 255, strict=True))
    area = {name: float(one.sum()) for name, one in shapes.items()}
    assert area["nothing"] == 0
    assert area["box"] == 14 * 14
    assert area["hollow-box"] == pytest.approx(14 * 14 - 10 * 10, abs=8)
    assert area["disc"] == pytest.approx(np.pi * 7**2, rel=0.02)
    assert area["ring"] == pytest.approx(np.pi * (7**2 - 5**2), rel=0.03)
    assert area["triangle"] == pytest.approx(14 * 14 / 2, rel=0.03)
    assert area["upright-line"] == area["level-line"] == 2 * 14
    assert area["cross"] == 2 * 2 * 14 - 4
    assert area["corner"] == pytest.approx(2 * 14 + 2 * 12, abs=6)
    assert all((one[0] == 0).all() and (one[:, -1] == 0).all() for one in shapes.values())


def test_an_example_is_its_shape_moved_fainter_and_under_noise() -> None:
    masters = library.library()
    images, labels = library.examples(masters, [1, 4], 7, 4, 0)
    assert labels.tolist() == [4, 1, 4, 1]
    again, _ = library.examples(masters, [1, 4], 8, 1, 0)
    np.testing.assert_array_equal(images[1], again[0])
    box = images[1, 0]
    dark = np.argwhere(box > 0.45)
    assert np.abs(dark.mean(0) - 11.5).max() < library.SHIFT + 0.5
    assert 0.5 < box[9:15, 9:15].mean() < 1
    assert (library.examples(masters, [1, 4], 7, 4, 1)[0] != images).any()
    many, _ = library.examples(masters, [1], 0, 40, 0)
    middles = np.array([np.argwhere(one[0] > 0.5).mean(0) for one in many])
    assert (np.ptp(middles, axis=0) > 2).all()


@pytest.mark.parametrize("name", nets.NETS)
def test_a_step_is_one_of_sgd_on_the_chosen_shapes_alone(name: str) -> None:
    net = nets.NETS[name]()
    first = nets.first_weights(net, 3)
    images, labels = library.examples(library.library(), [1, 4, 6], 0, run.BATCH, 3)
    weights = nets.masked(first)
    found = nets.step(net)(weights, run.feeds(images, labels, [1, 4, 6], still(weights)))
    net.load_state_dict(first)
    sgd = torch.optim.SGD(net.parameters(), lr=run.RATE, momentum=run.MOMENTUM)
    few = torch.tensor([1, 4, 6])
    of = {1: 0, 4: 1, 6: 2}
    wanted = torch.tensor([of[int(one)] for one in labels])
    loss = cross_entropy(net(torch.from_numpy(images))[:, few], wanted)
    loss.backward()  # type: ignore[no-untyped-call]
    sgd.step()
    assert float(found["loss"]) == pytest.approx(float(loss.detach()), rel=1e-5)
    for key, value in net.state_dict().items():
        torch.testing.assert_close(found[f"next.net.{key}"], value, rtol=1e-4, atol=1e-6)
    # A shape that is absent is not unlearned either.
    assert (found["next.net.logits.bias"][[0, 2, 3]] == 0).all()


def test_it_learns_and_what_it_imagines_is_taken_for_the_shape() -> None:
    found = run.found(Asked([1, 4, 9], "perceptron", 4, 32, "empty", 0))
    assert len(found.losses) == 4 * 3 * run.EACH // run.BATCH
    assert found.losses[-1] < found.losses[0] / 2
    assert found.right > 0.8
    # By chance one in three; more than half is what the network takes it for.
    assert (found.shares > 0.6).all()


def test_a_picture_is_asked_for_its_shape_against_the_others() -> None:
    direction = run.goal([1, 4, 6], 4).direction
    assert direction[[1, 4, 6]].tolist() == [-0.5, 1, -0.5]
    assert np.abs(direction).sum() == 2


def test_a_harder_neighbour_changes_what_is_imagined() -> None:
    alone = run.found(Asked([1, 9], "perceptron", 2, 16, "empty", 0)).pictures[0]
    beside = run.found(Asked([1, 2, 9], "perceptron", 2, 16, "empty", 0)).pictures[0]
    assert np.abs(alone - beside).mean() > 0.02


def test_the_figure_shows_the_first_experiment(figure: Payload) -> None:
    first = figure.values["first"]
    assert first["shapes"] == ("cross", "box")
    assert figure.arrays["pictures"].shape == (2, 24, 24)
    wanted = run.found(Asked([9, 1], "perceptron", 1, 16, "empty", 0))
    np.testing.assert_allclose(first["shares"], wanted.shares)
    assert set(figure.graphs) == {f"{a}-{b}" for a in ("step", "slope") for b in nets.NETS}
    assert "tell cross from box" in figure.alt
    assert figure.table is not None
    assert [row[0] for row in figure.table.rows] == ["cross", "box"]
    drawing = figure.still.light  # type: ignore[union-attr]
    assert "style=" not in drawing
    assert "width=" not in drawing.split(">")[0]
    assert re.findall(r"(\d+) training steps", drawing) == ["4"]


def test_states_are_what_a_reader_can_set(figure: Payload) -> None:
    known = rules(STATES, figure.values)
    assert known["shapes"].told()["start"] == "cross,box"
    assert known["shapes"].read("hollow-box,disc") == "hollow-box,disc"
    assert known["shapes"].read("box, disc") is None
    assert known["net"].read("convolution") == "convolution"
    assert known["steps"].read("40") is None


@pytest.mark.parametrize("shapes", [("box",), ("box", "box"), ("box", "teapot")])
def test_one_shape_the_same_twice_or_none_that_there_is_are_refused(
    shapes: tuple[str, ...],
) -> None:
    with pytest.raises(ValidationError, match="two or more shapes|hollow-triangle"):
        Options(shapes=shapes)
