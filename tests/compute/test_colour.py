import numpy as np
import pytest

from generator.compute.colour import PHOTOGRAPHS, colour_axes


def test_the_axes_times_themselves_are_the_covariance_of_the_colours():
    draw = np.random.default_rng(0)
    mixed = draw.normal(size=(20, 3, 8, 8)) * [[[[5.0]], [[2.0]], [[1.0]]]]
    images = np.einsum("ij,njhw->nihw", draw.normal(size=(3, 3)), mixed)
    axes = colour_axes(images)
    covariance = np.cov(images.transpose(1, 0, 2, 3).reshape(3, -1))
    np.testing.assert_allclose(
        axes @ axes.T, covariance / np.linalg.eigvalsh(covariance)[-1], atol=1e-12
    )
    assert np.linalg.norm(axes, axis=0)[0] == pytest.approx(1)


def test_grey_pictures_vary_along_grey_alone():
    grey = np.random.default_rng(0).normal(size=(5, 1, 4, 4)).repeat(3, axis=1)
    np.testing.assert_allclose(colour_axes(grey)[:, 0], [3**-0.5] * 3, atol=1e-12)
    np.testing.assert_allclose(colour_axes(grey)[:, 1:], 0, atol=1e-6)


def test_axes_point_to_light():
    for seed in range(6):
        images = np.random.default_rng(seed).normal(size=(4, 3, 5, 5))
        assert (colour_axes(images).sum(axis=0) >= 0).all()


def test_the_axes_of_photographs_are_at_right_angles_and_the_first_is_light():
    squares = PHOTOGRAPHS.T @ PHOTOGRAPHS
    np.testing.assert_allclose(squares, np.diag([1, 0.09, 0.01]), atol=1e-12)
    assert len(set(PHOTOGRAPHS[:, 0])) == 1


def test_a_flat_colour_does_not_vary():
    with pytest.raises(ValueError, match="one flat colour"):
        colour_axes(np.ones((2, 3, 4, 4)))
