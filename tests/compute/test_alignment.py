from itertools import pairwise

import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes

from generator.compute.alignment import aligned, procrustes


def cloud(seed=0):
    return np.random.default_rng(seed).normal(size=(30, 2))


def turned(points, degrees):
    angle = np.radians(degrees)
    return points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def test_a_turned_and_mirrored_layout_is_turned_back():
    points = cloud()
    mirrored = turned(points, 130) * [-1, 1]
    np.testing.assert_allclose(procrustes(mirrored, points), points, atol=1e-12)


def test_the_turn_is_the_one_scipy_finds():
    points, target = cloud(1), cloud(2)
    expected = points @ orthogonal_procrustes(points, target)[0]
    np.testing.assert_allclose(procrustes(points, target), expected, atol=1e-12)


def test_no_other_turn_lies_nearer():
    points, target = cloud(1), cloud(2)
    best = ((procrustes(points, target) - target) ** 2).sum()
    for degrees in range(0, 360, 5):
        for mirror in (1, -1):
            other = turned(points * [mirror, 1], degrees)
            assert best <= ((other - target) ** 2).sum() + 1e-9


def test_layouts_that_differ_by_place_size_and_turn_alone_coincide():
    points = cloud()
    moved = 7 * turned(points, 75) + [100, -3]
    first, second = aligned([points, moved])
    np.testing.assert_allclose(first, second, atol=1e-6)
    assert max(abs(first).max(), abs(second).max()) == 1


def test_each_layout_is_turned_to_the_one_before_it():
    chain = aligned([cloud(1), cloud(2), cloud(3)])
    for before, after in pairwise(chain):
        np.testing.assert_allclose(procrustes(after, before), after, atol=1e-6)


def test_a_layout_that_resembles_its_predecessor_little_does_not_shrink():
    first, second = aligned([cloud(1), cloud(2)])
    assert (first**2).sum() == pytest.approx((second**2).sum(), rel=1e-5)


def test_aligning_keeps_the_shape_of_a_layout():
    points = cloud(2)
    second = aligned([cloud(1), points])[1]
    before, after = (np.linalg.norm(p[:, None] - p, axis=2) for p in (points, second))
    np.testing.assert_allclose(after / after.max(), before / before.max(), atol=1e-6)


def test_a_layout_without_extent_stays_at_the_centre():
    first, second = aligned([np.ones((3, 2)), np.array([[0.0, 0], [2, 0], [4, 0]])])
    assert not first.any()
    np.testing.assert_allclose(abs(second).max(0), [1, 0], atol=1e-7)
    assert aligned([]) == []


def test_layouts_of_different_points_cannot_be_aligned():
    with pytest.raises(ValueError, match=r"cannot align \(4, 2\) with \(3, 2\)"):
        procrustes(np.ones((4, 2)), np.ones((3, 2)))
