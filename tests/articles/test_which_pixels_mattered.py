"""The article on attribution: its chart of a distractor shows what its text says."""

from pathlib import Path

import numpy as np
import pytest

from generator.errors import ArticleError
from generator.source import load_module

FOLDER = Path(__file__).parents[2] / "articles" / "which-pixels-mattered"


@pytest.mark.parametrize("degrees", [30, 45, 90, 150])
def test_weights_are_deaf_to_the_distractor_and_the_pattern_does_not_turn(degrees: int) -> None:
    parts = load_module(FOLDER / "charts.py", ArticleError).parts()
    turn = np.deg2rad(degrees)
    pixels = parts @ np.array([[1, 0], [np.cos(turn), np.sin(turn)]])
    weights = np.linalg.lstsq(pixels, parts[:, 0], rcond=None)[0]
    assert weights == pytest.approx([1, -np.cos(turn) / np.sin(turn)])
    answer = pixels @ weights
    assert answer == pytest.approx(parts[:, 0])
    pattern = [np.cov(one, answer)[0, 1] / np.var(answer, ddof=1) for one in pixels.T]
    assert pattern == pytest.approx([1, 0], abs=1e-12)
