"""Each ingredient of a figure changes its key; words and layout change nothing.

The generator is copied aside and run there, so that its own source can be edited.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

KIND = '''"""A kind for this test."""

from pydantic import Field

from generator.figure import FigureOptions, ModelName


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="which model")
    count: int = Field(3, description="how many")


def payload(options, sources):
    """Reach one module, which reaches another."""
    from generator.compute.near import number

    return number()
'''
NEAR = "from generator.compute.far import half\n\n\ndef number():\n    return half(3)\n"
FAR = (
    '"""Far away."""\n\nimport probe_library\n\n\n'
    'def half(x):\n    """Half."""\n    return x / 2  # a reason\n'
)
OTHER = KIND.replace("from generator.compute.near import number", "number = int")
CARD = """summary = "s"
license = "MIT"
input = [1]
outputs = ["a"]
layers = ["out"]
[weights]
file = "weights.safetensors"
sha256 = "{}"
"""
ARTICLE = """---
title: T
description: D
date: 2026-01-02
---

Some words.

:::{probe}
:name: fig-a
:model: tiny
Caption.
:::

:::{other}
:name: fig-b
:model: tiny
:::
"""
PROGRAM = """
import json
from pathlib import Path
from generator.keys import key
from generator.project import Project
from generator.read import read
from generator.resolve import resolve
project = Project(Path("."))
(article,) = read(project)
print(json.dumps([key(resolve(block, article, project)).digest for block in article.blocks]))
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The project before any edit, with its keys."""
    from hashlib import sha256

    tmp_path = tmp_path_factory.mktemp("original")
    shutil.copytree(ROOT / "generator", tmp_path / "generator")
    write = {
        "generator/figures/probe.py": KIND,
        "generator/figures/other.py": OTHER,
        "generator/compute/near.py": NEAR,
        "generator/compute/far.py": FAR,
        "articles/a/index.md": ARTICLE,
        "models/tiny/model.py": "import probe_library\n\n\ndef build():\n    return 1\n",
        "models/tiny/model.toml": CARD.format(sha256(b"weights").hexdigest()),
        "models/tiny/weights.safetensors": "weights",
        "probe_library.py": "",
        "probe_library-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: probe_library\n"
        "Version: 1.0\n",
    }
    for name, text in write.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path, keys(tmp_path)


@pytest.fixture
def project(original: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A copy to edit."""
    return Path(shutil.copytree(original[0], tmp_path / "project"))


def keys(project: Path) -> list[str]:
    """Keys of the two figures, from a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        text = (project / name).read_text()
        assert old in text
        (project / name).write_text(text.replace(old, new))

    return change


def new_weights(project: Path) -> None:
    from hashlib import sha256

    (project / "models/tiny/weights.safetensors").write_text("others")
    card = CARD.format(sha256(b"others").hexdigest())
    (project / "models/tiny/model.toml").write_text(card)


def newer_library(project: Path) -> None:
    edit("probe_library-1.0.dist-info/METADATA", "Version: 1.0", "Version: 1.1")(project)


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (edit("articles/a/index.md", "Some words", "Other words"), (False, False)),
        (edit("articles/a/index.md", "Caption.", "Another caption."), (False, False)),
        (edit("articles/a/index.md", "Caption.", ":layout: screen\n:alt: x\n"), (False, False)),
        (edit("articles/a/index.md", "Caption.", ":count: 4\n"), (True, False)),
        (edit("articles/a/index.md", "Caption.", ":seed: 1\n"), (True, False)),
        (edit("generator/compute/far.py", "# a reason", "# another reason"), (False, False)),
        (edit("generator/compute/far.py", '"""Half."""', '"""A half."""'), (False, False)),
        (edit("generator/compute/far.py", "x / 2", "(x  /  2)"), (False, False)),
        (edit("generator/compute/far.py", "x / 2", "x / 3"), (True, False)),
        (edit("generator/compute/near.py", "half(3)", "half(4)"), (True, False)),
        (edit("generator/export/arrays.py", "at most 32 bits", "32 bits at most"), (True, True)),
        (edit("generator/read/markdown.py", "re.sub(r", "re.sub( r"), (False, False)),
        (edit("generator/read/markdown.py", 'or "section"', 'or "part"'), (False, False)),
        (edit("models/tiny/model.py", "return 1", "return 2"), (True, True)),
        (edit("models/tiny/model.toml", 'summary = "s"', 'summary = "t"'), (True, True)),
        (new_weights, (True, True)),
        (newer_library, (True, True)),
    ],
    ids=[
        "prose", "caption", "layout and alternative text", "option", "seed", "comment", "docstring",
        "formatting", "function two imports away", "function one import away", "export",
        "layout of another stage",
        "code of another stage", "model.py",
        "card", "weights", "library version",
    ],
)  # fmt: skip
def test_an_edit_changes_exactly_the_keys_that_it_reaches(
    original: tuple[Path, list[str]],
    project: Path,
    change: Callable[[Path], None],
    reached: tuple[bool, bool],
) -> None:
    change(project)
    changed = zip(original[1], keys(project), strict=True)
    assert tuple(old != new for old, new in changed) == reached


def test_a_key_depends_on_no_place(original: tuple[Path, list[str]], project: Path) -> None:
    assert keys(project) == original[1]
