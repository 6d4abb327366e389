"""Cards and loaders that contradict themselves are refused, each with what is wrong."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from generator.cards import dataset_card, model_card
from generator.datasets import Dataset, load_dataset
from generator.errors import DatasetError, FigureError, ModelError
from generator.project import Project
from generator.read import read
from generator.resolve import resolve

CARD = """
summary = "Four pictures"
license = "free"
shape = [1, 2, 2]
source = "this test"
attribution = "this test"
"""
CLASSES = 'classes = ["a", "b"]\n'
ANGLE = '[quantity]\nname = "angle"\nunit = "degrees"\nrange = [-90.0, 90.0]\n'
LOADER = """
import numpy as np

def load(file):
    first, last = np.arange(4).reshape(2, 2)
    images = np.zeros((4, 1, 2, 2), np.uint8)
    return {"images": images, "train": first, "test": last, **dict(%s)}
"""
LABELS = "labels=np.array([0, 1, 0, 1])"
TARGETS = "targets=np.array([-90, 0, 1.5, 90], np.float32)"


def dataset(folder: Path, card: str, parts: str) -> Dataset:
    """A dataset of four pictures with more to its card and its loader."""
    folder.mkdir(parents=True, exist_ok=True)
    data = f'\n[data]\nfile = "none"\nsha256 = "{sha256(b"").hexdigest()}"\n\n[split]\ntrain = 2\n'
    (folder / "dataset.toml").write_text(CARD + card + data)
    (folder / "loader.py").write_text(LOADER % parts)
    (folder / "none").write_bytes(b"")
    return load_dataset(folder)


def refusal(folder: Path, card: str, parts: str) -> str:
    with pytest.raises(DatasetError) as found:
        dataset(folder, card, parts)
    return str(found.value)


def test_a_dataset_of_classes_has_no_targets_and_one_of_a_quantity_no_labels(
    tmp_path: Path,
) -> None:
    named = dataset(tmp_path / "named", CLASSES, LABELS)
    assert (named.labels.tolist(), len(named.targets)) == ([0, 1, 0, 1], 0)
    measured = dataset(tmp_path / "measured", ANGLE, TARGETS)
    assert (measured.targets.tolist(), len(measured.labels)) == ([-90, 0, 1.5, 90], 0)


def test_masks_answer_by_the_concept_s_name(tmp_path: Path) -> None:
    card = CLASSES + '[concepts]\nshape = ["disc", "ring"]\n'
    masks = "masks={'shape': np.array([[[0, 1], [2, 2]]] * 4, np.uint8)}"
    found = dataset(tmp_path / "d", card, f"{LABELS}, {masks}")
    assert found.shows("shape", "ring")[0].tolist() == [[False, False], [True, True]]
    assert found.shows("shape", "disc").sum() == 4


DISCS = CLASSES + '[concepts]\nshape = ["disc"]\n'
EITHER = "quantity: a dataset has either 'classes' or a 'quantity'"
ENOUGH = "4 examples need as many targets from -90 to 90"


def masks(array: str) -> str:
    return f"{LABELS}, masks={{'shape': {array}}}"


@pytest.mark.parametrize(
    ("card", "parts", "message"),
    [
        ("", LABELS, EITHER),
        (CLASSES + ANGLE, LABELS, EITHER),
        (
            CLASSES + '[tree]\nall = ["a"]\n',
            LABELS,
            "tree: every class stands in one group; 'b' does not",
        ),
        (CLASSES + '[tree]\none = ["a", "b"]\ntwo = ["b"]\n', LABELS, "'b' does not"),
        (CLASSES, "labels=np.array([0, 1])", "4 examples have labels of shape (2,)"),
        (CLASSES, "labels=np.array([0, 1, 2, 0])", "run from 0 to 2, the card has 2 classes"),
        (ANGLE, "targets=np.array([0, 0, 0, 91.0])", ENOUGH),
        (ANGLE, "targets=np.array([0, 0, 0, np.nan])", ENOUGH),
        (ANGLE, "labels=np.array([0, 0, 0, 0])", ENOUGH),
        (DISCS, LABELS, "category 'shape' is in the card or in the masks"),
        (DISCS, masks("np.full((4, 2, 2), 2, np.uint8)"), "masks of 'shape' hold 2, it has 1"),
        (
            DISCS,
            masks("np.zeros((4, 2, 3), np.uint8)"),
            "masks of 'shape' are uint8(4, 2, 3), not uint8(4, 2, 2)",
        ),
        ("rate = 10.0\n" + CLASSES, LABELS, "clips need the card's 'rate'"),
        (CLASSES, LABELS + ", clips=np.zeros(4, np.int64)", "clips need the card's 'rate'"),
        (
            "rate = 10.0\n" + CLASSES,
            LABELS + ", clips=np.array([0, 1, 0, 1])",
            "frames of a clip stand together",
        ),
        (
            'classes = "names.txt"\n',
            LABELS,
            "dataset.toml:7: names.txt is missing\n  hint: it holds the names, one a line",
        ),
        (
            'classes = "../names.txt"\n',
            LABELS,
            "dataset.toml:7: '../names.txt' lies outside the folder",
        ),
        (
            CLASSES,
            f"{LABELS}, {TARGETS}",
            "loader.py:4: there are targets, and the card names no quantity",
        ),
        (
            ANGLE,
            f"{LABELS}, {TARGETS}",
            "loader.py:4: there are labels, and the card names no classes",
        ),
        (DISCS, f"{LABELS}, masks=[1]", "'masks' is a list, not a dict by category"),
        (DISCS, masks("[1]"), "'shape' is a list, not an array"),
    ],
)
def test_a_contradiction_is_named(tmp_path: Path, card: str, parts: str, message: str) -> None:
    assert message in refusal(tmp_path / "datasets/d", card, parts)


def test_names_may_stand_in_a_file_beside_the_card(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "names.txt").write_text("cat\nægir's dog\n", "utf8")
    found = dataset(folder, 'classes = "names.txt"\n', LABELS)
    assert found.card.classes == ("cat", "ægir's dog")
    assert dataset_card(folder).classes == found.card.classes


def test_a_file_of_names_that_is_not_utf_8_is_said_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "datasets/d"
    folder.mkdir(parents=True)
    (folder / "names.txt").write_bytes(b"cat\nd\xf6g\n")
    said = refusal(folder, 'classes = "names.txt"\n', LABELS)
    assert said.endswith("/datasets/d/names.txt:2: not UTF-8: invalid start byte")


def model(folder: Path, more: str) -> None:
    folder.mkdir(parents=True)
    weights = f'[weights]\nfile = "w"\nsha256 = "{sha256(b"").hexdigest()}"\n'
    head = 'summary = "s"\nlicense = "l"\ninput = [1, 2, 2]\nlayers = ["net"]\n'
    (folder / "model.toml").write_text(head + more + weights)
    (folder / "w").write_bytes(b"")
    (folder / "model.py").write_text("")


def test_a_model_that_measures_has_one_output(tmp_path: Path) -> None:
    model(tmp_path / "m", 'outputs = ["a", "b"]\n' + ANGLE)
    with pytest.raises(ModelError, match="a model that measures has one output, not 2"):
        model_card(tmp_path / "m")


def test_a_card_vouches_for_every_file_that_it_names(tmp_path: Path) -> None:
    empty = f'sha256 = "{sha256(b"").hexdigest()}"\n'
    model(
        tmp_path / "m",
        'outputs = "names.txt"\nfiles = ["table.csv"]\n'
        f'[seeds.1]\nfile = "s1"\n{empty}[seeds.2]\nfile = "s2"\n{empty}'
        f'[history]\nmetrics = "h.json"\n[history.checkpoints]\nfile = "h"\n{empty}',
    )
    (tmp_path / "m/names.txt").write_text("a\nb\n")
    card = model_card(tmp_path / "m")
    assert card.outputs == ("a", "b")
    named = {"names.txt", "table.csv", "s1", "s2", "h.json", "h", "w"}
    assert {*card.contents} == {"model.toml", *named}
    assert {one.file for one in card.sealed} == {"s1", "s2", "h", "w"}


@pytest.mark.parametrize("option", [":model: steers", ":model: names\n:dataset: angles"])
def test_a_kind_that_shows_classes_refuses_a_quantity_by_name(tmp_path: Path, option: str) -> None:
    model(tmp_path / "models/steers", 'outputs = ["angle"]\n' + ANGLE)
    model(tmp_path / "models/names", 'outputs = ["a", "b"]\n')
    dataset(tmp_path / "models/datasets/angles", ANGLE, TARGETS)
    (tmp_path / "articles/slug").mkdir(parents=True)
    front = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
    text = f"{front}\n:::{{projector}}\n:name: fig\n{option}\nWords.\n:::\n"
    (tmp_path / "articles/slug/index.md").write_text(text)
    project = Project(tmp_path)
    (article,) = read(project)
    with pytest.raises(FigureError) as found:
        resolve(article.blocks[0], article, project)
    name = "steers" if "steers" in option else "angles"
    assert str(found.value) == (
        f"articles/slug/index.md:7: projector shows classes, and {name!r} is about a quantity, "
        "angle in degrees\n  hint: kinds that show quantities: attribution, chart, dream"
    )


def test_the_training_history_of_a_model_that_measures_can_be_charted(tmp_path: Path) -> None:
    model(tmp_path / "models/steers", 'outputs = ["angle"]\n' + ANGLE)
    (tmp_path / "articles/slug").mkdir(parents=True)
    front = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
    block = "\n:::{chart}\n:name: fig\n:model: steers\n:history: loss\nWords.\n:::\n"
    (tmp_path / "articles/slug/index.md").write_text(front + block)
    project = Project(tmp_path)
    (article,) = read(project)
    assert resolve(article.blocks[0], article, project).models[0].quantity is not None
