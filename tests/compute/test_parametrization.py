import numpy as np
import pytest
import torch

from generator.compute.parametrization import AMPLITUDE, fourier, pixels


def logits(image):
    return torch.log(image / (1 - image))


@pytest.mark.parametrize("make", [pixels, fourier])
@pytest.mark.parametrize("level", [0.1, 0.5])
def test_the_first_picture_is_noise_around_its_level(make, level):
    start = make((3, 11, 14), [0, 1], level)
    image = start.image(start.numbers)
    assert image.shape == (2, 3, 11, 14)
    assert (image - level).abs().max() < 0.03
    assert image.std() > 0
    assert not torch.equal(image[0], image[1])


@pytest.mark.parametrize("make", [pixels, fourier])
def test_a_picture_depends_on_its_seed_alone(make):
    alone, among = make((1, 6, 6), [7]), make((1, 6, 6), [3, 7])
    assert torch.equal(alone.image(alone.numbers)[0], among.image(among.numbers)[1])


@pytest.mark.parametrize("decay", [0.0, 1.0, 1.5])
def test_a_wave_of_three_periods_is_a_cosine_whose_size_falls_with_its_frequency(decay):
    start = fourier((1, 8, 16), [0], decay=decay)
    numbers = torch.zeros_like(start.numbers)
    numbers[0, 0, 0, 3, 0] = 1.0
    x = torch.arange(16)
    # both +3 and -3 periods carry the wave
    expected = 2 * AMPLITUDE * 3**-decay * torch.cos(2 * torch.pi * 3 * x / 16)
    found = logits(start.image(numbers))[0, 0]
    torch.testing.assert_close(found, expected.expand(8, 16), atol=1e-6, rtol=1e-5)


def test_a_gradient_on_one_pixel_moves_its_neighbours_too_in_waves_but_not_in_pixels():
    for make, alone in ((pixels, True), (fourier, False)):
        start = make((1, 9, 9), [0])
        numbers = start.numbers.requires_grad_()
        (slope,) = torch.autograd.grad(start.image(numbers)[0, 0, 4, 4], numbers)
        with torch.no_grad():
            moved = start.image(numbers + slope) - start.image(numbers)
        assert moved[0, 0, 4, 4] > 0
        assert moved[0, 0, 4, 5] == 0 if alone else moved[0, 0, 4, 5] > 0


def test_colours_vary_along_their_axes():
    grey = np.array([[1.0, 0, 0], [1.0, 0, 0], [1.0, 0, 0]])
    start = fourier((3, 5, 5), [0], colours=grey)
    image = start.image(start.numbers)
    torch.testing.assert_close(image[:, 0], image[:, 2])
