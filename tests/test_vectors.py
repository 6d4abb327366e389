"""Datasets of vectors: read from their loader, refused where they contradict themselves."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from generator.datasets import Dataset, load_dataset
from generator.errors import DatasetError, FigureError
from generator.project import Project
from generator.read import read
from generator.resolve import resolve

ROOT = Path(__file__).parents[1]
CARD = f"""
summary = "Four vectors"
license = "free"
shape = [2]
source = "this test"
attribution = "this test"
%s
[columns]
name = "what it is called"
size = "how large it is"

[data]
file = "none"
sha256 = "{sha256(b"").hexdigest()}"

[split]
drawn = "none"
"""
LOADER = """
import numpy as np

def load(file):
    usual = {
        "vectors": np.array([[0, 1], [1, 0], [3, 4], [5, 5]]),
        "columns": {"name": ["a", "b", "c", "d"], "size": [1, 2, 3, 4]},
    }
    return usual | dict(%s)
"""


def dataset(folder: Path, parts: str = "", card: str = "") -> Dataset:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.toml").write_text(CARD % card)
    (folder / "loader.py").write_text(LOADER % parts)
    (folder / "none").write_bytes(b"")
    return load_dataset(folder)


def test_vectors_come_with_their_columns_and_need_no_classes(tmp_path: Path) -> None:
    found = dataset(tmp_path / "d")
    assert found.vectors.tolist() == [[0, 1], [1, 0], [3, 4], [5, 5]]
    assert found.columns["name"] == ("a", "b", "c", "d")
    assert np.asarray(found.columns["size"]).tolist() == [1, 2, 3, 4]
    assert (found.test.tolist(), found.labels.tolist()) == ([0, 1, 2, 3], [0, 0, 0, 0])


@pytest.mark.parametrize(
    ("parts", "card", "said"),
    [
        ("vectors=np.zeros((4, 3))", "", "vectors have shape (3,), the card says (2,)"),
        ("vectors=np.zeros((2, 2))", "", "there are 2 vectors; a map needs three"),
        (
            "vectors=np.array([[0, 1], [np.nan, 0], [1, 2], [1, 1]])",
            "",
            "1 vectors hold NaN or infinity, the first is number 1",
        ),
        ("columns={'name': list('abcd')}", "", "'columns' must be a dict with name, size"),
        (
            "columns={'name': list('abc'), 'size': [1, 2, 3, 4]}",
            "",
            "column 'name' has 3 entries for 4 vectors",
        ),
        ("labels=[0, 1, 2, 1]", 'classes = ["x", "y"]', "labels run from 0 to 2, the card has 2"),
        ("test=np.array([4])", "", "test must number some of 4 vectors, from 0"),
    ],
)
def test_what_contradicts_the_card_is_refused(
    tmp_path: Path, parts: str, card: str, said: str
) -> None:
    with pytest.raises(DatasetError) as found:
        dataset(tmp_path / "d", parts, card)
    assert said in str(found.value)


def test_a_kind_that_shows_pictures_refuses_vectors_by_name(tmp_path: Path) -> None:
    dataset(tmp_path / "models/datasets/four")
    (tmp_path / "articles/slug").mkdir(parents=True)
    front = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
    block = "\n:::{network}\n:name: fig\n:model: net\n:dataset: four\nWords.\n:::\n"
    (tmp_path / "articles/slug/index.md").write_text(front + block)
    net = tmp_path / "models/net"
    net.mkdir()
    (net / "model.py").write_text("def build():\n    pass\n")
    (net / "w").write_bytes(b"")
    (net / "model.toml").write_text(
        'summary = "A net"\nlicense = "free"\ninput = [2]\noutputs = ["x"]\nlayers = ["l"]\n'
        f'[weights]\nfile = "w"\nsha256 = "{sha256(b"").hexdigest()}"\n'
    )
    project = Project(tmp_path)
    (article,) = read(project)
    with pytest.raises(FigureError) as found:
        resolve(article.blocks[0], article, project)
    assert "network shows pictures, and the examples of 'four' are vectors" in str(found.value)
    assert "chart" in str(found.value)


def test_the_words_keep_the_analogies_that_made_them_known() -> None:
    words = load_dataset(ROOT / "models/datasets/words")
    names = list(words.columns["word"])
    unit = words.vectors / np.linalg.norm(words.vectors, axis=1, keepdims=True)
    assert words.vectors.shape == (10_000, 100)
    assert len(set(names)) == 10_000
    for a, b, c, d in (("man", "woman", "king", "queen"), ("france", "paris", "japan", "tokyo")):
        given = [names.index(word) for word in (a, b, c)]
        wanted = unit[given[1]] - unit[given[0]] + unit[given[2]]
        order = [names[i] for i in np.argsort(-(unit @ wanted)) if i not in given]
        assert order[0] == d
