"""A small project with a copy of the generator, so that any ingredient of a figure can be edited.

Figure a reaches code by every road that Python has, b by none of its own, c is an author's chart.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]

KIND = '''"""A kind for this test."""

from typing import TYPE_CHECKING

from pydantic import Field

from generator.figure import FigureOptions, ModelName

if TYPE_CHECKING:
    from generator.compute.typed import Nothing


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="which model")
    count: int = Field(3, description="how many")


def payload(options, sources):
    """Reach one module, which reaches another."""
    from generator.compute.near import number

    return number()
'''
NEAR = '''"""One step away; everything else is two."""

from importlib import import_module

import colorsys
import probe_library
import plain_package.part

import generator.pack as pack
from generator import pack as again
from generator.compute.far import half
from generator.compute.star import *
from generator.compute.starred import *

from . import sibling
from .sibling import three

if not TYPE_CHECKING:
    import generator.compute.not_typed
try:
    import generator.compute.tried
except ImportError:
    pass


def number():
    import_module("generator.compute.dynamic")
    import_module(".also", "generator.compute")
    import_module(name="generator.compute.named")
    __import__("generator.compute.dunder")
    return half(3) + pack.exported() + again.attribute.value
'''
FAR = '"""Far away."""\n\n\ndef half(x):\n    """Half."""\n    return x / 2  # a reason\n'
VALUE = "value = 1\n"
MODULES = {
    "compute/far.py": FAR,
    "compute/star.py": VALUE,
    "compute/starred/__init__.py": '__all__ = ["inside"]\n',
    "compute/starred/inside.py": VALUE,
    "compute/sibling.py": "from .cousin import three\n",
    "compute/cousin.py": "three = 3\n",
    "compute/typed.py": VALUE,
    "compute/not_typed.py": VALUE,
    "compute/tried.py": VALUE,
    "compute/dynamic.py": VALUE,
    "compute/also.py": VALUE,
    "compute/named.py": VALUE,
    "compute/dunder.py": VALUE,
    "compute/unrelated.py": VALUE,
    "pack/__init__.py": "from .deep.down import exported\n",
    "pack/deep/__init__.py": "",
    "pack/deep/down.py": "def exported():\n    return 1\n",
    "pack/attribute.py": VALUE,
}
OTHER = KIND.replace("from generator.compute.near import number", "number = int")
SEED = f'[seeds.1]\nfile = "seed.safetensors"\nsha256 = "{sha256(b"seed").hexdigest()}"\n'
CARD = (
    """summary = "s"
license = "MIT"
input = [1]
outputs = "names.txt"
layers = ["out"]
files = ["table.csv"]
[weights]
file = "weights.safetensors"
sha256 = "{}"
"""
    + SEED
)
DATASET = """summary = "s"
license = "MIT"
classes = ["a"]
shape = [1, 1, 1]
source = "s"
attribution = "a"
[data]
file = "data.bin"
sha256 = "{}"
[split]
test = 1
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

:::{chart}
:name: fig-c
:function: bars
:dataset: dots
:files: [a/x.csv, b/x.csv]
:::
"""
PROGRAM = """
import json
from pathlib import Path
from generator.code import Code
from generator.keys import key
from generator.project import Project
from generator.read import read
from generator.resolve import resolve
project = Project(Path(".").resolve())
(article,) = read(project)
code = Code(Path("code.json"))
print(json.dumps([key(resolve(block, article, project), code).parts for block in article.blocks]))
code.keep()
"""


def make(folder: Path) -> None:
    """Write the project."""
    shutil.copytree(
        ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__")
    )
    files = {f"generator/{name}": text for name, text in MODULES.items()} | {
        "generator/figures/probe.py": KIND,
        "generator/figures/other.py": OTHER,
        "generator/compute/near.py": NEAR,
        "articles/a/index.md": ARTICLE,
        "articles/a/charts.py": "def bars(sources):\n    return 1\n",
        "articles/a/a/x.csv": "1",
        "articles/a/b/x.csv": "2",
        "models/tiny/model.py": "from blocks import one\n\n\ndef build():\n    return one\n",
        "models/tiny/blocks.py": "one = 1\n",
        "models/tiny/train.py": "one = 1\n",
        "models/tiny/README.md": "words",
        "models/tiny/table.csv": "1",
        "models/tiny/model.toml": CARD.format(sha256(b"weights").hexdigest()),
        "models/tiny/weights.safetensors": "weights",
        "models/tiny/seed.safetensors": "seed",
        "models/tiny/names.txt": "first 1",
        "models/datasets/dots/dataset.toml": DATASET.format(sha256(b"data").hexdigest()),
        "models/datasets/dots/loader.py": "def load(file):\n    return file\n",
        "models/datasets/dots/make.py": "one = 1\n",
        "models/datasets/dots/data.bin": "data",
        "path/plain_package/__init__.py": "",
        "path/plain_package/part.py": "from . import more\n",
        "path/plain_package/more.py": VALUE,
        "path/plain_package/unused.py": VALUE,
        "templates/vendor/fonts/ttf/a.ttf": "font",
    }
    for library, needs in {"probe_library": "probe-base>=1", "probe_base": ""}.items():
        files[f"site-packages/{library}.py"] = VALUE
        files[f"site-packages/{library}-1.0.dist-info/METADATA"] = (
            f"Metadata-Version: 2.1\nName: {library}\nVersion: 1.0\n"
            f"{needs and 'Requires-Dist: '}{needs}\n\nDescription.\n"
        )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def parts(project: Path) -> list[dict[str, str]]:
    """Parts of the keys of the three figures, from a process of its own."""
    path = [str(project / name) for name in (".", "path", "site-packages")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found
