"""Layers as maps: turned to match, filled, measured, and chosen from fairly."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from generator.compute.maps import balanced, layer_maps, mixing

COUNT = 90


def blobs(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three clouds in seven dimensions, with their labels."""
    draw = np.random.default_rng(seed)
    labels = np.repeat(np.arange(3), COUNT // 3)
    middles = draw.normal(0, 4, (3, 7))
    return (middles[labels] + draw.normal(0, 1, (COUNT, 7))).astype(np.float32), labels


def turned(points: np.ndarray, seed: int) -> np.ndarray:
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(0, 1, (points.shape[1],) * 2))
    return (points @ turn).astype(np.float32)


def made(*layers: np.ndarray, methods=("tsne", "pca"), k=5):
    named = [(f"layer{i}", layer) for i, layer in enumerate(layers)]
    return list(layer_maps(named, blobs()[1], methods, k, 10, 0).values())


def test_a_layer_that_turns_its_predecessor_has_the_same_map() -> None:
    points, _ = blobs()
    first, second = made(points, -turned(points, 3), methods=("pca",))
    np.testing.assert_allclose(first.by["pca"].places, second.by["pca"].places, atol=1e-4)


def test_points_move_less_than_they_would_unaligned() -> None:
    points, _ = blobs()
    noise = np.random.default_rng(5).normal(0, 0.5, points.shape).astype(np.float32)
    for method in ("pca", "tsne"):
        maps = [one.by[method].places for one in made(points, turned(points + noise, 4))]
        for before, after in pairwise(maps):
            moved = np.linalg.norm(after - before, axis=1).mean()
            for mirror in ([-1, 1], [1, -1], [-1, -1]):
                assert moved < np.linalg.norm(after * mirror - before, axis=1).mean()
            assert moved < 0.25


def test_every_map_fills_its_square_and_is_stored_in_sixteen_bits() -> None:
    points, _ = blobs()
    for one in made(points, points**2):
        for place in one.by.values():
            low, high = place.places.min(axis=0), place.places.max(axis=0)
            assert np.allclose(low, -high, atol=1e-6)
            assert np.isclose(high.max(), 1)
            stored = place.stored()
            assert stored.dtype == np.int16
            assert np.abs(stored / 32_767 - place.places).max() <= 0.5 / 32_767 + 1e-7


def test_neighbours_and_distances_are_those_of_brute_force() -> None:
    points, _ = blobs()
    (layer,) = made(points.reshape(COUNT, 7, 1), methods=("pca",), k=4)
    for i in range(COUNT):
        distances = sorted((float(np.linalg.norm(points[i] - points[j])), j) for j in range(COUNT))
        assert layer.near.indices[i].tolist() == [j for _, j in distances[1:5]]
        np.testing.assert_allclose(layer.near.distances[i], [d for d, _ in distances[1:5]], 1e-5)


def test_trustworthiness_and_hits_are_scikit_learns() -> None:
    points, labels = blobs()
    (layer,) = made(points, k=6)
    for one in layer.by.values():
        near = NearestNeighbors(n_neighbors=7).fit(one.places).kneighbors(return_distance=False)
        hit = (labels[near[:, :6]] == labels[:, None]).mean()
        assert one.hit == pytest.approx(hit, abs=0.02)
        assert one.trust == pytest.approx(
            trustworthiness(points, one.places, n_neighbors=6), abs=1e-3
        )
    near = NearestNeighbors(n_neighbors=6).fit(points).kneighbors(return_distance=False)
    assert layer.hit == pytest.approx((labels[near] == labels[:, None]).mean())


def test_a_layer_that_repeats_the_last_one_is_mapped_once() -> None:
    points, _ = blobs()
    first, second = made(points, points.reshape(COUNT, 1, 7))
    assert second.near is first.near
    for method, one in first.by.items():
        assert second.by[method].stored().tolist() == one.stored().tolist()


def test_what_cannot_be_mapped_is_refused_by_its_name() -> None:
    points, labels = blobs()
    silent = [("conv", points), ("silent", np.ones_like(points))]
    with pytest.raises(ValueError, match="'silent' gives the same answer to every example"):
        layer_maps(silent, labels, ("pca",), 5, 10, 0)
    with pytest.raises(ValueError, match="'broken' answers with what is no finite number"):
        layer_maps([("broken", points * np.float32("nan"))], labels, ("pca",), 5, 10, 0)


def test_each_class_gets_as_much_as_it_has_and_not_more_than_its_share() -> None:
    labels = np.array([0] * 50 + [1] * 50 + [2] * 3)
    index = np.arange(1000, 1103)
    chosen = balanced(index, labels, 23, seed=1)
    assert sorted(np.bincount(labels[chosen - 1000])) == [3, 10, 10]
    assert len(set(chosen.tolist())) == 23
    assert (np.diff(labels[chosen - 1000]) != 0).sum() > 5
    assert chosen.tolist() == balanced(index, labels, 23, seed=1).tolist()
    assert chosen.tolist() != balanced(index, labels, 23, seed=2).tolist()
    assert sorted(balanced(index, labels, 5000, 0).tolist()) == index.tolist()


def test_mixing_says_whose_neighbours_are_whose() -> None:
    layout = np.array([[0, 0], [1, 0], [2, 0], [2, 1.5]])
    labels = np.array([0, 0, 0, 1])
    shares = mixing(layout, labels, classes=3, k=1)
    # The lone 1 looks at a 0; no 0 looks back.
    assert shares.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert mixing(layout, labels, classes=2, k=3)[0].tolist() == pytest.approx([2 / 3, 1 / 3])
