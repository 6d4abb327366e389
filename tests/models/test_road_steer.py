"""The committed weights, figures and history are what the recipe makes; it looks at the road."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from generator.datasets import Dataset, load_dataset
from generator.errors import ModelError
from generator.models import Model, load_model
from generator.source import load_module

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models/road-steer"


@pytest.fixture(scope="module")
def road_steer() -> Model:
    return load_model(FOLDER)


@pytest.fixture(scope="module")
def roads() -> Dataset:
    return load_dataset(ROOT / "models/datasets/roads")


@pytest.fixture(scope="module")
def tested(roads: Dataset) -> tuple[Tensor, Tensor]:
    images = torch.from_numpy(roads.images[roads.test]).float() / 255
    return images, torch.from_numpy(roads.targets[roads.test])[:, None]


@pytest.fixture(scope="module")
def recipe() -> Any:
    return load_module(FOLDER / "train.py", ModelError)


def test_the_card_s_figures_are_what_the_weights_reach(
    road_steer: Model, tested: tuple[Tensor, Tensor]
) -> None:
    error = (road_steer.module(tested[0]) - tested[1]).double()
    measured = road_steer.card.measured
    # Five decimals, of sums in single precision.
    assert float(error.abs().mean()) == pytest.approx(measured["test_error"], abs=2e-5)
    variance = tested[1].double().var(correction=0)
    explained = float(1 - error.square().mean() / variance)
    assert explained == pytest.approx(measured["explained"], abs=2e-5)
    assert explained > 0.98
    assert float(tested[1].abs().mean()) == pytest.approx(28, abs=0.5)  # as the card compares


def test_the_first_twenty_steps_of_the_recipe_give_the_committed_losses(recipe: Any) -> None:
    threads = torch.get_num_threads()
    try:
        found = [step.loss for step in islice(recipe.steps(*recipe.begin()), 20)]
    finally:
        torch.set_num_threads(threads)
    committed = json.loads((FOLDER / "first-steps.json").read_text("utf8"))
    # Another processor adds in another order, and Adam's first steps are of the sign of a sum.
    assert found == pytest.approx(committed, rel=1e-3)


def test_the_history_starts_untrained_and_ends_with_the_weights(
    road_steer: Model, tested: tuple[Tensor, Tensor], recipe: Any
) -> None:
    checkpoints, rows = road_steer.checkpoints(), road_steer.metrics()
    assert len(checkpoints) == 11  # ten, and the untrained net
    last = list(checkpoints)[-1]
    assert (next(iter(checkpoints)), last) == (0, rows[-1]["step"])
    for name, tensor in road_steer.weights.items():
        assert torch.equal(checkpoints[last][name], tensor.half().float())
    module = recipe.begin()[0]
    module.load_state_dict(checkpoints[0])
    assert recipe.measured(module, tested)["explained"] < 0.1
    module.load_state_dict(checkpoints[last])
    # Half precision: a hundredth of a degree.
    error = recipe.measured(module, tested)["test_error"]
    assert error == pytest.approx(rows[-1]["test_error"], abs=0.01)


def test_the_last_row_of_the_history_is_the_card_s_measure(road_steer: Model) -> None:
    rows = road_steer.metrics()
    assert [row["epoch"] for row in rows] == list(range(1, len(rows) + 1))
    for name in ("test_error", "explained"):
        assert rows[-1][name] == road_steer.card.measured[name]
    assert rows[-1]["test_loss"] < rows[0]["test_loss"]


def test_model_and_dataset_speak_of_the_same_quantity(road_steer: Model, roads: Dataset) -> None:
    assert road_steer.card.quantity == roads.card.quantity
    assert road_steer.card.quantity is not None
    assert road_steer.card.quantity.unit == "degrees"
    assert road_steer.card.input == roads.card.shape


def test_a_mirrored_frame_turns_the_wheel_the_other_way(
    road_steer: Model, tested: tuple[Tensor, Tensor]
) -> None:
    there = road_steer.module(tested[0])
    back = road_steer.module(tested[0].flip(-1))
    # Twice the model's own error, on average, if both answers are near the truth.
    assert float((there + back).abs().mean()) < 2.5 * road_steer.card.measured["test_error"]


def test_shadows_and_stray_paint_hardly_matter(
    road_steer: Model, roads: Dataset, tested: tuple[Tensor, Tensor]
) -> None:
    error = (road_steer.module(tested[0]) - tested[1]).abs()[:, 0]
    stray = roads.shows("scene", "stray paint")[roads.test].sum((1, 2)) > 20
    assert stray.sum() > 50
    assert float(error[np.flatnonzero(stray)].mean()) < 2 * float(error.mean())


def test_every_step_of_the_forward_pass_is_a_layer_that_the_card_names(road_steer: Model) -> None:
    ran: list[str] = []
    handles = [
        layer.register_forward_hook(lambda *_, name=name: ran.append(name))
        for name, layer in road_steer.module.named_modules()
        if name
    ]
    road_steer.module(torch.zeros(1, *road_steer.card.input))
    for handle in handles:
        handle.remove()
    assert tuple(ran) == road_steer.card.layers


def test_the_weights_are_few(road_steer: Model) -> None:
    for path in FOLDER.glob("*.safetensors"):
        assert path.stat().st_size < 1_000_000, path.name
    count = sum(tensor.numel() for tensor in road_steer.weights.values())
    assert f"{count:,} weights" in (FOLDER / "model.py").read_text("utf8")
