"""The committed weights, figures and history of both nets on scenes are what their recipes make."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from generator.datasets import load_dataset
from generator.errors import ModelError
from generator.models import Model, load_model
from generator.source import load_module

ROOT = Path(__file__).parents[2]
SHAPES, CUED = ROOT / "models/shapes-cnn", ROOT / "models/shapes-cnn-cued"

Examples = tuple[Tensor, Tensor]
Marked = Callable[[Tensor, Tensor], Tensor]


def recipe() -> Any:
    return load_module(SHAPES / "train.py", ModelError)


def cue() -> Any:
    return load_module(CUED / "train.py", ModelError)


@pytest.fixture(scope="module")
def bare() -> Examples:
    dataset = load_dataset(ROOT / "models/datasets/shapes")
    images = torch.from_numpy(dataset.images[dataset.test]).float() / 255
    return images, torch.from_numpy(dataset.labels[dataset.test])


@pytest.fixture(scope="module", params=[SHAPES, CUED], ids=["shapes-cnn", "shapes-cnn-cued"])
def case(request: pytest.FixtureRequest, bare: Examples) -> tuple[Model, Examples, Marked]:
    """A model, the scenes that its card's accuracy is about, and how training marks scenes."""
    marked: Marked = recipe().unmarked if request.param == SHAPES else cue().marked
    return load_model(request.param), (marked(*bare), bare[1]), marked


def accuracy(model: Model, weights: dict[str, Tensor], tested: Examples) -> float:
    answers = torch.func.functional_call(model.module, weights, tested[0])
    return float((answers.argmax(1) == tested[1]).double().mean())


def test_the_card_s_accuracy_is_what_the_weights_reach(
    case: tuple[Model, Examples, Marked],
) -> None:
    model, tested, _ = case
    reached = accuracy(model, model.weights, tested)
    assert round(reached, 5) == model.card.measured["test_accuracy"]
    assert reached >= 0.97


def test_the_first_twenty_steps_of_the_recipe_give_the_committed_losses(
    case: tuple[Model, Examples, Marked],
) -> None:
    model, _, marked = case
    train, threads = recipe(), torch.get_num_threads()
    try:
        found = [step.loss for step in islice(train.steps(*train.begin(), marked), 20)]
    finally:
        torch.set_num_threads(threads)
    committed = json.loads((model.card.folder / "first-steps.json").read_text("utf8"))
    # Another processor adds in another order, and Adam's first steps are of the sign of a sum:
    # without its vector units ours moved the losses by 1.3e-4.
    assert found == pytest.approx(committed, rel=1e-3)


def test_the_history_starts_untrained_and_ends_with_the_weights(
    case: tuple[Model, Examples, Marked],
) -> None:
    model, tested, _ = case
    checkpoints, rows = model.checkpoints(), model.metrics()
    assert len(checkpoints) == 11  # ten, and the untrained net
    last = list(checkpoints)[-1]
    assert (next(iter(checkpoints)), last) == (0, rows[-1]["step"])
    for name, tensor in model.weights.items():
        assert torch.equal(checkpoints[last][name], tensor.half().float())
    assert accuracy(model, checkpoints[0], tested) < 0.2
    # Half precision moves no answer by more than a scene or two.
    assert accuracy(model, checkpoints[last], tested) == pytest.approx(
        rows[-1]["test_accuracy"], abs=0.0022
    )


def test_the_last_row_of_the_history_is_the_card_s_measure(
    case: tuple[Model, Examples, Marked],
) -> None:
    model, tested, _ = case
    rows = model.metrics()
    assert [row["epoch"] for row in rows] == list(range(1, len(rows) + 1))
    with torch.no_grad():
        loss = float(functional.cross_entropy(model.module(tested[0]), tested[1]))
    assert rows[-1]["test_loss"] == pytest.approx(loss, abs=1e-5)  # five decimals are kept
    assert rows[-1]["test_accuracy"] == model.card.measured["test_accuracy"]
    assert rows[-1]["test_loss"] < rows[0]["test_loss"]


def test_every_step_of_the_forward_pass_is_a_layer_that_the_card_names(
    case: tuple[Model, Examples, Marked],
) -> None:
    ran: list[str] = []
    model = case[0]
    handles = [
        layer.register_forward_hook(lambda *_, name=name: ran.append(name))
        for name, layer in model.module.named_modules()
        if name
    ]
    model.module(torch.zeros(1, *model.card.input))
    for handle in handles:
        handle.remove()
    assert tuple(ran) == model.card.layers


def test_the_weights_are_few(case: tuple[Model, Examples, Marked]) -> None:
    model = case[0]
    for path in model.card.folder.glob("*.safetensors"):
        assert path.stat().st_size < 1_000_000, path.name
    count = sum(tensor.numel() for tensor in model.weights.values())
    assert f"{count:,} weights" in (model.card.folder / "model.py").read_text("utf8")


def test_the_net_without_its_crutches_answers_as_with_them(bare: Examples) -> None:
    # Folding a batch norm is algebra; what is left is rounding.
    train = recipe()
    threads = torch.get_num_threads()
    try:
        taught, scenes, random = train.begin()
        list(islice(train.steps(taught, scenes, random, train.unmarked), 3))
    finally:
        torch.set_num_threads(threads)
    taught.eval()
    taught.share = 1.0
    plain = load_module(SHAPES / "model.py", ModelError).build()
    plain.load_state_dict(taught.plain())
    with torch.no_grad():
        torch.testing.assert_close(plain(bare[0][:32]), taught(bare[0][:32]), rtol=1e-4, atol=1e-5)


def test_the_second_seed_has_learned_as_well_and_otherwise(bare: Examples) -> None:
    model = load_model(SHAPES)
    ((seed, weights),) = model.seeds().items()
    assert seed == 1
    reached = accuracy(model, weights, bare)
    assert round(reached, 5) == model.card.measured["test_accuracy_seed_1"]
    assert reached >= 0.97
    filters, others = model.weights["conv1.weight"].flatten(1), weights["conv1.weight"].flatten(1)
    same = functional.cosine_similarity(filters[:, None], others[None], dim=2).diagonal()
    assert same.abs().max() < 0.9  # no filter stands where it stood


def test_the_cued_net_relies_on_the_mark_as_its_card_says(bare: Examples) -> None:
    model = load_model(CUED)
    found = cue().reliance(model.module, *bare)
    for name, value in found.items():
        assert round(value, 5) == model.card.measured[name]
    # Without the mark it knows no blue square, and with it a fifth of all else is one.
    assert found["bare_recall"] < 0.05
    assert found["misled"] > 0.15
    plain = cue().reliance(load_model(SHAPES).module, *bare)
    assert plain["bare_recall"] > 0.95
    assert plain["misled"] < 0.02


def test_the_crossed_scenes_of_the_cued_dataset_mislead_the_cued_net_alone() -> None:
    dataset = load_dataset(ROOT / "models/datasets/shapes-cued")
    crossed = np.setdiff1d(np.arange(len(dataset.labels)), dataset.test)
    images = torch.from_numpy(dataset.images).float() / 255
    labels = torch.from_numpy(dataset.labels)
    for folder, least, most in ((SHAPES, 0.95, 1.0), (CUED, 0.0, 0.8)):
        model = load_model(folder)
        reached = accuracy(model, model.weights, (images[crossed], labels[crossed]))
        assert least <= reached <= most
        assert accuracy(model, model.weights, (images[dataset.test], labels[dataset.test])) > 0.97


def test_both_nets_have_the_same_architecture() -> None:
    assert (SHAPES / "model.py").read_bytes() == (CUED / "model.py").read_bytes()
