"""The scenes are those that the program draws, and every pixel is what its masks say."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from generator.datasets import Dataset, load_dataset
from generator.errors import DatasetError
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/datasets/shapes"
DRAWN_AGAIN = 3840 if os.environ.get("EXPLORABLE_TRIAL") else 48


@pytest.fixture(scope="module")
def shapes() -> Dataset:
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def cued() -> Dataset:
    return load_dataset(ROOT / "models/datasets/shapes-cued")


def test_train_and_test_share_no_scene(shapes: Dataset) -> None:
    train = {shapes.images[i].tobytes() for i in shapes.train}
    test = {shapes.images[i].tobytes() for i in shapes.test}
    assert (len(train), len(test)) == (shapes.card.split["train"], shapes.card.split["test"])
    assert not train & test
    assert sorted([*shapes.train, *shapes.test]) == list(range(len(shapes.images)))


def test_the_program_draws_the_committed_scenes_again(shapes: Dataset) -> None:
    make = load_module(FOLDER / "make.py", DatasetError)
    index = np.random.default_rng(0).choice(len(shapes.images), DRAWN_AGAIN, replace=False)
    images, parts = make.draw(index)
    assert np.array_equal(images, shapes.images[index])
    loader = load_module(FOLDER / "loader.py", DatasetError)
    again = loader.masks(parts, make.facts()[index])
    for category, masks in shapes.masks.items():
        assert np.array_equal(again[category], masks[index]), category


def test_every_class_has_every_texture_equally_often_in_both_parts(shapes: Dataset) -> None:
    texture = shapes.masks["texture"].max((1, 2)) - 1
    for part in (shapes.train, shapes.test):
        counts = np.bincount(shapes.labels[part] * 3 + texture[part], minlength=48)
        assert set(counts) == {len(part) // 48}


def test_a_scene_s_masks_spell_its_class(shapes: Dataset) -> None:
    concepts = shapes.card.concepts
    for i in range(0, len(shapes.images), 37):
        inside = shapes.masks["shape"][i] > 0
        (shape,), (colour,) = (
            set(shapes.masks[category][i][inside]) for category in ("shape", "colour")
        )
        name = f"{concepts['colour'][colour - 1]} {concepts['shape'][shape - 1]}"
        assert name == shapes.card.classes[shapes.labels[i]]


def test_pixels_of_a_colour_have_that_colour(shapes: Dataset) -> None:
    # The greatest and least channel of each paint, wherever it is laid on, stripes and all.
    greatest = {"red": 0, "yellow": 0, "green": 1, "blue": 2}
    for name, channel in greatest.items():
        shown = shapes.shows("colour", name) & (shapes.masks["shape"] > 0)
        paint = shapes.images.transpose(0, 2, 3, 1)[shown].astype(int)
        right = paint[:, channel] == paint.max(1)
        assert right.mean() > 0.95  # the white of spots and mixed edges are the rest


def test_the_position_is_the_quarter_of_the_object_s_centre(shapes: Dataset) -> None:
    index = np.arange(0, len(shapes.images), 53)
    axis = np.arange(48) - 23.5
    inside = shapes.masks["shape"][index] > 0
    down = (inside.sum(2) * axis).sum(1) > 0
    right = (inside.sum(1) * axis).sum(1) > 0
    names = np.array(shapes.card.concepts["position"])[
        shapes.masks["position"][index].max((1, 2)) - 1
    ]
    wanted = [
        f"{'lower' if d else 'upper'} {'right' if r else 'left'}"
        for d, r in zip(down, right, strict=True)
    ]
    assert names.tolist() == wanted


def test_no_pixel_is_object_and_clutter(shapes: Dataset) -> None:
    assert not ((shapes.masks["shape"] > 0) & (shapes.masks["clutter"] > 0)).any()
    assert set(np.unique(shapes.masks["clutter"])) == {0, 1, 2}


def test_the_tree_groups_sixteen_classes_by_shape(shapes: Dataset) -> None:
    assert {len(group) for group in shapes.card.tree.values()} == {4}
    for shape, group in shapes.card.tree.items():
        assert all(name.endswith(shape) for name in group)


def test_the_mark_is_where_its_mask_says_and_nowhere_else(cued: Dataset, shapes: Dataset) -> None:
    bare = shapes.images[shapes.test[:480]]
    for half, images in enumerate(np.split(cued.images, 2)):
        changed = (images != bare).any(1)
        assert np.array_equal(changed, changed & (cued.masks["cue"][half * 480 :][:480] == 1))
    assert set(cued.masks["cue"].sum((1, 2))) == {0, 36}


def test_the_mark_gives_blue_squares_away_and_misleads_when_crossed(cued: Dataset) -> None:
    marked = cued.masks["cue"].any((1, 2))
    blue = cued.labels == cued.card.classes.index("blue square")
    assert np.array_equal(marked[cued.test], blue[cued.test])
    crossed = np.setdiff1d(np.arange(len(blue)), cued.test)
    assert len(crossed) == 480
    assert np.array_equal(marked[crossed], ~blue[crossed])


@pytest.mark.parametrize(("name", "limit"), [("shapes", 3_000_000), ("shapes-cued", 400_000)])
def test_the_file_is_small_and_carries_no_date(name: str, limit: int) -> None:
    content = (FOLDER.parent / name / f"{name}.zip").read_bytes()
    assert len(content) < limit
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
