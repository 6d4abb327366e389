"""Drive, film, and write roads.zip and its checksum into the card.

    python models/datasets/roads/make.py

Each clip has a road, a car and a source of chance of its own, so that any can be filmed alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.errors import DatasetError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent
SEED = 0
CLIPS, FRAMES = 120, 40  # the last 24 clips are for testing


def film(clip: int, seed: int = SEED) -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[float]]:
    """Film one clip.

    Shape:   images (40, 3, 48, 96); what is seen, 16 * shadow + scene, (40, 48, 96); angles (40,).
    Units:   degrees.
    """
    drive = load_module(FOLDER / "drive.py", DatasetError)
    view = load_module(FOLDER / "view.py", DatasetError)
    random = np.random.default_rng([seed, clip])
    moments = drive.drive(FRAMES, random)
    sights = view.land(moments[-1].along + drive.SIGHT, random)
    frames = [view.frame(sights, one.along, one.yaw, one.middle) for one in moments]
    seen = np.stack([one.scene + 16 * one.shadow for one in frames])
    return np.stack([one.image for one in frames]), seen, [one.angle for one in moments]


def main(folder: Path = FOLDER) -> None:
    """Write the file: a row of each sheet is a clip."""
    clips = [film(clip) for clip in range(CLIPS)]
    high, wide = clips[0][1].shape[1:]
    pictures = np.stack([images for images, _, _ in clips]).transpose(0, 3, 1, 4, 2)
    below = np.stack([seen for _, seen, _ in clips]).transpose(0, 2, 1, 3)
    picture, map_, table = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.fromarray(pictures.reshape(CLIPS * high, FRAMES * wide, 3)).save(
        picture, "WEBP", lossless=True, quality=100, method=6
    )
    Image.fromarray(below.reshape(CLIPS * high, FRAMES * wide)).save(map_, "PNG", optimize=True)
    np.save(table, np.array([angles for _, _, angles in clips], np.float32))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:  # stored as they are, and dated 1980
        for name, part in (("frames.webp", picture), ("seen.png", map_), ("angles.npy", table)):
            archive.writestr(zipfile.ZipInfo(name), part.getvalue())
    (folder / "roads.zip").write_bytes(content.getvalue())
    card = folder / "dataset.toml"
    text = card.read_text("utf8")
    digest = sha256(content.getvalue()).hexdigest()
    card.write_text(re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', text), "utf8")


if __name__ == "__main__":
    main()
