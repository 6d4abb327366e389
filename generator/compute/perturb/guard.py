"""What pictures go through before a network sees them; ``guard.js`` of the kind does the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import normal, uniform
from generator.compute.perturb.jpeg import BLOCK, jpeg, nearest

Pictures = NDArray[np.floating]
DEFENCES = {
    "blur": "Blur",
    "levels": "Fewer levels",
    "jpeg": "JPEG",
    "slq": "Random JPEG by block",
    "noise": "Noise",
}
"""In the order in which pictures go through them."""
RANDOM = ("slq", "noise")
QUALITIES = (20, 40, 60, 80)
"""What stochastic local quantization chooses from, as Das et al. 2018 do."""
SEED = 2
ATTACKER = 3
"""An attacker who knows a defence does not know its dice."""
DRAWS = 4
"""Copies that such an attacker draws for each step."""


@dataclass(frozen=True)
class Guard:
    """Defences that are on, and how they are set.

    blur     standard deviation in pixels; noise: the same, as a share of the range
    levels   that a number may have; quality: of JPEG, 1 to 100
    copies   that vote where chance takes part: their probabilities are averaged
    """

    on: Sequence[str] = ()
    blur: float = 1.0
    levels: int = 4
    quality: int = 40
    noise: float = 0.15
    copies: int = 8

    @property
    def random(self) -> bool:
        """Whether two copies of a picture differ."""
        return any(name in RANDOM for name in self.on)

    def copies_of(self, pictures: Pictures) -> list[NDArray[np.float32]]:
        """What the network is given: as many versions as vote."""
        return self._copies(pictures, SEED, range(self.copies if self.random else 1))

    def drawn(self, pictures: Pictures, draw: int) -> list[NDArray[np.float32]]:
        """What an attacker who knows the defence tries instead, at step `draw`."""
        count = DRAWS if self.random else 1
        return self._copies(pictures, ATTACKER, range(draw * count, (draw + 1) * count))

    def back(self, slopes: NDArray[np.float64]) -> NDArray[np.float64]:
        """A gradient at what the network is given as one at the picture itself.

        Blur is its own adjoint; everything else rounds or adds, and is taken for the identity.
        """
        return blurred(slopes, self.blur) if "blur" in self.on else slopes

    def _copies(self, pictures: Pictures, seed: int, numbers: range) -> list[NDArray[np.float32]]:
        some = pictures.astype(np.float64)
        if "blur" in self.on:
            some = blurred(some, self.blur)
        if "levels" in self.on:
            some = nearest(some * (self.levels - 1)) / (self.levels - 1)
        if "jpeg" in self.on:
            some = jpeg(some, self.quality)
        kept = [jpeg(some, one) for one in QUALITIES] if "slq" in self.on else []
        found = []
        for number in numbers:
            copy = mosaic(kept, seed, number) if kept else some
            if "noise" in self.on:
                copy = noisy(copy, self.noise, seed, number)
            found.append(copy.astype(np.float32))
        return found


def blurred(pictures: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Gaussian blur; beyond its edge a picture is its own mirror image, so blur is self-adjoint.

    Shape:   (n, channels, height, width) in and out.
    """
    reach = int(np.ceil(3 * sigma))
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2) if sigma else np.ones(1)
    weights /= weights.sum()
    for axis in (2, 3):
        size = pictures.shape[axis]
        place = (np.arange(size)[:, None] + offsets) % (2 * size)
        place = np.where(place < size, place, 2 * size - 1 - place)
        matrix = np.zeros((size, size))
        np.add.at(matrix, (np.arange(size)[:, None], place), weights)
        pictures = np.moveaxis(np.moveaxis(pictures, axis, -1) @ matrix.T, -1, axis)
    return pictures


def noisy(
    pictures: NDArray[np.float64], sigma: float, seed: int, number: int
) -> NDArray[np.float64]:
    """Copy `number` with normal noise on every number, cut to 0…1; all pictures get the same."""
    size = int(np.prod(pictures.shape[1:]))
    noise = normal(seed, number * size, size).reshape(pictures.shape[1:])
    return np.clip(pictures + sigma * noise, 0, 1)


def mosaic(kept: Sequence[NDArray[np.float64]], seed: int, number: int) -> NDArray[np.float64]:
    """Stochastic local quantization: each block of 8 by 8 pixels from a version chosen at random.

    Shape:   each version (n, channels, height, width); all pictures get the same choice.
    Source:  Das et al. 2018, doi:10.1145/3219819.3219910, section 3.2.
    """
    height, width = kept[0].shape[2:]
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    dice = uniform(seed, number * rows * columns, rows * columns)
    choice = np.floor(dice * len(kept)).astype(int).reshape(rows, columns)
    whole = choice.repeat(BLOCK, 0).repeat(BLOCK, 1)[:height, :width]
    return np.asarray(np.take_along_axis(np.stack(kept), whole[None, None, None], 0)[0])
