"""Draw shapes.npz anew: ``python tests/sites/foreign/models/datasets/shapes/make.py``."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parent
COUNT, SIZE, SEED = 500, 20, 0


def shape(label: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a disc, ring, square, cross or triangle on noisy grey, (20, 20) in sixteen greys."""
    middle = SIZE / 2 + random.uniform(-2.5, 2.5, 2)
    radius, turn = random.uniform(4, 7), random.uniform(-0.3, 0.3)
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5 - middle[:, None, None]
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    far = np.hypot(x, y)
    inside = [
        radius - far,
        1.4 - abs(far - radius + 1.4),
        0.85 * radius - np.maximum(abs(x), abs(y)),
        np.minimum(1.5 - np.minimum(abs(x), abs(y)), radius - np.maximum(abs(x), abs(y))),
        np.minimum(0.7 * radius - y, (y + radius - 2 * abs(x)) / 5**0.5),
    ][label]
    light = random.uniform(0.5, 1) * np.clip(inside + 0.5, 0, 1) + random.uniform(0, 0.2)
    noisy = np.clip(light + 0.06 * random.standard_normal(light.shape), 0, 1)
    return np.asarray(np.round(noisy * 15) * 17, np.uint8)


if __name__ == "__main__":
    random = np.random.default_rng(SEED)
    labels = (np.arange(COUNT) % 5).astype(np.uint8)
    images = np.stack([shape(int(label), random) for label in labels])
    np.savez_compressed(FOLDER / "shapes.npz", images=images, labels=labels)
    digest = sha256((FOLDER / "shapes.npz").read_bytes()).hexdigest()
    card = (FOLDER / "dataset.toml").read_text("utf8")
    card = re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', card)
    (FOLDER / "dataset.toml").write_text(card, "utf8")
