"""Paint tiles.png anew: ``python tests/sites/foreign/models/datasets/tiles/make.py``."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FOLDER = Path(__file__).resolve().parent
COUNT, SIZE, SEED = 320, 24, 0
RED, BLUE = np.array([0.85, 0.15, 0.1]), np.array([0.1, 0.25, 0.85])


def tile(label: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Paint a red or blue ring or cross on a pale slope of another colour, (24, 24, 3)."""
    middle = SIZE / 2 + random.uniform(-3, 3, 2)
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5 - middle[:, None, None]
    radius, far = random.uniform(5, 8), np.hypot(x, y)
    if label % 2:
        x, y = (x + y) / 2**0.5, (x - y) / 2**0.5
        inside = np.minimum(1.8 - np.minimum(abs(x), abs(y)), radius - far)
    else:
        inside = 1.8 - abs(far - radius + 1.8)
    ink = np.clip(inside + 0.5, 0, 1)[..., None]
    slope = (x * random.uniform(-1, 1) + y * random.uniform(-1, 1))[..., None] / SIZE
    paper = np.array(random.uniform(0.45, 0.95, 3)) + 0.2 * slope
    colour = (BLUE if label > 1 else RED) + random.uniform(-0.1, 0.1, 3)
    painted = np.clip(ink * colour + (1 - ink) * paper, 0, 1)
    return np.asarray(np.round(painted * 31) * 255 / 31, np.uint8)


if __name__ == "__main__":
    random = np.random.default_rng(SEED)
    tiles = np.stack([tile(i % 4, random) for i in range(COUNT)])
    # A column of four classes; the tile's place in the sheet is its label.
    sheet = tiles.reshape(COUNT // 4, 4, SIZE, SIZE, 3).swapaxes(1, 2)
    Image.fromarray(sheet.reshape(-1, 4 * SIZE, 3)).save(FOLDER / "tiles.png", optimize=True)
    digest = sha256((FOLDER / "tiles.png").read_bytes()).hexdigest()
    card = (FOLDER / "dataset.toml").read_text("utf8")
    card = re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', card)
    (FOLDER / "dataset.toml").write_text(card, "utf8")
