"""models/<name> to checked weights in a built module, with its card.

``model.py`` defines ``build() -> nn.Module``; the weights are safetensors and no pickle is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
from safetensors import SafetensorError
from torch import Tensor, float32, nn

from generator.cards import ModelCard, checked, model_card
from generator.errors import ModelError, nearest
from generator.source import load_module


@dataclass(frozen=True)
class Model:
    """A module in eval mode whose parameters ask for no gradient, with what is known about it."""

    card: ModelCard
    module: nn.Module
    weights: dict[str, Tensor]

    def checkpoints(self) -> dict[int, dict[str, Tensor]]:
        """Weights at each kept training step, widened to float32; empty without a history.

        Raises:  ModelError where the file is missing or is not the card's.
        """
        if self.card.history is None:
            return {}
        file = checked(self.card.folder, self.card.history.checkpoints, ModelError)
        steps: dict[int, dict[str, Tensor]] = {}
        for name, tensor in sorted(safetensors.torch.load(file).items()):
            step, parameter = name.split("/", 1)
            steps.setdefault(int(step), {})[parameter] = tensor.to(float32)
        return dict(sorted(steps.items()))

    def metrics(self) -> list[dict[str, Any]]:
        """One row of metrics per epoch; empty without a history."""
        if self.card.history is None:
            return []
        rows: list[dict[str, Any]] = json.loads(
            (self.card.folder / self.card.history.metrics).read_text("utf8")
        )
        return rows


def load_model(folder: Path) -> Model:
    """Build the module of a model folder and put the committed weights into it.

    Raises:  ModelError where card, ``model.py`` or weights are missing, damaged, or do not fit
             together; the message names the first parameter or layer that does not fit.
    """
    card = model_card(folder)
    where = f"{folder.parent.name}/{folder.name}/{card.weights.file}"
    content = checked(folder, card.weights, ModelError)
    try:
        stored = safetensors.torch.load(content)
    except SafetensorError as problem:
        raise ModelError(f"not a safetensors file: {problem}", where=where) from None
    module = load_module(folder / "model.py", ModelError).build()
    # The library answers in an order of its own, another in every process.
    weights = {name: stored[name].to(float32).contiguous() for name in sorted(stored)}
    _fit(module, weights, where)
    module.load_state_dict(weights)
    module.eval().requires_grad_(False)
    layers = dict(module.named_modules())
    for layer in card.layers:
        if layer not in layers:
            raise ModelError(
                f"the card names a layer {layer!r} that model.py does not build",
                where=f"{folder.parent.name}/{folder.name}/model.toml",
                hint=nearest(layer, (name for name in layers if name)),
            )
    return Model(card, module, weights)


def _fit(module: nn.Module, weights: dict[str, Tensor], where: str) -> None:
    wanted = module.state_dict()
    for name in sorted(wanted.keys() | weights.keys()):
        if name not in weights:
            raise ModelError(f"no tensor {name!r}, which model.py needs", where=where)
        if name not in wanted:
            raise ModelError(f"tensor {name!r} has no place in model.py", where=where)
        if weights[name].shape != wanted[name].shape:
            raise ModelError(
                f"{name} has shape {tuple(weights[name].shape)}, "
                f"model.py makes {tuple(wanted[name].shape)}",
                where=where,
            )
