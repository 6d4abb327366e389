"""What can be wrong with a model's or a dataset's folder: each is named with its file and line."""

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from generator.code import functions
from generator.datasets import load_dataset
from generator.errors import DatasetError, GeneratorError, ModelError
from generator.models import load_model
from generator.places import place, toml_line

FOREIGN = Path(__file__).parent / "sites/foreign/models"
Harm = Callable[[Path], object]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOREIGN / "plain-mlp", tmp_path / "models/tiny"))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    source = FOREIGN / "datasets/small-digits"
    return Path(shutil.copytree(source, tmp_path / "models/datasets/small"))


def text(file: str, old: str, new: str) -> Harm:
    """Replace what a pattern matches in one file of the folder."""

    def harm(folder: Path) -> None:
        content, count = re.subn(old, new, (folder / file).read_text("utf8"), flags=re.MULTILINE)
        assert count == 1
        (folder / file).write_text(content, "utf8")

    return harm


def whole(file: str, content: str) -> Harm:
    return lambda folder: (folder / file).write_text(content, "utf8")


def gone(file: str) -> Harm:
    return lambda folder: (folder / file).unlink()


def vouched(folder: Path, file: str) -> None:
    """Let the card vouch for whatever the file holds now."""
    card = folder / "model.toml"
    digest = sha256((folder / file).read_bytes()).hexdigest()
    pattern = rf'(file = "{file}"\nsha256 = ")\w+'
    card.write_text(re.sub(pattern, rf"\g<1>{digest}", card.read_text("utf8")), "utf8")


def tensors(change: Callable[[dict[str, torch.Tensor]], object]) -> Harm:
    """Change the weights behind the card's back and let the card vouch for them."""

    def harm(folder: Path) -> None:
        weights = load_file(folder / "weights.safetensors")
        change(weights)
        save_file(weights, folder / "weights.safetensors")
        vouched(folder, "weights.safetensors")

    return harm


def no_tensors(folder: Path) -> None:
    (folder / "weights.safetensors").write_bytes(b"no tensors at all")
    vouched(folder, "weights.safetensors")


def cut(folder: Path) -> None:
    content = (folder / "weights.safetensors").read_bytes()
    (folder / "weights.safetensors").write_bytes(content[:-100])


MODEL = {
    "no card": (gone("model.toml"), "model.toml: model.toml is missing"),
    "not TOML": (text("model.toml", "^layers = ", "layers = = "), "model.toml:6: not TOML: "),
    "a field too few": (
        text("model.toml", "^license.*\n", ""),
        "model.toml:1: 'license' is missing: what ",
    ),
    "a field misspelt": (
        text("model.toml", "^license", "licence"),
        "model.toml:2: there is no field 'licence'\n  hint: did you mean 'license'?",
    ),
    "a field of another type": (
        text("model.toml", "^range = .*", 'range = "wide"'),
        "model.toml:4: range: Input should be a valid tuple",
    ),
    "a field of a table": (
        text("model.toml", r'(?<=^\[history\]\n)metrics = "history.json"', "metrics = 3"),
        "model.toml:15: history.metrics: Input should be a valid string",
    ),
    "a layer that is not built": (
        text("model.toml", '"bend1"', '"bend3"'),
        "model.toml:6: the card names a layer 'bend3' that the model does not have\n  hint: did",
    ),
    "another input shape": (
        text("model.toml", "^input = .*", "input = [3, 9, 9]"),
        "model.toml:3: model.py cannot take an input of shape (3, 9, 9): layer 'first' raises R",
    ),
    "an output too few": (
        text("model.toml", '"zero", ', ""),
        "model.toml:5: the card names 9 outputs, model.py answers 10",
    ),
    "no model.py": (gone("model.py"), "model.py: model.py is missing"),
    "model.py is not Python": (
        whole("model.py", "import torch\ndef build(:\n"),
        "model.py:2: not Python: invalid syntax",
    ),
    "no build": (whole("model.py", "x = 1\n"), "model.py: model.py defines no build()\n  hint: "),
    "build returns nothing": (
        whole("model.py", "# a model\ndef build():\n    pass\n"),
        "model.py:2: build() returns a NoneType, no nn.Module",
    ),
    "no weights": (
        gone("weights.safetensors"),
        "model.toml:10: weights.safetensors is missing\n  hint: run 'python ",
    ),
    "weights cut short": (cut, "model.toml:11: weights.safetensors has sha256 "),
    "weights are no tensors": (
        no_tensors,
        "model.toml:10: weights.safetensors is no safetensors file: ",
    ),
    "a weight of another shape": (
        tensors(lambda held: held.update({"first.bias": torch.zeros(41)})),
        "model.toml:10: first.bias has shape (41,) in weights.safetensors, model.py makes (40,)",
    ),
    "a weight too few": (
        tensors(lambda held: held.pop("second.bias")),
        "model.toml:10: weights.safetensors has no tensor 'second.bias', which model.py needs",
    ),
    "a weight too many": (
        tensors(lambda held: held.update({"third.bias": torch.zeros(4)})),
        "model.toml:10: weights.safetensors has a tensor 'third.bias' that has no place in ",
    ),
}


@pytest.mark.parametrize("case", MODEL)
def test_a_mistake_in_a_model_s_folder(model: Path, case: str) -> None:
    harm, message = MODEL[case]
    harm(model)
    with pytest.raises(ModelError) as problem:
        load_model(model)
    assert str(problem.value).startswith(f"models/tiny/{message}")


def no_steps(folder: Path) -> None:
    save_file({"first.bias": torch.zeros(40)}, folder / "history.safetensors")
    vouched(folder, "history.safetensors")


HISTORY = {
    "no metrics": (gone("history.json"), "model.toml:15: history.json is missing"),
    "metrics are not JSON": (whole("history.json", "[{\n"), "history.json:2: not JSON: "),
    "no checkpoints": (
        gone("history.safetensors"),
        "model.toml:18: history.safetensors is missing",
    ),
    "checkpoints without steps": (
        no_steps,
        "model.toml:18: history.safetensors has a tensor 'first.bias', which is not named STEP/",
    ),
}


@pytest.mark.parametrize("case", HISTORY)
def test_a_mistake_in_a_model_s_history(model: Path, case: str) -> None:
    harm, message = HISTORY[case]
    harm(model)
    loaded = load_model(model)
    with pytest.raises(ModelError) as problem:
        (loaded.metrics(), loaded.checkpoints())
    assert str(problem.value).startswith(f"models/tiny/{message}")


DATASET = {
    "no card": (gone("dataset.toml"), "dataset.toml: dataset.toml is missing"),
    "no file": (gone("small.png"), "dataset.toml:9: small.png is missing\n  hint: run 'python "),
    "another file": (
        lambda folder: (folder / "small.png").write_bytes(b""),
        "dataset.toml:10: small.png has sha256 e3b0c44298fc…, the card says ",
    ),
    "no loader": (gone("loader.py"), "loader.py: loader.py is missing"),
    "no load": (whole("loader.py", "x = 1\n"), "loader.py: loader.py defines no load()"),
    "another answer": (
        whole("loader.py", "\n\ndef load(file):\n    return {'images': 1}\n"),
        "loader.py:3: load() must return a dict with images, labels, train, test",
    ),
    "another shape": (
        text("dataset.toml", "^shape = .*", "shape = [1, 9, 9]"),
        "loader.py: examples have shape (1, 8, 8), the card says (1, 9, 9)",
    ),
}


@pytest.mark.parametrize("case", DATASET)
def test_a_mistake_in_a_dataset_s_folder(dataset: Path, case: str) -> None:
    harm, message = DATASET[case]
    harm(dataset)
    with pytest.raises(DatasetError) as problem:
        load_dataset(dataset)
    said = re.sub(r"(loader\.py):\d+(: examples)", r"\1\2", str(problem.value))
    assert said.startswith(f"models/datasets/small/{message}")


def test_charts_that_are_not_python_are_said_and_not_called_empty(tmp_path: Path) -> None:
    charts = tmp_path / "articles/slug/charts.py"
    charts.parent.mkdir(parents=True)
    charts.write_text("def one(sources):\n    return (\n")
    with pytest.raises(GeneratorError, match=r"^articles/slug/charts\.py:2: not Python: "):
        functions(charts)


def test_a_place_is_named_from_the_project_on() -> None:
    assert place(Path("/x/articles/a/index.md"), 4) == "articles/a/index.md:4"
    assert place(Path("/x/models/m/model.toml")) == "models/m/model.toml"
    assert place(Path("/x/models/datasets/d/loader.py")) == "models/datasets/d/loader.py"


def test_a_field_of_a_card_is_found_in_its_table() -> None:
    card = 'file = "a"\n[weights]\nfile = "b"\n\n[history.checkpoints]\nfile = "c"\n'
    assert toml_line(card, ("file",)) == 1
    assert toml_line(card, ("weights", "file")) == 3
    assert toml_line(card, ("history", "checkpoints", "file")) == 6
    assert toml_line(card, ("history", "checkpoints", "sha256")) == 5
    assert toml_line(card, ("absent",)) == 1
