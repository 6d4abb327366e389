"""Prediction differences by hand, where each pixel's part in the odds is known."""

import numpy as np
import pytest

from generator.compute.attribution.difference import difference_map, evidence


def test_evidence_is_log_odds_in_bits_and_never_without_end():
    # Odds of 3 to 1, of 1 to 1, and 0 of 6 learned examples in 2 classes: 1/8 is 7 to 1 against.
    assert evidence(np.array([0.75]), 10**9, 2) == pytest.approx([np.log2(3)])
    assert evidence(np.array([0.5, 0.0, 1.0]), 6, 2) == pytest.approx([0, -np.log2(7), np.log2(7)])


def logistic(pictures: np.ndarray) -> np.ndarray:
    """The odds are 2^(first pixel - second pixel)."""
    flat = pictures.reshape(len(pictures), -1)
    return np.asarray(1 / (1 + 2.0 ** (flat[:, 1] - flat[:, 0])), np.float64)


def bits(odds: np.ndarray) -> np.ndarray:
    return evidence(odds, 10**12, 2)


def test_a_pixel_holds_the_evidence_that_is_lost_with_it():
    image = np.array([[[3.0, 2.0, 5.0]]], np.float32)
    fills = np.zeros((1, 1, 1, 3), np.float32)
    assert difference_map(image, fills, 1, logistic, bits)[0] == pytest.approx([3, -2, 0])


def test_probabilities_are_averaged_over_fills_before_odds_are_taken():
    image = np.array([[[3.0, 0.0]]], np.float32)
    fills = np.array([[[[0.0, 9]]], [[[3.0, 9]]]], np.float32)
    # With the first pixel from a fill: p is 1/2 or 8/9, 25/36 in the mean, odds of 25 to 11.
    found = difference_map(image, fills, 1, logistic, bits)
    assert found[0, 0] == pytest.approx(3 - np.log2(25 / 11))


def test_the_map_has_the_mean_of_windows_that_overlap():
    image = np.array([[[3.0, 2.0, 5.0]]], np.float32)
    fills = np.zeros((1, 1, 1, 3), np.float32)
    # Windows of two, one apart: the first loses 3 - 2 = 1, the second -2.
    assert difference_map(image, fills, 2, logistic, bits)[0] == pytest.approx([1, -0.5, -2])
