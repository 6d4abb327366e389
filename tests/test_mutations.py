"""Accidents to every file that an author writes but the article itself: one message, or a site.

A build that fails says one thing, names the file, and leaves the old site as it was.
"""

import os
import re
import shutil
import warnings
from pathlib import Path
from random import Random

import pytest

from generator.errors import GeneratorError
from tests.authorsite import build_here, make, sign
from tests.mutate import damaged, mutated

COUNT = 2000 if os.environ.get("EXPLORABLE_TRIAL") else 40
TEXTS = (
    "models/tiny/model.toml", "models/tiny/model.py", "models/tiny/history.json",
    "models/datasets/squares/dataset.toml", "models/datasets/squares/loader.py",
    "articles/slug/charts.py", "articles/slug/rows.csv", "articles/slug/references.bib",
)  # fmt: skip
BYTES = (
    "models/tiny/weights.safetensors", "models/tiny/history.safetensors",
    "models/datasets/squares/small.png",
)  # fmt: skip
PLACE = re.compile(r"(articles|models)/[\w./-]+(:\d+)?: \S")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is built, so that only what an accident reaches is computed again."""
    folder = tmp_path_factory.mktemp("original")
    make(folder)
    build_here(folder)
    (folder / "site/index.html").write_text("old")
    return folder


def harm(project: Path, random: Random) -> str:
    """Spoil one file and give its name; most spoiled weights and data agree with their card."""
    name = random.choice(TEXTS * 2 + BYTES)
    content = (project / name).read_bytes()
    if name in BYTES:
        (project / name).write_bytes(damaged(content, random))
        if random.random() < 0.8:
            sign(project)
    else:
        (project / name).write_bytes(mutated(content, random, huge=not name.endswith(".py")))
    return name


@pytest.mark.parametrize("part", range(10))
def test_an_accident_gives_one_message_or_a_site(original: Path, tmp_path: Path, part: int) -> None:
    refused = 0
    for seed in range(part, COUNT, 10):
        project = Path(shutil.copytree(original, tmp_path / str(seed)))
        name = harm(project, Random(seed))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # as in a build, where they are no errors
                build_here(project)
        except GeneratorError as problem:
            said = str(problem)
            assert PLACE.match(said), (seed, name, said)
            assert len(said) < 1200, (seed, name, said)
            assert (project / "site/index.html").read_text() == "old", (seed, name)
            refused += 1
        except BaseException as problem:
            problem.add_note(f"seed {seed}: {name}")
            raise
        assert [path.name for path in project.glob(".*")] == [".explorable"], (seed, name)
        shutil.rmtree(project)
    assert refused > 0
