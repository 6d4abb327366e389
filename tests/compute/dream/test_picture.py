"""From numbers to pictures, and how pictures are moved."""

import numpy as np
import pytest
import torch

from generator.compute.dream.movement import OCTAVE, Moves, blurring, resampled, tiled
from generator.compute.dream.picture import drawn, logits, parts, wave_shares, waves
from generator.compute.parametrization import AMPLITUDE


@pytest.mark.parametrize("size", [2, 7, 12])
def test_waves_are_orthogonal_and_alike_in_size(size: int) -> None:
    found = waves(size).astype(float)
    np.testing.assert_allclose(found.T @ found / size, np.eye(size), atol=1e-6)
    # The second column swings once from end to end, the third a quarter of a period later.
    x = (np.arange(size) + 0.5) / size
    if size > 2:
        np.testing.assert_allclose(found[:, 1], np.sqrt(2) * np.cos(2 * np.pi * x), atol=1e-6)
        np.testing.assert_allclose(found[:, 2], np.sqrt(2) * np.sin(2 * np.pi * x), atol=1e-6)


def test_a_wave_counts_less_the_finer_it_is() -> None:
    found = wave_shares(8, 16, decay=1.5) / (np.sqrt(2) * AMPLITUDE)
    assert found[0, 0] == pytest.approx(1)
    # Columns 5 and 6 have three periods across 16 pixels, row 1 has one in 8: two in 16.
    assert found[0, 5] == found[0, 6] == pytest.approx(3**-1.5)
    assert found[1, 0] == pytest.approx(2**-1.5)
    assert found[1, 5] == pytest.approx(np.hypot(2, 3) ** -1.5)


def test_numbers_at_zero_are_the_picture_that_a_run_starts_from() -> None:
    picture = np.random.default_rng(0).uniform(0.1, 0.9, (3, 5, 6))
    for in_waves in (False, True):
        made = parts(logits(picture), in_waves, np.eye(3))
        found = drawn(torch.zeros(1, 3, 5, 6), made.feeds())[0].numpy()
        np.testing.assert_allclose(found, picture, atol=1e-6)


def test_a_number_is_a_pixel_or_a_wave_along_an_axis_of_colour() -> None:
    axes = np.array([[1.0, 2, 0], [1, 0, 0], [1, -2, 0]])
    numbers = torch.zeros(1, 3, 6, 6)
    numbers[0, 1, 2, 3] = 1
    base = np.zeros((3, 6, 6), np.float32)
    pixel = torch.logit(drawn(numbers, parts(base, False, axes).feeds()))[0]
    assert pixel[:, 2, 3].tolist() == pytest.approx([2, 0, -2], abs=1e-5)
    assert pixel.abs().sum() == pytest.approx(4, abs=1e-4)
    wave = torch.logit(drawn(numbers, parts(base, True, axes).feeds()))[0]
    one = wave_shares(6, 6)[2, 3] * np.outer(waves(6)[:, 2], waves(6)[:, 3])
    np.testing.assert_allclose(wave[0].numpy(), 2 * one, atol=1e-5)
    np.testing.assert_allclose(wave[2].numpy(), -2 * one, atol=1e-5)


def test_a_shift_brings_in_nothing_and_growth_keeps_the_middle() -> None:
    line = np.arange(1.0, 6)
    assert (resampled(5, 2, 1) @ line).tolist() == [3, 4, 5, 0, 0]
    assert (resampled(5, -1, 1) @ line).tolist() == [0, 1, 2, 3, 4]
    # Twice the size is seen: every other pixel, the middle one in its place, nothing beyond.
    assert (resampled(5, 0, 2) @ line).tolist() == [0, 1, 3, 5, 0]
    # Half the size: between pixels their mean.
    assert (resampled(5, 0, 0.5) @ line).tolist() == [2, 2.5, 3, 3.5, 4]


def test_blur_keeps_what_is_flat_and_spreads_what_is_not() -> None:
    found = blurring(9, 1.0)
    np.testing.assert_allclose(found.sum(1), 1)
    np.testing.assert_allclose(found, found.T)
    near = np.exp(-0.5) * found[4, 4]
    assert found[4, 5] == pytest.approx(near)
    assert (blurring(4, 0) == np.eye(4)).all()


def test_an_octave_sees_the_picture_smaller_with_copies_of_itself_around() -> None:
    assert (tiled(4, 2) @ np.array([1.0, 2, 3, 4])).tolist() == [3.5, 1.5, 3.5, 1.5]
    np.testing.assert_allclose(tiled(7, 1.4**2).sum(1), 1)
    assert (tiled(5, 1) == np.eye(5)).all()
    moves = Moves(octaves=3)
    for step, small in ((3, 1.0), (4, OCTAVE), (5, OCTAVE**2)):
        np.testing.assert_allclose(moves.at((6, 8), 0, step)[1], tiled(8, small))


def test_movements_stay_within_their_limits_and_all_shifts_come_up() -> None:
    seen = set()
    for step in range(60):
        rows, columns = Moves(jitter=1).at((5, 7), 0, step)
        assert rows.shape == (5, 5)
        assert columns.shape == (7, 7)
        seen.add(int((rows @ np.arange(5.0))[2]) - 2)
    assert seen == {-1, 0, 1}
    still, also = Moves().at((5, 7), 3, 9)
    assert (still == np.eye(5)).all()
    assert (also == np.eye(7)).all()
    grown = [Moves(scale=0.2).at((11, 11), 1, step)[0] @ np.arange(11.0) for step in range(30)]
    sizes = [(one[6] - one[4]) / 2 for one in grown]
    assert min(sizes) >= 0.8
    assert max(sizes) <= 1.2
    assert max(sizes) - min(sizes) > 0.2
