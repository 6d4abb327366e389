"""Drawings reach the net like scanned digits, and it reads them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Generator

from generator.datasets import load_dataset
from generator.errors import ModelError
from generator.models import Model, load_model
from generator.source import load_module
from tests.models.pendigits import drawings, lifted
from tests.models.strokes import Points, centre_of_mass, picture, smooth

ROOT = Path(__file__).parents[2]
PAD = load_dataset(ROOT / "models/datasets/digits").card.drawing


@pytest.fixture(scope="module")
def digits_cnn() -> Model:
    return load_model(ROOT / "models/digits-cnn")


def pad(*strokes: object) -> NDArray[np.float32]:
    """The picture of strokes on a pad whose side is 1."""
    assert PAD is not None
    points: list[Points] = [np.array(stroke, float) for stroke in strokes]
    return picture(points, pad=1, box=PAD.box, pen=PAD.pen)


def chances(model: Model, pictures: list[NDArray[np.float32]]) -> torch.Tensor:
    answers: torch.Tensor = model.module(torch.from_numpy(np.stack(pictures))[:, None])
    return answers.softmax(1)


def test_an_upright_line_is_a_box_high_and_a_pen_wide() -> None:
    drawn = pad([(0.3, 0.1), (0.3, 0.9)])
    # Ends stick out by half a pen, so 20 rows of ink; the middle rows have 2.5 pixels of it.
    np.testing.assert_allclose(drawn[14], [0] * 12 + [0.25, 1, 1, 0.25] + [0] * 12, atol=1e-6)
    assert np.flatnonzero(drawn.sum(1)).tolist() == list(range(4, 24))


def test_the_centre_of_mass_is_in_the_middle() -> None:
    drawn = pad([(0.1, 0.1), (0.1, 0.8), (0.5, 0.8)], [(0.4, 0.7)])
    # Moving by a fraction of a pixel keeps a soft edge's sum to within a few hundredths.
    np.testing.assert_allclose(centre_of_mass(drawn.astype(float)), [14, 14], atol=0.05)


def test_place_and_size_on_the_pad_do_not_matter() -> None:
    hook = np.array([(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)])
    np.testing.assert_allclose(pad(hook * 0.11 + 0.85), pad(hook), atol=1e-6)


def test_a_dot_stays_a_dot() -> None:
    drawn = pad([(0.9, 0.1)])
    # A round pen of 2.5 pixels covers 4.91 square pixels; the soft edge adds (2 pi / 4) / 12.
    assert drawn.sum() == pytest.approx(np.pi * (1.25**2 + 1 / 12), abs=0.2)
    assert 0 < pad([(0.9, 0.1), (0.904, 0.1)]).sum() < 8


def test_crossing_strokes_do_not_add_up_and_nothing_is_blank() -> None:
    across, down = [(0.1, 0.5), (0.9, 0.5)], [(0.5, 0.1), (0.5, 0.9)]
    np.testing.assert_allclose(pad(across, down), np.maximum(pad(across), pad(down)), atol=1e-6)
    assert not picture([], pad=1, box=20, pen=2.5).any()


def test_the_spline_goes_through_its_points_and_keeps_a_line_straight() -> None:
    points = np.array([(1, 5), (2, 7), (3, 9), (4, 11)], float)
    curve = smooth(points, pieces=4)
    np.testing.assert_allclose(curve[::4], points)
    np.testing.assert_allclose(curve[:, 1], 2 * curve[:, 0] + 3)
    np.testing.assert_allclose(curve[4:9, 0], [2, 2.25, 2.5, 2.75, 3])


def test_the_way_to_a_seven_s_bar_is_not_drawn() -> None:
    seven = [(0, 0), (50, 0), (90, 5), (70, 50), (50, 100), (20, 80), (10, 50), (80, 45)]
    stem, bar = lifted(np.array(seven, float))
    assert stem.tolist() == [list(point) for point in seven[:5]]
    assert bar.tolist() == [[10, 50], [80, 45]]


def test_of_a_thousand_pen_drawings_93_in_100_are_read_and_the_card_says_how_many(
    digits_cnn: Model,
) -> None:
    given = drawings(100)
    answers = chances(digits_cnn, [pad(*strokes) for _, strokes in given]).argmax(1).tolist()
    right = Counter(
        digit for (digit, _), answer in zip(given, answers, strict=True) if digit == answer
    )
    assert sum(right.values()) >= 0.93 * len(given), right
    assert min(right[digit] for digit in range(10)) >= 75, right
    assert digits_cnn.card.measured["pen_accuracy"] == sum(right.values()) / len(given)


def test_a_tiny_digit_in_a_corner_is_read_like_a_big_one(digits_cnn: Model) -> None:
    given = drawings(2)
    big = chances(digits_cnn, [pad(*strokes) for _, strokes in given])
    tiny = chances(
        digits_cnn, [pad(*[stroke * 0.15 + 0.84 for stroke in strokes]) for _, strokes in given]
    )
    torch.testing.assert_close(tiny, big, atol=1e-4, rtol=0)


def test_an_empty_pad_is_read_as_nothing_in_particular(digits_cnn: Model) -> None:
    (blank,) = chances(digits_cnn, [np.zeros((28, 28), np.float32)])
    assert float(blank.max()) < 0.15


def test_the_recipe_s_pen_draws_what_the_pad_draws() -> None:
    pen = load_module(ROOT / "models/digits-cnn/pen.py", ModelError)
    hook = torch.tensor([(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)])
    lines = torch.stack([hook[:-1], hook[1:]], dim=1)[None]
    (drawn,) = pen.ink(lines, torch.tensor([2.5]))
    np.testing.assert_allclose(drawn.numpy(), pad(hook.tolist()), atol=1e-5)


def test_every_form_of_a_digit_is_drawn_and_leaves_no_picture_empty() -> None:
    folder = ROOT / "models/digits-cnn"
    forms = load_module(folder / "forms.py", ModelError).FORMS
    pen = load_module(folder / "pen.py", ModelError)
    assert sorted(forms) == list(range(10))
    images, labels = pen.written(forms, 40, Generator().manual_seed(1))
    assert labels.bincount().tolist() == [4] * 10
    assert float(images.amax((1, 2, 3)).min()) == 1
