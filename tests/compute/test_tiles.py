"""Atlases: every picture in its place, shrunk only where they would weigh too much."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from generator.compute.tiles import tiles


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


def test_picture_i_stands_in_row_and_column_of_i() -> None:
    images = noise(11, 1, 6, 9)
    made = tiles(images)
    assert (made.size, made.columns, made.channels) == ((9, 6), 4, 1)
    atlas = made.atlas()
    assert atlas.shape == (18, 36)
    for i, image in enumerate(images):
        row, column = divmod(i, 4)
        assert (atlas[6 * row : 6 * row + 6, 9 * column : 9 * column + 9] == image[0]).all()
    assert not atlas[12:, 27:].any()


def test_colours_stay_and_other_channels_become_their_mean() -> None:
    images = noise(4, 3, 5, 5)
    assert (tiles(images).pictures == images.transpose(0, 2, 3, 1)).all()
    pair = np.stack([np.full((5, 5), 10), np.full((5, 5), 31)])[None].astype(np.uint8)
    assert set(tiles(pair.repeat(2, 0)).pictures.ravel().tolist()) <= {20, 21}


@pytest.mark.parametrize("shape", [(300, 3, 40, 20), (300, 1, 64, 64)])
def test_heavy_pictures_shrink_until_they_fit(shape: tuple[int, ...]) -> None:
    made = tiles(noise(*shape), heaviest=60_000)
    file = BytesIO()
    Image.fromarray(made.atlas()).save(file, "WEBP", lossless=True)
    width, height = made.size
    assert len(file.getvalue()) <= 66_000
    assert height / width == pytest.approx(shape[2] / shape[3], rel=0.1)


def test_a_shrunk_picture_is_its_area_mean() -> None:
    image = np.zeros((1, 1, 56, 56), np.uint8)
    image[..., :28] = 200
    small = tiles(image).pictures[0]
    assert small.shape == (28, 28)
    assert (small[:, :14] == 200).all()
    assert (small[:, 14:] == 0).all()
