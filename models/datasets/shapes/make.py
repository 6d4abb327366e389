"""Draw shapes.zip and put its checksum into the card.

    python models/datasets/shapes/make.py

Scenes come in sets of 48, every shape in every colour and texture once, each set in an order of its
own. Each scene has a source of chance of its own, so that any of them can be drawn alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.errors import DatasetError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent
SEED = 0
SETS = 80  # of 48 scenes; the last 20 are for testing
COLUMNS = 60  # of the sheet


def facts(seed: int = SEED, sets: int = SETS) -> NDArray[np.uint8]:
    """List shape, colour and texture of every scene, (48 * sets, 3)."""
    scenes = load_module(FOLDER / "scenes.py", DatasetError)
    names = (scenes.SHAPES, scenes.COLOURS, scenes.TEXTURES)
    every = np.array(list(product(*(range(len(one)) for one in names))), np.uint8)
    random = np.random.default_rng(seed)
    return np.concatenate([random.permutation(every) for _ in range(sets)])


def draw(
    index: NDArray[np.int64], seed: int = SEED, sets: int = SETS
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw the scenes of these numbers.

    Shape:   images (n, 3, 48, 48), parts (n, 48, 48).
    """
    scenes = load_module(FOLDER / "scenes.py", DatasetError)
    every = facts(seed, sets)
    drawn = [
        scenes.scene(scenes.Facts(*every[i]), np.random.default_rng([seed, int(i)])) for i in index
    ]
    return np.stack([one.image for one in drawn]), np.stack([one.parts for one in drawn])


def packed(images: NDArray[np.uint8], parts: NDArray[np.uint8], known: NDArray[np.uint8]) -> bytes:
    """Lay the scenes out on two sheets without loss, row by row, beside their facts."""
    rows = len(images) // COLUMNS
    size = images.shape[-1]
    sheet = images.reshape(rows, COLUMNS, 3, size, size).transpose(0, 3, 1, 4, 2)
    below = parts.reshape(rows, COLUMNS, size, size).transpose(0, 2, 1, 3)
    picture, map_, table = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.fromarray(sheet.reshape(rows * size, COLUMNS * size, 3)).save(
        picture, "WEBP", lossless=True, quality=100, method=6
    )
    Image.fromarray(below.reshape(rows * size, COLUMNS * size)).save(map_, "PNG", optimize=True)
    np.save(table, known)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:  # stored as they are, and dated 1980
        for name, part in (("scenes.webp", picture), ("parts.png", map_), ("facts.npy", table)):
            archive.writestr(zipfile.ZipInfo(name), part.getvalue())
    return content.getvalue()


def main(folder: Path = FOLDER) -> None:
    """Write the file and put its checksum into the card."""
    known = facts()
    content = packed(*draw(np.arange(len(known))), known)
    (folder / "shapes.zip").write_bytes(content)
    card = folder / "dataset.toml"
    text = card.read_text("utf8")
    digest = sha256(content).hexdigest()
    card.write_text(re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', text), "utf8")


if __name__ == "__main__":
    main()
