"""The committed weights, figures and history are what the recipe makes."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import Tensor
from torch.nn import functional

from generator.datasets import load_dataset
from generator.errors import ModelError
from generator.models import Model, load_model
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/digits-cnn"


@pytest.fixture(scope="module")
def digits_cnn() -> Model:
    return load_model(FOLDER)


@pytest.fixture(scope="module")
def tested() -> tuple[Tensor, Tensor]:
    dataset = load_dataset(ROOT / "models/datasets/digits")
    images = torch.from_numpy(dataset.images[dataset.test]).float() / 255
    return images, torch.from_numpy(dataset.labels[dataset.test])


def accuracy(model: Model, weights: dict[str, Tensor], tested: tuple[Tensor, Tensor]) -> float:
    answers = torch.func.functional_call(model.module, weights, tested[0])
    return float((answers.argmax(1) == tested[1]).double().mean())


def test_the_card_s_accuracy_is_what_the_weights_reach(
    digits_cnn: Model, tested: tuple[Tensor, Tensor]
) -> None:
    reached = accuracy(digits_cnn, digits_cnn.weights, tested)
    assert reached == pytest.approx(digits_cnn.card.measured["test_accuracy"], abs=1e-9)
    assert reached >= 0.98


def test_the_first_twenty_steps_of_the_recipe_give_the_committed_losses() -> None:
    train = load_module(FOLDER / "train.py", ModelError)
    threads = torch.get_num_threads()
    try:
        found = [step.loss for step in islice(train.steps(*train.begin()), 20)]
    finally:
        torch.set_num_threads(threads)
    committed = json.loads((FOLDER / "first-steps.json").read_text("utf8"))
    # Another processor adds in another order; without its vector units ours moved them by 2e-7.
    assert found == pytest.approx(committed, rel=2e-6)


def test_the_history_starts_untrained_and_ends_with_the_weights(
    digits_cnn: Model, tested: tuple[Tensor, Tensor]
) -> None:
    checkpoints = digits_cnn.checkpoints()
    rows = digits_cnn.metrics()
    assert list(checkpoints) == sorted(checkpoints)
    assert next(iter(checkpoints)) == 0
    last = list(checkpoints)[-1]
    assert last == rows[-1]["step"]
    for name, tensor in digits_cnn.weights.items():
        assert torch.equal(checkpoints[last][name], tensor.half().float())
    assert accuracy(digits_cnn, checkpoints[0], tested) < 0.3
    # Half precision moves no answer by more than a picture or two.
    assert accuracy(digits_cnn, checkpoints[last], tested) == pytest.approx(
        rows[-1]["test_accuracy"], abs=0.001
    )


def test_the_last_row_of_the_history_is_the_card_s_measure(
    digits_cnn: Model, tested: tuple[Tensor, Tensor]
) -> None:
    rows = digits_cnn.metrics()
    assert [row["epoch"] for row in rows] == list(range(1, len(rows) + 1))
    with torch.no_grad():
        loss = float(functional.cross_entropy(digits_cnn.module(tested[0]), tested[1]))
    assert rows[-1]["test_loss"] == pytest.approx(loss, abs=1e-5)  # five decimals are kept
    assert rows[-1]["test_accuracy"] == digits_cnn.card.measured["test_accuracy"]
    assert rows[-1]["test_loss"] < rows[0]["test_loss"]


def test_checkpoints_are_ten_in_even_strides_of_the_logarithm_and_halves() -> None:
    content = (FOLDER / "history.safetensors").read_bytes()
    stored = safetensors.torch.load(content)
    assert {tensor.dtype for tensor in stored.values()} == {torch.float16}
    kept = sorted({int(name.split("/")[0]) for name in stored})
    recipe = load_module(FOLDER / "train.py", ModelError)
    last = recipe.EPOCHS * (8000 // recipe.BATCH)
    assert kept == [0, *(round(last ** (k / 9)) for k in range(10))]


def test_there_is_a_row_of_metrics_for_every_epoch(digits_cnn: Model) -> None:
    rows = digits_cnn.metrics()
    assert len(rows) == load_module(FOLDER / "train.py", ModelError).EPOCHS
    wanted = {"epoch", "step", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}
    assert all(row.keys() == wanted for row in rows)


def test_every_step_of_the_forward_pass_is_a_layer_that_the_card_names(digits_cnn: Model) -> None:
    ran: list[str] = []
    for name, layer in digits_cnn.module.named_modules():
        if name:
            layer.register_forward_hook(lambda *_, name=name: ran.append(name))
    digits_cnn.module(torch.zeros(1, *digits_cnn.card.input))
    assert tuple(ran) == digits_cnn.card.layers


def test_the_weights_are_few(digits_cnn: Model) -> None:
    assert (FOLDER / "weights.safetensors").stat().st_size < 1_000_000
    count = sum(tensor.numel() for tensor in digits_cnn.weights.values())
    assert f"{count:,} weights" in (FOLDER / "model.py").read_text("utf8")
