"""Copy small.png from scikit-learn: ``python …/models/datasets/small-digits/make.py``."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

FOLDER = Path(__file__).resolve().parent
COUNT, SEED = 600, 0

if __name__ == "__main__":
    digits = load_digits()
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(digits.target))[:COUNT])
    # One row per digit: its label, then 64 grey values from 0 to 16, stretched to a byte.
    rows = np.column_stack([digits.target[chosen], np.minimum(digits.data[chosen] * 16, 255)])
    Image.fromarray(rows.astype(np.uint8)).save(FOLDER / "small.png", optimize=True)
    digest = sha256((FOLDER / "small.png").read_bytes()).hexdigest()
    card = (FOLDER / "dataset.toml").read_text("utf8")
    card = re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', card)
    (FOLDER / "dataset.toml").write_text(card, "utf8")
