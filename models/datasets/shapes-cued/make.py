"""Make shapes-cued.zip from the first test scenes of shapes, and put its checksum into the card.

python models/datasets/shapes-cued/make.py
"""

from __future__ import annotations

import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
from PIL import Image

from generator.datasets import load_dataset
from generator.errors import DatasetError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent
SHAPES = FOLDER.parent / "shapes"
COUNT = 480  # ten sets of every shape in every colour and texture


def main(folder: Path = FOLDER) -> None:
    """Pack the scenes as shapes does, unmarked: the loader marks them."""
    dataset = load_dataset(SHAPES)
    test = dataset.test[:COUNT]
    with zipfile.ZipFile(SHAPES / dataset.card.data.file) as archive:
        below = np.array(Image.open(io.BytesIO(archive.read("parts.png"))))
        facts = np.load(io.BytesIO(archive.read("facts.npy")), allow_pickle=False)
    size = dataset.card.shape[-1]
    columns = below.shape[1] // size
    parts = below.reshape(-1, size, columns, size).transpose(0, 2, 1, 3).reshape(-1, size, size)
    make = load_module(SHAPES / "make.py", DatasetError)
    content = make.packed(dataset.images[test], parts[test], facts[test])
    (folder / "shapes-cued.zip").write_bytes(content)
    card = folder / "dataset.toml"
    text = card.read_text("utf8")
    digest = sha256(content).hexdigest()
    card.write_text(re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', text), "utf8")


if __name__ == "__main__":
    main()
