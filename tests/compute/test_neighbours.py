import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from generator.compute.neighbours import neighbourhood_hit, neighbours, trustworthiness


def test_neighbours_on_a_line_stand_in_order_of_distance():
    found = neighbours(np.array([[0.0], [1.0], [3.0], [7.0]]), 2)
    assert found.indices.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]
    assert found.distances.tolist() == [[1, 3], [1, 2], [2, 3], [4, 6]]


def test_cosine_reads_directions_and_not_lengths():
    values = np.array([[1.0, 0.0], [5.0, 0.0], [0.0, 2.0], [-3.0, 0.0], [0.0, 0.0]])
    found = neighbours(values, 4, "cosine")
    assert found.indices[0].tolist() == [1, 2, 4, 3]
    np.testing.assert_allclose(found.distances[0], [0, 1, 1, 2], atol=1e-7)


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_neighbours_are_those_that_scikit_learn_finds(metric):
    values = np.random.default_rng(0).normal(size=(700, 40)).astype(np.float32)
    reference = NearestNeighbors(n_neighbors=6, metric=metric, algorithm="brute")
    distances, indices = reference.fit(values.astype(np.float64)).kneighbors()
    found = neighbours(values, 6, metric)
    np.testing.assert_array_equal(found.indices, indices)
    np.testing.assert_allclose(found.distances, distances, rtol=1e-6)


def test_distances_of_near_twins_far_from_the_origin_keep_their_digits():
    values = np.array([[1e4, 0.0], [1e4, 1e-3], [-1e4, 0.0]])
    assert neighbours(values, 1).distances[0, 0] == pytest.approx(1e-3, rel=1e-6)


def test_among_equals_the_lower_index_comes_first():
    values = np.tile(np.random.default_rng(0).normal(size=(1, 17)), (300, 1))
    found = neighbours(values, 3)
    assert found.indices[0].tolist() == [1, 2, 3]
    assert found.indices[299].tolist() == [0, 1, 2]
    assert not found.distances.any()


@pytest.mark.parametrize("k", [0, 4])
def test_a_point_is_no_neighbour_of_itself(k):
    with pytest.raises(ValueError, match="there are 3 others"):
        neighbours(np.eye(4), k)


def test_an_undistorted_layout_can_be_trusted_and_a_shuffled_one_cannot():
    values = np.random.default_rng(0).normal(size=(200, 2))
    assert trustworthiness(values, 3 * values) == 1
    assert trustworthiness(values, values[::-1]) < 0.6


def test_one_intruder_costs_its_rank():
    """Five points on a line, k = 1; in the layout only point 0 has a wrong neighbour, its third.

    1 - 2 / (n k (2n - 3k - 1)) * (3 - 1) = 1 - 4 / 30
    """
    values = np.array([[0.0], [1.0], [2.5], [3.4], [4.2]])
    layout = np.array([[3.8], [0.0], [2.5], [3.4], [9.0]])
    near = neighbours(values, 4).indices
    wrong = neighbours(layout, 1).indices[:, 0]
    ranks = [near[i].tolist().index(wrong[i]) for i in range(5)]
    expected = 1 - 2 / (5 * 1 * (2 * 5 - 3 * 1 - 1)) * sum(ranks)
    assert trustworthiness(values, layout, 1) == pytest.approx(expected)


def test_the_neighbourhood_hit_counts_neighbours_of_the_same_label():
    layout = np.array([[0.0], [1.0], [2.0], [10.0], [11.0]])
    # nearest of each: 1, 0 (as near as 2, but lower), 1, 11, 10
    assert neighbourhood_hit(layout, np.array([0, 0, 1, 1, 1]), 1) == 0.8
