"""A small site to make mistakes in: a chart of the author's own, a model and its dataset."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator import sources
from generator.build import build
from generator.code import Code
from generator.errors import GeneratorError
from generator.keys import key
from generator.project import Project
from generator.read import read
from generator.report import Report
from generator.resolve import resolve
from generator.sign import sign as signed
from generator.store import Store
from generator.task import task

FOREIGN = Path(__file__).parent / "sites/foreign/models"
FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n\n"
ARTICLE = """As {cite}`known` has shown, {value}`model/tiny/measured.test_accuracy | .1%` are right.

:::{chart}
:name: fig-own
:function: bars
:model: tiny
:dataset: squares
:files: [rows.csv]
:::

:::{chart}
:name: fig-history
:model: tiny
:history: loss
:::
"""
CHARTS = '''"""A chart that uses all that its block names."""

import altair as alt

from generator.compute.answers import answers
from generator.compute.guesses import guesses


def bars(sources):
    """How often each class is guessed."""
    model, data = sources.model("tiny"), sources.dataset("squares")
    guess, _ = guesses(answers(sources, "tiny", "squares").outputs())
    more = [float(word) for word in sources.file("rows.csv").read_text().split()]
    rows = [{"class": name, "count": int((guess == i).sum()) + more[0]}
            for i, name in enumerate(data.card.classes)]
    chart = alt.Chart(alt.Data(values=rows), description="Guesses")
    return chart.mark_bar().encode(x=alt.X("class:N"), y=alt.Y("count:Q"))
'''
MODEL = '''"""A perceptron with a forward of its own."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.spread, self.first, self.bend1 = nn.Flatten(), nn.Linear(64, 40), nn.Tanh()
        self.second, self.bend2, self.logits = nn.Linear(40, 24), nn.Tanh(), nn.Linear(24, 10)

    def forward(self, x):
        x = self.bend1(self.first(self.spread(x)))
        return self.logits(self.bend2(self.second(x)))


def build():
    return Net()
'''
BIBLIOGRAPHY = """@article{known,
  author = {G{\\"o}del, Kurt and Noether, Emmy and others},
  title = {On the {Foundations} of Drawing},
  journal = {Annals of Pictures},
  year = {1999},
  doi = {10.1000/xyz123},
}
"""


def make(folder: Path) -> None:
    """Write the project, with an old site in place."""
    shutil.copytree(FOREIGN / "plain-mlp", folder / "models/tiny")
    data = re.compile(r'^dataset = "(.+)"$', re.MULTILINE)
    card = (folder / "models/tiny/model.toml").read_text()
    found = data.search(card)
    assert found is not None
    shutil.copytree(FOREIGN / "datasets" / found.group(1), folder / "models/datasets/squares")
    write(folder, "models/tiny/model.toml", data.sub('dataset = "squares"', card))
    write(folder, "models/tiny/model.py", MODEL)
    write(folder, "articles/slug/index.md", FRONT + ARTICLE)
    write(folder, "articles/slug/charts.py", CHARTS)
    write(folder, "articles/slug/rows.csv", "1 2 3")
    write(folder, "articles/slug/references.bib", BIBLIOGRAPHY)
    write(folder, "site/index.html", "old")


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of the project and the folders on the way."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf8")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    """Edit a file; what is replaced must be there."""
    text = (folder / name).read_text("utf8")
    assert old in text
    write(folder, name, text.replace(old, new))


def sign(folder: Path) -> None:
    """Write into the cards what their files are now, so that only their contents can be wrong."""
    for card in (*folder.glob("models/*/model.toml"), *folder.glob("models/datasets/*/*.toml")):
        signed(card.parent)


def build_here(folder: Path) -> None:
    """Build, with every figure computed in this process: hundreds of builds share one PyTorch."""
    sources._model.cache_clear()
    sources._dataset.cache_clear()
    project = Project(folder)
    store = Store(project.store)
    code = Code(store.code)
    articles = read(project)
    figures = [resolve(block, article, project) for article in articles for block in article.blocks]
    keys = [key(figure, code) for figure in figures]
    code.keep()
    for figure, known in zip(figures, keys, strict=True):
        if store.find(known) is None:
            task(figure, known, store)
    build(project, Report())


def refused(folder: Path) -> str:
    """What a build in this process says that must fail; the old site must be as it was."""
    try:
        build_here(folder)
    except GeneratorError as problem:
        assert (folder / "site/index.html").read_text() == "old"
        assert sorted(path.name for path in folder.glob(".*")) in ([], [".explorable"])
        return str(problem)
    raise AssertionError("the build succeeded")
