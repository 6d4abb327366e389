"""Each mistake in a card, a model, a loader or a chart gives one message with its file and line.

Seeded: a sample in the quick run, all of them with EXPLORABLE_TRIAL=1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.authorsite import build_here, make, refused, replace, sign, write

MODEL, LOADER = "models/tiny/model.py", "models/datasets/squares/loader.py"
CARD, DATASET = "models/tiny/model.toml", "models/datasets/squares/dataset.toml"
CHARTS, ARTICLE = "articles/slug/charts.py", "articles/slug/index.md"
WEIGHTS, HISTORY = "models/tiny/weights.safetensors", "models/tiny/history.json"

ROOT = Path(__file__).parents[1]
Harm = Callable[[Path], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make(tmp_path)
    return tmp_path


def swap(name: str, old: str, new: str) -> Harm:
    return lambda project: replace(project, name, old, new)


def text(name: str, content: str) -> Harm:
    return lambda project: write(project, name, content)


def lines(name: str, *content: str) -> Harm:
    return text(name, "\n".join(content) + "\n")


def loads(change: str) -> Harm:
    """The loader's parts, changed by one line of Python."""
    return lambda project: write(
        project,
        LOADER,
        (project / LOADER).read_text().replace("return {", "parts = {")
        + f"\n    {change}\n    return parts\n",
    )


def weights(name: str, value: float) -> Harm:
    def harm(project: Path) -> None:
        tensors = load_file(project / WEIGHTS)
        tensors[name].view(-1)[:2] = value
        save_file(tensors, project / WEIGHTS)
        sign(project)

    return harm


def checkpoints(name: str) -> Harm:
    def harm(project: Path) -> None:
        save_file({name: torch.zeros(1)}, project / "models/tiny/history.safetensors")
        sign(project)
        replace(project, CHARTS, "more = ", "model.checkpoints()\n    more = ")

    return harm


def no_tensors(project: Path) -> None:
    write(project, WEIGHTS, "PK")
    sign(project)


def pickled(project: Path) -> None:
    """A file of examples that runs a program when it is loaded."""
    np.savez(project / "models/datasets/squares/data.npz", images=np.array([{"a": 1}], object))
    replace(project, DATASET, "small.png", "data.npz")
    sign(project)
    write(
        project,
        LOADER,
        "import io\n\nimport numpy as np\n\n\ndef load(file):\n"
        "    with np.load(io.BytesIO(file), allow_pickle=True) as arrays:\n"
        "        return dict(arrays)\n",
    )


# The harm, and what the message starts with.
MISTAKES: dict[str, tuple[Harm, str]] = {
    # Cards
    "no TOML": (swap(CARD, 'license = "', "license = ="), f"{CARD}:2: not TOML: Invalid value"),
    "no text": (
        lambda project: (project / CARD).write_bytes(b"\xff\xfe"),  # type: ignore[func-returns-value]
        f"{CARD}:1: not UTF-8: invalid start byte",
    ),
    "nested without end": (
        text(CARD, "a = " + "[" * 100_000),
        f"{CARD}: not TOML: maximum recursion depth exceeded",
    ),
    "unknown field": (
        swap(CARD, "outputs =", "output ="),
        f"{CARD}:5: there is no field 'output'\n  hint: did you mean 'outputs'?",
    ),
    "unknown field of a table": (
        swap(CARD, "sha256 =", "sha265 ="),
        f"{CARD}:11: there is no field 'weights.sha265'\n  hint: did you mean 'sha256'?",
    ),
    "missing field": (
        swap(CARD, "license =", "# license ="),
        f"{CARD}:1: 'license' is missing: what may be done with it, and by whose word",
    ),
    "missing field of a table": (
        swap(CARD, "metrics =", "# metrics ="),
        f"{CARD}:14: 'history.metrics' is missing: JSON file: one row of metrics per epoch",
    ),
    "a field that is not the card's": (
        swap(CARD, "license =", 'folder = "/"\nlicense ='),
        f"{CARD}:2: there is no field 'folder'",
    ),
    "a text without end": (
        swap(CARD, "[measured]\n", '[measured]\na = """\n'),
        f"{CARD}:24: not TOML: Unterminated string",
    ),
    "a shape of nothing": (
        swap(CARD, "input = [1, 8, 8]", "input = [1, 0, 8]"),
        f"{CARD}:3: input.1: Input should be greater than 0",
    ),
    "a shape beyond all memory": (
        swap(CARD, "input = [1, 8, 8]", "input = [1, 80000, 80000]"),
        f"{CARD}:3: input: 6,400,000,000 numbers are too many for one example",
    ),
    "a range that descends": (
        swap(CARD, "[-1.0, 1.0]", "[1.0, -1.0]"),
        f"{CARD}:4: range: 1 is not below -1",
    ),
    "a range without end": (
        swap(CARD, "[-1.0, 1.0]", "[-1.0, inf]"),
        f"{CARD}:4: range.1: Input should be a finite number",
    ),
    "a layer named twice": (
        swap(CARD, '"second"', '"first"'),
        f"{CARD}:6: layers: 'first' stands twice",
    ),
    "a file outside": (
        swap(CARD, '"weights.safetensors"', '"../../secret"'),
        f"{CARD}:10: '../../secret' lies outside the folder",
    ),
    "a dataset that is not there": (
        swap(CARD, '"squares"', '"squarez"'),
        f"{CARD}:7: unknown dataset 'squarez'\n  hint: did you mean 'squares'?",
    ),
    "a file that is not there": (
        swap(CARD, "layers =", 'files = ["a.csv"]\nlayers ='),
        f"{CARD}:6: a.csv is missing",
    ),
    # model.py
    "model.py is no Python": (swap(MODEL, "class Net(", "class Net(("), f"{MODEL}:6: not Python:"),
    "model.py imports what is not there": (
        swap(MODEL, "from torch import", "from torhc import"),
        f"{MODEL}:3: raises ModuleNotFoundError: No module named 'torhc'",
    ),
    "no build": (swap(MODEL, "def build", "def made"), f"{MODEL}: model.py defines no build()"),
    "build raises": (
        swap(MODEL, "return Net()", "return Net(1 / 0)"),
        f"{MODEL}:18: build() raises ZeroDivisionError: division by zero",
    ),
    "build asks for more": (
        swap(MODEL, "def build()", "def build(size)"),
        f"{MODEL}:17: build() raises TypeError: build() missing 1 required positional argument",
    ),
    "build ends the program": (
        swap(MODEL, "return Net()", "raise SystemExit(0)"),
        f"{MODEL}:18: build() raises SystemExit: 0",
    ),
    "build gives no module": (
        swap(MODEL, "return Net()", "return 3"),
        f"{MODEL}:17: build() returns a int, no nn.Module",
    ),
    "forward raises": (
        swap(MODEL, "return self.logits", "return self.logit"),
        f"{MODEL}:14: forward() raises AttributeError: 'Net' object has no attribute 'logit'",
    ),
    "forward does not fit the input": (
        swap(CARD, "input = [1, 8, 8]", "input = [1, 9, 9]"),
        f"{MODEL}:13: forward() raises RuntimeError: mat1 and mat2 shapes cannot be multiplied",
    ),
    "forward gives no tensor": (
        swap(MODEL, "return self.logits", "return self.logits,"),
        f"{MODEL}:12: the answer is a tuple, not a tensor",
    ),
    "forward mixes examples": (
        swap(MODEL, "(self.second(x)))", "(self.second(x))).flatten()[None]"),
        f"{MODEL}:12: two examples together get an answer of shape (1, 20)",
    ),
    "forward raises for a batch only": (
        swap(MODEL, "forward(self, x):\n", "forward(self, x):\n        1 / (len(x) - 150)\n"),
        f"{MODEL}:13: bars() raises ZeroDivisionError",
    ),
    "outputs without a name": (
        swap(CARD, '"nine"]', "]"),
        f"{CARD}:5: the card names 9 outputs, model.py answers 10",
    ),
    "model.py reads an undeclared file": (
        swap(MODEL, "def build():", "def build():\n    open(__file__[:-8] + 'train.py')"),
        f"{MODEL}:18: reads models/tiny/train.py, whose changes nobody would notice\n"
        "  hint: import it by its full name",
    ),
    # Weights and history
    "weights that are not numbers": (
        weights("first.bias", float("nan")),
        f"{CARD}:10: first.bias in weights.safetensors has 2 of 40 numbers not finite",
    ),
    "weights that are no safetensors": (
        no_tensors,
        f"{CARD}:10: weights.safetensors is no safetensors file:",
    ),
    "a history that is no JSON": (text(HISTORY, "[\n{]"), f"{HISTORY}:2: not JSON:"),
    "a history with no number": (
        swap(HISTORY, '"step": 15', '"step": NaN'),
        f"{HISTORY}: not JSON: NaN is no number that a page can show",
    ),
    "a history of another kind": (
        text(HISTORY, '{"a": 1}'),
        f"{HISTORY}: not a list with one object per epoch",
    ),
    "checkpoints of another kind": (
        checkpoints("first.bias"),
        f"{CARD}:18: history.safetensors has a tensor 'first.bias', which is not named STEP",
    ),
    # loader.py
    "loader.py is no Python": (swap(LOADER, "def load(", "def load(("), f"{LOADER}:13: not Python"),
    "no load": (swap(LOADER, "def load", "def made"), f"{LOADER}: loader.py defines no load()"),
    "load raises": (
        swap(LOADER, "rows = ", "rows = file.rows"),
        f"{LOADER}:15: load() raises AttributeError: 'bytes' object has no attribute 'rows",
    ),
    "load returns something else": (
        loads("parts = list(parts)"),
        f"{LOADER}:13: load() must return a dict with images, labels, train, test",
    ),
    "load leaves something out": (
        loads("parts['tset'] = parts.pop('test')"),
        f"{LOADER}:13: load() must return a dict with images, labels, train, test",
    ),
    "no array": (loads("parts['test'] = [1]"), f"{LOADER}:13: 'test' is a list, not an array"),
    "images of another type": (
        loads("parts['images'] = parts['images'] / 255"),
        f"{LOADER}:13: images are float64, not uint8 from 0 to 255",
    ),
    "images of another shape": (
        loads("parts['images'] = parts['images'][:, 0]"),
        f"{LOADER}:13: examples have shape (8, 8), the card says (1, 8, 8)",
    ),
    "fewer labels": (
        loads("parts['labels'] = parts['labels'][1:]"),
        f"{LOADER}:13: 600 examples have labels of shape (599,)",
    ),
    "labels of no class": (
        loads("parts['labels'][3] = 10"),
        f"{LOADER}:13: labels run from 0 to 10, the card has 10 classes",
    ),
    "labels that are no numbers": (
        loads("parts['labels'] = parts['labels'].astype(str)"),
        f"{LOADER}:13: labels is <U",
    ),
    "examples that are not there": (
        loads("parts['test'] = parts['test'] + 1"),
        f"{LOADER}:13: test runs from 451 to 600, but there are 600 images",
    ),
    "examples in both parts": (
        loads("parts['train'][7] = 460"),
        f"{LOADER}:13: example 460 is in train and in test",
    ),
    "nothing to test": (
        loads("parts['test'] = parts['test'][:0]"),
        f"{LOADER}:13: test is empty",
    ),
    "a pickle": (pickled, f"{LOADER}:8: reads a pickle, which could run anything"),
    # charts.py
    "charts.py is no Python": (
        swap(CHARTS, "import altair as alt", "import altair as"),
        f"{CHARTS}:3: not Python: invalid syntax",
    ),
    "charts.py with bytes of nothing": (
        swap(CHARTS, "def bars(", "\0def bars("),
        f"{CHARTS}: not Python: source code string cannot contain null bytes",
    ),
    "charts.py raises": (
        swap(CHARTS, "import altair as alt", "import altair as alt\nalt.nothing"),
        f"{CHARTS}:4: raises AttributeError: module 'altair' has no attribute 'nothing'",
    ),
    "a chart raises": (
        swap(CHARTS, "return chart", "return charts"),
        f"{CHARTS}:17: bars() raises NameError: name 'charts' is not defined",
    ),
    "a chart takes nothing": (
        swap(CHARTS, "def bars(sources)", "def bars()"),
        f"{CHARTS}:9: bars() raises TypeError: bars() takes 0 positional arguments",
    ),
    "no chart": (swap(CHARTS, "return chart", "return 3 or chart"), f"{ARTICLE}:9: bars() returns"),
    "a chart that is not valid": (
        swap(CHARTS, "mark_bar()", "mark_bar(color=3)"),
        f"{CHARTS}:17: bars() raises SchemaValidationError: '3' is an invalid value for `color`",
    ),
    "a chart of what JSON cannot say": (
        swap(CHARTS, '"count": int(', '"count": 1j * int('),
        f"{ARTICLE}:9: bars() draws what no page can show: ",
    ),
    "a chart of no number": (
        swap(CHARTS, '"count": int(', '"count": float("inf") * int('),
        f"{ARTICLE}:9: bars() draws a number that is not finite",
    ),
    "a chart that the renderer does not take": (
        swap(CHARTS, "return chart", "return chart.transform_calculate(a='datum.(')"),
        f"{ARTICLE}:9: the chart cannot be drawn: ",
    ),
    "a chart with a field of no type": (
        swap(CHARTS, '"count:Q"', '"count"'),
        f"{ARTICLE}:9: bars() makes a chart that is not valid",
    ),
    "a model that the block does not name": (
        swap(CHARTS, 'sources.model("tiny")', 'sources.model("tony")'),
        f"{ARTICLE}:9: model 'tony' is asked for, but the block does not declare it",
    ),
    "a file that the block does not name": (
        swap(CHARTS, '"rows.csv"', '"cols.csv"'),
        f"{ARTICLE}:9: file 'cols.csv' is asked for, but the block does not declare it",
    ),
    "a file that nobody declared": (
        swap(CHARTS, "more = ", "open(__file__[:-9] + 'references.bib')\n    more = "),
        f"{CHARTS}:13: reads articles/slug/references.bib, whose changes nobody would notice\n"
        "  hint: name it in the block's option 'files'",
    ),
}  # fmt: skip


TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
TRIED = list(MISTAKES) if TRIAL else sorted(Random(0).sample(sorted(MISTAKES), 30))


@pytest.mark.parametrize(("harm", "message"), [MISTAKES[one] for one in TRIED], ids=TRIED)
def test_a_mistake_is_said_once_with_its_place(project: Path, harm: Harm, message: str) -> None:
    harm(project)
    assert refused(project).startswith(message)


BUGS = [
    # Code of ours that the author's own function calls.
    ("generator/compute/guesses.py", "    sure, guess = (numbers"),
    ("generator/figures/chart.py", "    chart = sources.function(function)"),
    ("generator/datasets.py", '    images = parts["images"]'),
]


@pytest.mark.parametrize(("name", "old"), BUGS if TRIAL else BUGS[:1])
def test_a_bug_of_ours_keeps_its_traceback(project: Path, name: str, old: str) -> None:
    """The generator is copied aside and a bug is planted there."""
    shutil.copytree(ROOT / "generator", project / "ours/generator")
    shutil.copytree(ROOT / "templates", project / "ours/templates")
    replace(project / "ours", name, old, f"    1 / 0\n{old}")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--root", str(project)], check=False,
        cwd=project / "ours", env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert f"/ours/{name}" in done.stderr
    assert done.stderr.rstrip().endswith("ZeroDivisionError: division by zero")
    assert (project / "site/index.html").read_text() == "old"


def test_without_a_mistake_it_builds(project: Path) -> None:
    build_here(project)
    assert "Guesses" in (project / "site/articles/slug/index.html").read_text()
