"""Superpixels: connected, of one colour where they can be, and the page's own, pixel for pixel."""

import numpy as np
import pytest
from scipy.ndimage import label

from generator.compute.attribution.superpixels import counts, superpixels
from generator.compute.noise import uniform


def noisy(*shape: int) -> np.ndarray:
    """A picture of random bytes; tests/js/lime.test.js makes the same."""
    return (256 * uniform(5, 0, int(np.prod(shape)))).astype(np.uint8).reshape(shape)


def test_a_flat_picture_is_cut_into_a_grid():
    flat = np.full((1, 4, 6), 90, np.uint8)
    assert superpixels(flat, 6).tolist() == [
        [0, 0, 1, 1, 2, 2],
        [0, 0, 1, 1, 2, 2],
        [3, 3, 4, 4, 5, 5],
        [3, 3, 4, 4, 5, 5],
    ]


def test_no_superpixel_lies_on_both_sides_of_an_edge_that_the_grid_does_not_know():
    picture = np.zeros((3, 20, 20), np.uint8)
    picture[:, :, 7:] = [[[200]], [[40]], [[40]]]
    found = superpixels(picture, 16)
    assert not set(found[:, :7].ravel()) & set(found[:, 7:].ravel())


@pytest.mark.parametrize(("shape", "count"), [((1, 12, 12), 9), ((3, 17, 30), 16), ((2, 9, 5), 4)])
def test_superpixels_are_connected_and_numbered_as_they_begin(shape, count):
    found = superpixels(noisy(*shape), count)
    begins = [int((found == k).ravel().argmax()) for k in range(found.max() + 1)]
    assert begins == sorted(begins)
    assert begins[0] == 0
    for k in range(found.max() + 1):
        assert label(found == k)[1] == 1


def test_they_are_those_of_the_page():
    # tests/js/lime.test.js holds the same line.
    found = superpixels(noisy(2, 5, 8), 4)
    assert "".join(map(str, found.ravel())) == "0001122203411522034165273344652733388999"


def test_a_picture_that_would_be_one_superpixel_has_none():
    assert counts((3, 48, 48)) == [4, 9, 16, 25, 36, 49, 64, 100, 144]
    assert counts((1, 4, 4)) == [4]
    assert counts((1, 3, 5)) == []
    assert counts((1, 1, 100)) == [4, 9, 16, 25]
