"""A map as pixels: everything where it belongs, later over earlier."""

import numpy as np

from generator.compute.scatter import scatter

RED, BLUE = [250, 0, 0], [0, 0, 250]


def test_ink_takes_its_colour_at_its_place_and_leaves_the_rest_clear() -> None:
    full = np.full((1, 10, 10), 255, np.uint8)
    drawn = scatter(np.array([[0.25, 0.75]]), full, np.array([RED], np.uint8), (80, 40), 10)
    assert drawn.shape == (40, 80, 4)
    assert (drawn[25:35, 15:25] == [*RED, 255]).all()
    assert drawn[..., 3].sum() == 100 * 255


def test_later_pictures_lie_above_and_half_ink_shows_what_is_below() -> None:
    pictures = np.stack([np.full((8, 8), 255), np.full((8, 8), 94)]).astype(np.uint8)
    places = np.full((2, 2), 0.5)
    drawn = scatter(places, pictures, np.array([RED, BLUE], np.uint8), (16, 16), 8)
    red, _, blue, alpha = drawn[8, 8].tolist()
    assert alpha == 255
    assert abs(red - 125) < 4
    assert abs(blue - 125) < 4


def test_pictures_with_colours_keep_them_inside_a_frame() -> None:
    pictures = np.full((1, 12, 12, 3), 77, np.uint8)
    drawn = scatter(np.array([[0.5, 0.5]]), pictures, np.array([BLUE], np.uint8), (20, 20), 12)
    assert drawn[10, 10].tolist() == [77, 77, 77, 255]
    assert drawn[4, 10].tolist() == [*BLUE, 255]


def test_a_picture_over_the_edge_is_cut() -> None:
    full = np.full((2, 10, 10), 255, np.uint8)
    colours = np.array([RED, RED], np.uint8)
    drawn = scatter(np.array([[0.0, 0.0], [9.0, -9.0]]), full, colours, (30, 30), 10)
    assert drawn[..., 3].sum() == 25 * 255
