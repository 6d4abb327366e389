"""One pass of a model over a dataset serves every figure that needs what its layers answer.

Seeded: a sample in the quick run, all of them with EXPLORABLE_TRIAL=1.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from generator.compute.activations import activations
from generator.compute.answers import Answers
from generator.compute.inputs import from_bytes
from generator.datasets import load_dataset
from generator.models import load_model
from tests.authorsite import FRONT, MODEL, build_here, make, replace, write

ROOT = Path(__file__).parents[1]
ARTICLE, CARD = "articles/slug/index.md", "models/tiny/model.toml"
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
TESTS = 150  # test examples of the dataset, which one batch holds
# Whoever runs the model leaves a line with the number of examples, beside the model's file.
COUNTING = MODEL.replace(
    "    def forward(self, x):\n",
    "    def forward(self, x):\n"
    "        if isinstance(x, torch.Tensor):\n"
    "            with open(__file__ + '.calls', 'a') as calls:\n"
    "                print(len(x), file=calls)\n",
).replace("from torch import nn", "import torch\nfrom torch import nn")
CHARTS = """import altair as alt

from generator.compute.answers import answers


def drawn(sources, *layers):
    asked = answers(sources, "tiny", "squares")
    asked.ask(layers)
    rows = [{"layer": layer, "mean": float(part.mean())}
            for layer in layers for part in asked.batches(layer)]
    chart = alt.Chart(alt.Data(values=rows), description="Means").mark_bar()
    return chart.encode(x=alt.X("layer:N"), y=alt.Y("mean:Q"))


def first(sources):
    return drawn(sources, "first")


def both(sources):
    return drawn(sources, "first", "second")
"""
CHART = ":::{{chart}}\n:name: fig-{0}-{1}\n:function: {0}\n:model: tiny\n:seed: {1}\n:::\n"
KINDS = [
    """:::{units}
:name: fig-units
:model: tiny
:layers: [first]
:steps: [0, 1]
:starts: 1
:examples: 1
:::

""",
    """:::{projector}
:name: fig-map
:model: tiny
:layers: [first]
:count: 60
:methods: [pca]
:perplexity: 8
:::

""",
    """:::{network}
:name: fig-network
:model: tiny
:layers: [first]
:::

""",
]


def article(project: Path, *charts: tuple[str, int]) -> None:
    """An article with charts, each by its function and seed, which here only tells them apart."""
    write(project, ARTICLE, FRONT + "\n".join(CHART.format(*one) for one in charts))


def passes(project: Path) -> int:
    """How often the model has been run on all test examples since this was last asked."""
    calls = project / "models/tiny/model.py.calls"
    said = calls.read_text().split() if calls.is_file() else []
    calls.unlink(missing_ok=True)
    return said.count(str(TESTS))


def payloads(project: Path) -> dict[str, bytes]:
    """Every file of the store, provenance aside."""
    store = project / ".explorable/store"
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in store.glob("[!.]*/*")
        if path.name != "provenance.json"
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make(tmp_path)
    write(tmp_path, "models/tiny/model.py", COUNTING)
    write(tmp_path, "articles/slug/charts.py", CHARTS)
    return tmp_path


def test_figures_of_several_kinds_on_one_layer_share_one_pass(project: Path) -> None:
    # Graphs and visualized units take long; a map and a chart are two kinds already.
    chosen = KINDS if TRIAL else KINDS[1:2]
    write(project, ARTICLE, FRONT + "".join(chosen) + CHART.format("first", 1))
    build_here(project)
    assert passes(project) == 1


def test_two_figures_on_one_layer_share_one_pass(project: Path) -> None:
    article(project, ("first", 1), ("first", 2))
    build_here(project)
    assert passes(project) == 1


def test_layers_that_are_asked_for_together_share_one_pass(project: Path) -> None:
    article(project, ("both", 1))
    build_here(project)
    assert passes(project) == 1


def test_a_later_build_runs_the_model_for_new_layers_only(project: Path) -> None:
    for asked, expected in (
        (("first", 1), 1),
        (("first", 2), 0),
        (("both", 1), 1),
        (("both", 2), 0),
    ):
        article(project, asked)
        build_here(project)
        assert passes(project) == expected


if TRIAL:

    def test_processes_that_come_at_once_run_the_model_once(project: Path) -> None:
        article(project, ("both", 1), ("both", 2), ("both", 3))
        command = [sys.executable, "-m", "generator", "build", "--root", str(project)]
        environment = {**os.environ, "EXPLORABLE_JOBS": "3"}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert passes(project) == 1


CHANGES: dict[str, Callable[[Path], None]] = {
    "model.py": lambda project: replace(project, "models/tiny/model.py", "nn.Tanh(", "nn.ReLU("),
    "card": lambda project: replace(project, CARD, "range = [-1.0, 1.0]", "range = [-2.0, 2.0]"),
    "loader": lambda project: replace(
        project,
        "models/datasets/squares/loader.py",
        "rows[:, 1:].reshape(-1, 1, 8, 8)",
        "255 - rows[:, 1:].reshape(-1, 1, 8, 8)",
    ),
}


CHANGED = list(CHANGES) if TRIAL else Random(0).sample(sorted(CHANGES), 1)


@pytest.mark.parametrize("change", [CHANGES[one] for one in CHANGED], ids=CHANGED)
def test_what_is_shared_follows_its_sources(
    project: Path, tmp_path_factory: pytest.TempPathFactory, change: Callable[[Path], None]
) -> None:
    """After an edit a figure is what a cold build makes of it, and what was shared is replaced."""
    article(project, ("first", 1))
    build_here(project)
    before = {path.name for path in (project / ".explorable/shared").iterdir()}
    passes(project)
    change(project)
    cold = Path(shutil.copytree(project, tmp_path_factory.mktemp("cold") / "project"))
    shutil.rmtree(cold / ".explorable")
    build_here(project)
    build_here(cold)
    assert passes(project) == passes(cold) == 1
    mine, fresh = payloads(project), payloads(cold)
    assert {name: mine[name] for name in fresh} == fresh
    after = {path.name for path in (project / ".explorable/shared").iterdir()}
    assert len(after) == len(before)
    assert not after & before


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone"] if TRIAL else ["flipped"])
def test_what_is_shared_and_damaged_is_computed_again(project: Path, harm: str) -> None:
    article(project, ("first", 1))
    build_here(project)
    before = payloads(project)
    kept = sorted((project / ".explorable/shared").glob("*/answers.npy"))[-1]
    content = kept.read_bytes()
    if harm == "gone":
        kept.unlink()
    else:
        kept.write_bytes(content[:-4] if harm == "cut" else content[:-4] + b"\0\0\0\0")
    passes(project)
    shutil.rmtree(project / ".explorable/store")
    build_here(project)
    assert passes(project) == 1
    assert payloads(project) == before
    assert kept.read_bytes() == content


class Memory:
    """Keeps answers as a project does, but in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, io.BytesIO] = {}

    def find(self, layer: str) -> np.ndarray | None:
        file = self.kept.get(layer)
        return np.load(io.BytesIO(file.getvalue())) if file else None

    def turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def keeping(self, layer: str) -> Iterator[io.BytesIO]:
        file = io.BytesIO()
        yield file
        self.kept[layer] = file


@pytest.mark.parametrize(
    ("keeper", "largest", "kept"),
    [(None, 10**9, None), (Memory(), 10**9, {"", "first"}), (Memory(), TESTS * 10 * 4, {""})],
    ids=["none", "all", "small ones"],
)
def test_answers_are_those_of_the_model_kept_or_not(
    project: Path, keeper: Memory | None, largest: int, kept: set[str] | None
) -> None:
    model = load_model(project / "models/tiny")
    data = load_dataset(project / "models/datasets/squares")
    shape, bounds = model.card.input, model.card.range
    asked = Answers(model.module, data.images, data.test, shape, bounds, keeper, largest)
    asked.ask(["first"])
    expected = activations(model.module, from_bytes(data.images[data.test], bounds), ["first"])
    assert (np.concatenate(list(asked.batches("first"))) == expected["first"]).all()
    with torch.no_grad():
        outputs = model.module(torch.from_numpy(from_bytes(data.images[data.test], bounds)))
    assert (asked.outputs() == outputs.numpy()).all()
    some = asked.of("first", data.test[[7, 3]])
    # Sums of 64 products of the order of 1, in another order where fewer are computed together.
    np.testing.assert_allclose(some, expected["first"][[7, 3]], rtol=0, atol=64 * 6e-8)
    with pytest.raises(IndexError, match="0 is no test example"):
        asked.of("first", np.array([0]))
    assert keeper is None or set(keeper.kept) == kept
