"""The frames are those that the program films, and the angle is what the road asks for."""

from __future__ import annotations

import io
import math
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.datasets import Dataset, load_dataset
from generator.errors import DatasetError
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/datasets/roads"
FILMED_AGAIN = range(120) if os.environ.get("EXPLORABLE_TRIAL") else (7, 101)


@pytest.fixture(scope="module")
def roads() -> Dataset:
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def make() -> Any:
    return load_module(FOLDER / "make.py", DatasetError)


@pytest.mark.parametrize("clip", FILMED_AGAIN)
def test_the_program_films_the_committed_clip_again(roads: Dataset, make: Any, clip: int) -> None:
    images, seen, angles = make.film(clip)
    own = roads.clips == clip
    assert np.array_equal(images, roads.images[own])
    assert np.array_equal(seen % 16, roads.masks["scene"][own])
    assert np.array_equal(seen // 16, roads.masks["light"][own])
    assert roads.targets[own] == pytest.approx(angles, abs=1e-4)  # kept as single precision


def test_train_and_test_share_no_frame_and_no_clip(roads: Dataset) -> None:
    train = {roads.images[i].tobytes() for i in roads.train}
    assert not train & {roads.images[i].tobytes() for i in roads.test}
    assert not set(roads.clips[roads.train]) & set(roads.clips[roads.test])
    split = roads.card.split
    assert (len(roads.train), len(roads.test)) == (split["train"], split["test"])


def test_every_clip_lasts_four_seconds(roads: Dataset) -> None:
    assert roads.card.rate == 10
    assert set(np.bincount(roads.clips)) == {40}
    assert len(set(roads.clips)) == roads.card.split["clips"]


def test_the_angle_is_that_of_the_circle_to_the_point_looked_at() -> None:
    drive = load_module(FOLDER / "drive.py", DatasetError)
    # 1 m to the right, 10 m ahead: curvature 2 / 100, so 15 atan(2.7 / 50) = 46.36 degrees.
    assert drive.degrees(0.02) == pytest.approx(46.3648, abs=1e-3)
    assert drive.degrees(-0.02) == -drive.degrees(0.02)
    assert drive.degrees(0.5) == 90.0
    moment = drive.drive(1, np.random.default_rng(3))[0]
    place = moment.middle[int(drive.AHEAD / drive.PIECE)]
    wanted = 15 * math.degrees(math.atan(2.7 * 2 * place / 100))
    assert moment.angle == pytest.approx(max(-90, min(90, wanted)))


def test_the_wheel_turns_to_where_the_road_lies(roads: Dataset) -> None:
    # The middle of the road, ten metres ahead: a row a little below the horizon, in the mask.
    row = int(16 + 1.3 * 70 / 10)
    on_road = np.isin(roads.masks["scene"][:, row], (3, 4, 5, 6))
    columns = np.arange(96) - 47.5
    seen = on_road.any(1)
    middle = (on_road * columns).sum(1)[seen] / on_road.sum(1)[seen]
    assert np.corrcoef(middle, roads.targets[seen])[0, 1] > 0.9


def test_a_car_that_is_driven_so_stays_on_the_road() -> None:
    drive = load_module(FOLDER / "drive.py", DatasetError)
    for seed in range(20):
        last = drive.drive(40, np.random.default_rng([9, seed]))[-1]
        assert abs(last.middle[0]) < 3.4


def test_every_concept_is_seen_and_shadows_are_darker(roads: Dataset) -> None:
    for category, concepts in roads.card.concepts.items():
        for concept in concepts:
            assert roads.shows(category, concept).any(), concept
    light = roads.images.mean(1)
    road = roads.shows("scene", "road")
    shaded = road & roads.shows("light", "shadow")
    for i in range(0, len(light), 97):
        if shaded[i].sum() > 50 and (road[i] & ~shaded[i]).sum() > 50:
            assert light[i][shaded[i]].mean() < light[i][road[i] & ~shaded[i]].mean()


def test_the_file_is_small_and_carries_no_date() -> None:
    content = (FOLDER / "roads.zip").read_bytes()
    assert len(content) < 3_000_000
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
