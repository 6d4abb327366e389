"""Atlases hold their pictures in order and within their weight."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from generator.compute.gallery import atlas_tiles


def noise(count: int, channels: int, height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, channels, height, width), np.uint8)


def weight(pixels: np.ndarray) -> int:
    file = BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", lossless=True, method=4)
    return len(file.getvalue())


def test_light_pictures_keep_every_pixel() -> None:
    images = noise(6, 1, 5, 7)
    made = atlas_tiles(images, 3, 100_000)
    assert made.size == (7, 5)
    assert (made.pictures == images[:, 0]).all()


def test_a_sequence_is_never_broken_between_rows() -> None:
    for count in (5, 30, 640):
        made = atlas_tiles(noise(count, 1, 4, 4), 5, 10**9)
        assert made.columns % 5 == 0
        height, width = made.atlas().shape
        assert max(height, width) <= 5 * max(min(height, width), 20)


def test_heavy_pictures_shrink_until_they_fit() -> None:
    images = noise(40, 3, 32, 32)
    made = atlas_tiles(images, 4, 40_000)
    assert 8 <= made.size[0] < 32
    assert weight(made.atlas()) <= 40_000
    assert made.channels == 3


def test_no_atlas_is_larger_than_browsers_show() -> None:
    made = atlas_tiles(np.zeros((1200, 1, 160, 160), np.uint8), 6, 10**9)
    assert max(made.atlas().shape) <= 4096


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_three_channels_are_colours_and_others_ink(channels: int) -> None:
    images = noise(2, channels, 4, 4)
    made = atlas_tiles(images, 1, 10**9)
    expected = images.transpose(0, 2, 3, 1) if channels == 3 else np.rint(images.mean(1))
    assert (made.pictures == expected).all()
