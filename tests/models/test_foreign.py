"""The three strangers load, read their own examples, and are as unlike our net as they claim."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from generator.datasets import load_dataset
from generator.models import load_model

ROOT = Path(__file__).parents[2]
FOREIGN = ROOT / "tests/sites/foreign/models"
NAMES = sorted(path.parent.name for path in FOREIGN.glob("*/model.toml"))


def test_there_are_three() -> None:
    assert NAMES == ["colour-tiles", "plain-mlp", "residual-net"]


@pytest.mark.parametrize("name", NAMES)
def test_the_card_s_accuracy_is_what_the_weights_reach(name: str) -> None:
    model = load_model(FOREIGN / name)
    dataset = load_dataset(FOREIGN / "datasets" / model.card.dataset)
    assert dataset.card.shape == model.card.input
    assert dataset.card.classes == model.card.outputs
    low, high = model.card.range
    images = low + torch.from_numpy(dataset.images[dataset.test]).float() / 255 * (high - low)
    right = model.module(images).argmax(1) == torch.from_numpy(dataset.labels[dataset.test])
    reached = float(right.double().mean())
    assert reached == pytest.approx(model.card.measured["test_accuracy"], abs=5e-6)  # five decimals
    assert reached > 0.85


@pytest.mark.parametrize("name", NAMES)
def test_train_and_test_share_no_picture(name: str) -> None:
    dataset = load_dataset(FOREIGN / "datasets" / load_model(FOREIGN / name).card.dataset)
    train = {dataset.images[i].tobytes() for i in dataset.train}
    assert not train & {dataset.images[i].tobytes() for i in dataset.test}
    assert dataset.images.flags.writeable  # torch warns about pictures that are not


@pytest.mark.parametrize("name", NAMES)
def test_no_layer_and_no_size_is_ours(name: str) -> None:
    ours, theirs = load_model(ROOT / "models/digits-cnn").card, load_model(FOREIGN / name).card
    assert set(theirs.layers) & set(ours.layers) <= {"logits"}
    assert theirs.input != ours.input
    assert theirs.outputs != ours.outputs
    assert (FOREIGN / name / theirs.weights.file).stat().st_size < 150_000


def test_between_them_they_have_what_ours_has_not() -> None:
    nets = {name: load_model(FOREIGN / name) for name in NAMES}
    kinds = {name: {type(part) for part in net.module.modules()} for name, net in nets.items()}
    assert {nn.BatchNorm2d, nn.AdaptiveAvgPool2d, nn.Identity} <= kinds["residual-net"]
    assert nn.Conv2d not in kinds["plain-mlp"]
    assert nets["plain-mlp"].card.range == (-1.0, 1.0)
    convolutions = [p for p in nets["colour-tiles"].module.modules() if isinstance(p, nn.Conv2d)]
    assert [c.groups for c in convolutions] == [1, 8, 1]
    assert [c.stride for c in convolutions] == [(2, 2), (1, 1), (2, 2)]
    assert nets["colour-tiles"].checkpoints() == {}
    assert nets["colour-tiles"].metrics() == []


@pytest.mark.parametrize("name", ["plain-mlp", "residual-net"])
def test_a_history_ends_with_the_weights(name: str) -> None:
    model = load_model(FOREIGN / name)
    checkpoints = model.checkpoints()
    last = model.metrics()[-1]
    assert list(checkpoints)[0] == 0
    assert list(checkpoints)[-1] == last["step"]
    assert last["test_accuracy"] == model.card.measured["test_accuracy"]
    for parameter, tensor in model.weights.items():
        assert torch.equal(checkpoints[last["step"]][parameter], tensor.half().float())
