"""roads.zip to arrays; its order is the split (see make.py)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from PIL import Image

HIGH, WIDE = 48, 96
TRAIN = 96  # clips


def load(file: bytes) -> dict[str, Any]:
    """Unpack the clips, frame by frame.

    Shape:   images (4800, 3, 48, 96) uint8, targets (4800,) float32, clips (4800,), train (3840,),
             test (960,), masks of two categories (4800, 48, 96) uint8.
    Units:   targets in degrees of the steering wheel, positive to the right.
    """
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheet = np.array(Image.open(io.BytesIO(archive.read("frames.webp"))).convert("RGB"))
        below = np.array(Image.open(io.BytesIO(archive.read("seen.png"))))
        angles = np.load(io.BytesIO(archive.read("angles.npy")), allow_pickle=False)
    clips, frames = angles.shape
    images = sheet.reshape(clips, HIGH, frames, WIDE, 3).transpose(0, 2, 4, 1, 3)
    seen = below.reshape(clips, HIGH, frames, WIDE).transpose(0, 2, 1, 3).reshape(-1, HIGH, WIDE)
    index = np.arange(clips * frames)
    return {
        "images": np.ascontiguousarray(images).reshape(-1, 3, HIGH, WIDE),
        "targets": angles.reshape(-1),
        "clips": index // frames,
        "train": index[: TRAIN * frames],
        "test": index[TRAIN * frames :],
        "masks": {"scene": seen % 16, "light": seen // 16},
    }
