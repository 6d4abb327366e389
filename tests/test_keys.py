"""Each ingredient of a figure changes its key; words, layout and what is not reached change none.

The generator is copied aside and run there, so that its own source can be edited. Seeded: a sample
of the edits in the quick run, all of them with EXPLORABLE_TRIAL=1.
"""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tests.keysite import CARD, DATASET, make, parts

Change = Callable[[Path], None]
NONE, A, AB, C, ALL = "", "a", "ab", "c", "abc"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    """The project before any edit, with the parts of its keys."""
    folder = tmp_path_factory.mktemp("original")
    make(folder)
    return folder, parts(folder)


@pytest.fixture
def project(original: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy to edit."""
    return Path(shutil.copytree(original[0], tmp_path / "project"))


def edit(name: str, old: str, new: str) -> Change:
    def change(project: Path) -> None:
        text = (project / name).read_text()
        assert old in text
        (project / name).write_text(text.replace(old, new))

    return change


def value(name: str) -> Change:
    """Another value in a module that holds one."""
    return edit(name, "1", "2")


def add(name: str, text: str) -> Change:
    def change(project: Path) -> None:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)

    return change


def new_weights(project: Path) -> None:
    add("models/tiny/weights.safetensors", "others")(project)
    add("models/tiny/model.toml", CARD.format(sha256(b"others").hexdigest()))(project)


def new_data(project: Path) -> None:
    add("models/datasets/dots/data.bin", "others")(project)
    add("models/datasets/dots/dataset.toml", DATASET.format(sha256(b"others").hexdigest()))(project)


ARTICLE, CHARTS = "articles/a/index.md", "articles/a/charts.py"
NEAR, FAR = "generator/compute/near.py", "generator/compute/far.py"
MODEL, LOADER = "models/tiny/model.py", "models/datasets/dots/loader.py"
MARKDOWN = "generator/read/markdown.py"

EDITS: dict[str, tuple[Change, str]] = {
    "prose": (edit(ARTICLE, "Some words", "Other words"), NONE),
    "caption": (edit(ARTICLE, "Caption.", "Another caption."), NONE),
    "layout, alternative text": (edit(ARTICLE, "Caption.", ":layout: screen\n:alt: x\n"), NONE),
    "option": (edit(ARTICLE, "Caption.", ":count: 4\n"), A),
    "option at its default": (edit(ARTICLE, "Caption.", ":count: 3\n"), NONE),
    "seed": (edit(ARTICLE, "Caption.", ":seed: 1\n"), A),
    "comment": (edit(FAR, "# a reason", "# another reason"), NONE),
    "docstring": (edit(FAR, '"""Half."""', '"""A half."""'), NONE),
    "formatting": (edit(FAR, "x / 2", "(x  /  2)"), NONE),
    "white space": (edit(FAR, "\n\n\ndef", "\n\n\n\n\ndef"), NONE),
    "function two imports away": (edit(FAR, "x / 2", "x / 3"), A),
    "function one import away": (edit(NEAR, "half(3)", "half(4)"), A),
    "module not reached": (value("generator/compute/unrelated.py"), NONE),
    "module for type checkers": (value("generator/compute/typed.py"), NONE),
    "module unless type checking": (value("generator/compute/not_typed.py"), A),
    "module that is tried": (value("generator/compute/tried.py"), A),
    "relative import, two steps": (edit("generator/compute/cousin.py", "= 3", "= 4"), A),
    "star import": (value("generator/compute/star.py"), A),
    "star import of a package": (value("generator/compute/starred/inside.py"), A),
    "re-export": (edit("generator/pack/deep/down.py", "return 1", "return 2"), A),
    "package on the way": (add("generator/pack/deep/__init__.py", "x = 1\n"), A),
    "attribute of a package": (value("generator/pack/attribute.py"), A),
    "import_module": (value("generator/compute/dynamic.py"), A),
    "import_module, relative": (value("generator/compute/also.py"), A),
    "import_module, by keyword": (value("generator/compute/named.py"), A),
    "__import__": (value("generator/compute/dunder.py"), A),
    "export": (edit("generator/export/arrays.py", "at most 32 bits", "32 bits at most"), ALL),
    "layout of another stage": (edit(MARKDOWN, "re.sub(r", "re.sub( r"), NONE),
    "code of another stage": (edit(MARKDOWN, 'or "section"', 'or "part"'), NONE),
    "model.py": (edit(MODEL, "return one", "return two"), AB),
    "module beside model.py": (value("models/tiny/blocks.py"), AB),
    "recipe of a model": (value("models/tiny/train.py"), NONE),
    "words beside a model": (edit("models/tiny/README.md", "words", "others"), NONE),
    "file of names": (value("models/tiny/names.txt"), AB),
    "file that a card declares": (value("models/tiny/table.csv"), AB),
    "card of a model": (edit("models/tiny/model.toml", 'summary = "s"', 'summary = "t"'), AB),
    "weights": (new_weights, AB),
    "loader.py": (edit(LOADER, "return file", "return 1"), C),
    "recipe of a dataset": (value("models/datasets/dots/make.py"), NONE),
    "data": (new_data, C),
    "charts.py": (edit(CHARTS, "return 1", "return 2"), C),
    "comment in charts.py": (edit(CHARTS, "return 1", "return 1  # reason"), NONE),
    "file that a block declares": (value("articles/a/a/x.csv"), C),
    "another of the same name": (edit("articles/a/b/x.csv", "2", "3"), C),
    "font of stills": (edit("templates/vendor/fonts/ttf/a.ttf", "font", "face"), ALL),
    "library": (
        edit("site-packages/probe_library-1.0.dist-info/METADATA", "Version: 1.0", "Version: 1.1"),
        A,
    ),
    "library of a library": (
        edit("site-packages/probe_base-1.0.dist-info/METADATA", "Version: 1.0", "Version: 1.1"),
        A,
    ),
    "package without a version": (value("path/plain_package/more.py"), A),
    "its module not reached": (value("path/plain_package/unused.py"), NONE),
    "file earlier on the path": (add("path/probe_library.py", "value = 2\n"), A),
    "file in place of Python's own": (add("path/colorsys.py", "value = 2\n"), A),
    "file that nobody imports": (add("models/tiny/probe_library.py", "value = 2\n"), NONE),
}


TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
TRIED = list(EDITS) if TRIAL else sorted(Random(0).sample(sorted(EDITS), 12))


@pytest.mark.parametrize(("change", "reached"), [EDITS[one] for one in TRIED], ids=TRIED)
def test_an_edit_changes_exactly_the_keys_that_it_reaches(
    original: tuple[Path, list[dict[str, str]]], project: Path, change: Change, reached: str
) -> None:
    change(project)
    changed = zip("abc", original[1], parts(project), strict=True)
    assert "".join(name for name, old, new in changed if old != new) == reached


def test_a_key_depends_on_no_place(
    original: tuple[Path, list[dict[str, str]]], project: Path
) -> None:
    assert parts(project) == original[1]
    assert not any(str(original[0]) in f"{figure}" for figure in original[1])


def test_a_key_names_every_file_that_a_card_vouches_for(
    original: tuple[Path, list[dict[str, str]]],
) -> None:
    names = {part for part in original[1][0] if part.startswith("file models/tiny/")}
    files = ("model.toml", "names.txt", "table.csv", "weights.safetensors", "seed.safetensors")
    assert names == {f"file models/tiny/{name}" for name in files}


def test_no_key_contains_the_reading_stage(
    original: tuple[Path, list[dict[str, str]]],
) -> None:
    for figure in original[1]:
        assert [part for part in figure if part.startswith("code generator/read/")] == []


HARMS = ["swapped", "{", "[]", '{"seal": 1, "parsed": {}}']


@pytest.mark.parametrize("harm", HARMS if TRIAL else HARMS[:2])
def test_a_damaged_record_of_parsed_code_misleads_nobody(
    original: tuple[Path, list[dict[str, str]]], project: Path, harm: str
) -> None:
    record = project / "code.json"
    if harm == "swapped":
        # One digit of one hash, as a failing disk might have it.
        text = record.read_text()
        place = text.index('"digest": "') + len('"digest": "')
        record.write_text(text[:place] + ("1" if text[place] == "0" else "0") + text[place + 1 :])
    else:
        record.write_text(harm)
    assert parts(project) == original[1]
