"""Thousands of articles that went wrong: each is published safely or refused at a file and line.

Seeded: a sample in the quick run, all of them with EXPLORABLE_TRIAL=1.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check.recovery import recover
from generator.errors import GeneratorError
from generator.project import Project
from generator.read import read
from generator.render.pictures import publish
from generator.render.prose import Placed, Prose
from generator.render.values import Values
from generator.render.variables import variables
from generator.resolve import resolve
from tests.page import Look
from tests.read.mutations import MARKS, mutated
from tests.writing import DOT, FRONT

ROOT = Path(__file__).parents[2]
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
MUTATED = 5000 if TRIAL else 120
GENERATED = 1000 if TRIAL else 40
PLACE = re.compile(r"[\w./-]+:\d+")
VALUES: dict[str, Any] = {"values": {"count": 3, "layers": [1, 2]}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a model, pictures and a text to include."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "tests/sites/foreign/models", root / "models")
    shutil.move(root / "models/plain-mlp", root / "models/tiny")
    shutil.copytree(ROOT / "tests/sites/prose/articles/every-mark", root / "articles/slug")
    (root / "articles/slug/dot.svg").write_text(DOT)
    (root / "articles/another").mkdir()
    (root / "articles/another/index.md").write_text(FRONT + "(landing)=\n## A place\n")
    return Project(root)


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    """Whole articles to start from."""
    ours = (ROOT / "articles/inside-a-digit-classifier/index.md").read_text("utf8")
    marks = (ROOT / "tests/sites/prose/articles/every-mark/index.md").read_text("utf8")
    small = (
        FRONT
        + ":::{network}\n:name: fig-a\n:model: tiny\nWords {value}`figure/fig-a/count`.\n:::\n"
    )
    return [marks, marks, ours.replace("digits-cnn", "tiny"), small]


def test_a_mutated_article_is_published_safely_or_refused_at_a_line(
    project: Project, corpus: list[str]
) -> None:
    refused = 0
    for seed in range(MUTATED):
        random = Random(seed)
        text = mutated(random.choice(corpus), random)
        refused += survives(project, text, f"seed {seed}")
    assert 0.2 < refused / MUTATED < 0.98, "the mutations are too mild or too wild to tell anything"


def test_reading_on_after_a_mistake_comes_to_an_end_and_hides_no_first_one(
    project: Project, corpus: list[str]
) -> None:
    several = 0
    for seed in range(1, MUTATED, 6):
        random = Random(seed)
        text = mutated(random.choice(corpus), random)
        (project.articles / "slug/index.md").write_bytes(text.encode("utf8", "surrogatepass"))
        first = ""
        with within(seconds=120):
            try:
                read(project, "slug")
            except GeneratorError as problem:
                first = str(problem)
            found = recover(project.articles / "slug", project.settings)
        assert [str(one) for one in found.mistakes][:1] == [first] * bool(first), seed
        several += len(found.mistakes) > 1
    assert several > MUTATED / 30, "hardly any article has two mistakes: nothing was read on"


LINES = st.one_of(
    st.sampled_from(MARKS),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.tuples(st.sampled_from(MARKS), st.sampled_from(MARKS)).map(" ".join),
    st.just(""),
)


@settings(
    max_examples=GENERATED,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(lines=st.lists(LINES, max_size=25))
def test_a_generated_article_is_published_safely_or_refused_at_a_line(
    project: Project, lines: list[str]
) -> None:
    survives(project, FRONT + "\n".join(lines), "generated")


def survives(project: Project, text: str, what: str) -> bool:
    """Read, resolve and render one article; True where it is refused."""
    index = project.articles / "slug/index.md"
    index.write_bytes(text.encode("utf8", "surrogatepass"))
    complaint: GeneratorError | None = None
    pages: list[str] = []
    with within(seconds=120):
        try:
            pages = [published(article, project) for article in read(project)]
        except GeneratorError as problem:
            complaint = problem
    if complaint is not None:
        assert PLACE.match(complaint.where), f"{what}: {complaint}"
        assert complaint.what.strip(), what
        return True
    for html in pages:
        look = Look(html)
        assert look.wrong == [], f"{what}: {look.wrong}"
        anchors = {link[1:] for link in look.links if link.startswith("#")}
        assert anchors <= set(look.ids), f"{what}: {anchors - set(look.ids)}"
    return False


def published(article: Any, project: Project) -> str:
    """The HTML of an article whose figures are resolved but not computed."""
    for block in article.blocks:
        resolve(block, article, project)
    entries: Any = {
        f"{article.slug}/{b.name}": SimpleNamespace(payload=VALUES) for b in article.blocks
    }

    def place(path: Path, where: str) -> Placed:
        there, *size = publish(path, where, project.root, unsafe=False)
        return Placed(there.name, *size)

    def figure(block: Any, caption: str) -> str:
        return f'<figure id="{block.name}">{caption}</figure>'

    # Figures are not computed here: a text that asks for a state is told that there is none.
    known = variables(article, [], {})
    values = Values(article, entries, project)
    return Prose(article, figure, values, place, variables=known).whole()


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Stop what hangs. Not a verdict on speed: a thousand times what an article takes."""

    def stop(*_: object) -> None:
        raise TimeoutError("still not done")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
