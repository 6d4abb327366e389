"""t-SNE that goes on from a map: it moves less and is as good."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness

from generator.compute.alignment import aligned
from generator.compute.embedding import tsne
from generator.compute.following import following_tsne


def moved(before: np.ndarray, after: np.ndarray) -> float:
    """Mean way from place to place once both are turned alike."""
    one, other = aligned([before, after])
    return float(np.linalg.norm(one - other, axis=1).mean())


def test_points_that_go_on_from_a_map_move_less_and_find_as_true_a_place() -> None:
    digits = load_digits().data[:300]
    noise = np.random.default_rng(0).normal(0, 3, digits.shape)
    start = tsne(digits)
    follower = following_tsne(digits + noise, start)
    fresh = tsne(digits + noise)
    assert moved(start, follower) < moved(start, fresh)
    trust = [trustworthiness(digits + noise, one, n_neighbors=5) for one in (follower, fresh)]
    assert trust[0] > trust[1] - 0.01
    assert trust[0] > trustworthiness(digits + noise, start, n_neighbors=5)


def test_the_same_seed_gives_the_same_bytes() -> None:
    digits = load_digits().data[:80]
    start = tsne(digits)
    one = following_tsne(digits, start, seed=3)
    assert one.tobytes() == following_tsne(digits, start, seed=3).tobytes()


def test_a_map_of_other_points_is_refused() -> None:
    with pytest.raises(ValueError, match="a map of 9 points cannot start one of 10"):
        following_tsne(np.eye(10), np.zeros((9, 2)))
    with pytest.raises(ValueError, match="four points, got 3"):
        following_tsne(np.eye(3), np.zeros((3, 2)))
