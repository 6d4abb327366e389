"""Make photos.zip from three packages' own pictures, and put its checksum into the card.

    cd FOLDER
    pip download --no-deps scikit-image==0.26.0 scikit-learn==1.9.1
    apt-get download opencv-doc
    (unpack all three here: a wheel is a zip; dpkg-deb -x opencv-doc_*.deb .)
    python models/datasets/photos/make.py FOLDER

Each photograph is cut to a square and scaled to 224 by 224 pixels; nothing else is done to it. The
labels are ours: the one class of a thousand that comes nearest to what is seen.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

FOLDER = Path(__file__).resolve().parent
SIZE = 224


class Photo(NamedTuple):
    """A file, its checksum, the square that is kept (left, top, side), and its class."""

    file: str
    sha256: str
    square: tuple[int, int, int]
    label: str


# In the order of the card's examples.
PHOTOS = (
    Photo(
        "chelsea.png",
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        (75, 0, 300),
        "tiger cat",
    ),
    Photo(
        "coffee.png",
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        (100, 0, 400),
        "espresso",
    ),
    Photo(
        "rocket.jpg",
        "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
        (106, 0, 427),
        "missile",
    ),
    Photo(
        "astronaut.png",
        "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        (0, 0, 512),
        "space shuttle",
    ),
    Photo(
        "motorcycle_left.png",
        "db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179",
        (120, 0, 500),
        "moped",
    ),
    Photo(
        "camera.png",
        "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
        (0, 0, 512),
        "tripod",
    ),
    Photo(
        "china.jpg",
        "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
        (106, 0, 427),
        "palace",
    ),
    Photo(
        "flower.jpg",
        "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        (106, 0, 427),
        "daisy",
    ),
    Photo(
        "fruits.jpg",
        "9c031d80a1c52da5eca790db896baffec6a7e52bf786cdb7bbfca5c7f880e6a1",
        (16, 0, 480),
        "orange",
    ),
    Photo(
        "orange.jpg",
        "152c20d2f380ac985de25e474e1a5f06ed34b932191342099b8272a63a15a079",
        (0, 0, 512),
        "orange",
    ),
    Photo(
        "squirrel_cls.jpg",
        "20bb6e8ae96918a36c9886b6d48e54eedeb3948591e1485c206bc1dc60c8dc8b",
        (54, 0, 426),
        "fox squirrel",
    ),
    Photo(
        "aloeL.jpg",
        "cce5736808efe80d9f04b118dbb978c344d4345672b332718c3e039a3eeb8eee",
        (86, 0, 1110),
        "plant pot",
    ),
)


def found(photo: Photo, folder: Path) -> bytes:
    """Give the bytes of a photograph; raises ValueError where no file has its checksum."""
    for path in sorted(folder.rglob(photo.file)):
        content = path.read_bytes()
        if sha256(content).hexdigest() == photo.sha256:
            return content
    raise ValueError(f"no {photo.file} below {folder} is the one that this recipe knows")


def main(source: Path, folder: Path = FOLDER) -> None:
    """Write the file, each photograph without loss, and put its checksum into the card."""
    classes = (folder / "classes.txt").read_text("utf8").splitlines()
    labels = io.BytesIO()
    np.save(labels, np.array([classes.index(photo.label) for photo in PHOTOS], np.int64))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:  # stored as they are, and dated 1980
        archive.writestr(zipfile.ZipInfo("labels.npy"), labels.getvalue())
        for i, photo in enumerate(PHOTOS):
            left, top, side = photo.square
            picture = Image.open(io.BytesIO(found(photo, source))).convert("RGB")
            square = picture.resize(
                (SIZE, SIZE), Image.Resampling.LANCZOS, box=(left, top, left + side, top + side)
            )
            packed = io.BytesIO()
            square.save(packed, "WEBP", lossless=True, quality=100, method=6)
            archive.writestr(zipfile.ZipInfo(f"{i:02}.webp"), packed.getvalue())
    (folder / "photos.zip").write_bytes(content.getvalue())
    card = folder / "dataset.toml"
    text = card.read_text("utf8")
    digest = sha256(content.getvalue()).hexdigest()
    card.write_text(re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', text), "utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
