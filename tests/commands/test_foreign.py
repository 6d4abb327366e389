"""explorable new model --from-onnx: somebody's graph becomes a figure."""

import io
import json
import shutil
import warnings
from pathlib import Path

import pytest
import torch
from torch import nn

from generator.models import load_model
from tests.author import FOREIGN, Author

MODELS = Path(__file__).parents[2] / "models"
NETWORK = ":::{network}\n:name: fig-net\n:model: tiles-net\nDraw.\n:::\n\n"


def exported(module: nn.Module, shape: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(module, (torch.rand(1, *shape),), file, dynamo=False)
    return file.getvalue()


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Author, str]:
    """A graph file, the pictures that it reads, and the model made of both, with what was said."""
    author = Author(tmp_path_factory.mktemp("brought"))
    author.model("colour-tiles", "tiles")
    model = load_model(FOREIGN / "colour-tiles")
    (author.folder / "theirs.onnx").write_bytes(exported(model.module, model.card.input))
    options = ("--from-onnx", "theirs.onnx", "--dataset", "tiles")
    return author, author.run("new", "model", "tiles-net", *options)


@pytest.fixture
def author(brought: tuple[Author, str], tmp_path: Path) -> Author:
    """Someone with that folder, to do with it as they like."""
    folder = tmp_path / "own"
    shutil.copytree(brought[0].folder, folder)
    return Author(folder)


@pytest.mark.long
def test_a_graph_becomes_a_model_that_is_drawn_and_computed(
    author: Author, brought: tuple[Author, str]
) -> None:
    said = brought[1]
    assert "agrees with onnxruntime within" in said
    assert "every kind that needs no training history can show it" in said
    folder = author.folder / "models/tiles-net"
    assert sorted(path.name for path in folder.iterdir()) == ["model.onnx", "model.toml"]
    author.article("one", NETWORK)
    author.run("build", "--strict")
    (parts,) = json.loads((author.folder / ".explorable/built.json").read_text()).values()
    assert {"file models/tiles-net/model.onnx", "code generator/foreign/operators.py"} <= {*parts}
    assert not [part for part in parts if "tiles-net/model.py" in part]
    # The card's classes are the dataset's, and the accuracy is what the original reaches.
    found = load_model(folder)
    original = load_model(FOREIGN / "colour-tiles")
    assert found.card.outputs == original.card.outputs
    given = torch.rand(3, *original.card.input)
    torch.testing.assert_close(found.module(given), original.module(given), rtol=1e-4, atol=1e-5)


def test_a_file_that_is_not_the_card_s_stops_the_build(author: Author) -> None:
    author.article("one", NETWORK)
    file = author.folder / "models/tiles-net/model.onnx"
    file.write_bytes(file.read_bytes() + b" ")
    assert "sha256" in author.run("build", status=1)


def test_a_graph_that_cannot_be_read_leaves_nothing_behind(author: Author) -> None:
    class Odd(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.erf(x.flatten(1))

    (author.folder / "odd.onnx").write_bytes(exported(Odd(), (1, 4, 4)))
    said = author.run("new", "model", "odd", "--from-onnx", "odd.onnx", status=1)
    assert said.startswith("odd.onnx: the node '/Erf' does Erf; read are ")
    assert "write the model as model.py instead" in said
    assert not (author.folder / "models/odd").exists()
    (author.folder / "odd.onnx").write_text("a text")
    said = author.run("new", "model", "odd", "--from-onnx", "odd.onnx", status=1)
    assert said.startswith("odd.onnx: this is no ONNX file")


@pytest.mark.long
def test_a_figure_that_needs_a_history_says_so(author: Author) -> None:
    author.article("one", ":::{chart}\n:name: fig-a\n:model: tiles-net\n:history: loss\nC.\n:::\n")
    said = author.run("build", status=1)
    assert "articles/one/index.md:7: tiles-net has no history" in said


@pytest.mark.long
def test_a_graph_that_measures_takes_over_what_its_dataset_measures(author: Author) -> None:
    shutil.copytree(MODELS / "datasets/roads", author.folder / "models/datasets/roads")
    original = load_model(MODELS / "road-steer")
    content = exported(original.module, original.card.input)
    (author.folder / "steer.onnx").write_bytes(content)
    author.run("new", "model", "steer", "--from-onnx", "steer.onnx", "--dataset", "roads")
    card = load_model(author.folder / "models/steer").card
    assert card.quantity == original.card.quantity
    assert card.outputs == ("steering angle",)
    said = author.run(
        "new", "model", "two", "--from-onnx", "theirs.onnx", "--dataset", "roads", status=1
    )
    assert "have shape (3, 48, 96) and one steering angle, theirs.onnx reads" in said
    # The network that `new model` starts tells classes apart, and says so.
    said = author.run("new", "model", "mine", "--dataset", "roads", status=1)
    assert "'roads' measures steering angle and has no classes to tell apart" in said
    assert not (author.folder / "models/mine").exists()
    # Unasked, it takes a dataset that has them, though "roads" comes before "tiles".
    author.run("new", "model", "mine")
    assert 'dataset = "tiles"' in (author.folder / "models/mine/model.toml").read_text("utf8")
