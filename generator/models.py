"""models/<name> to checked weights in a built module, with its card.

``model.py`` defines ``build() -> nn.Module``; the weights are safetensors and no pickle is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor, float32, nn

from generator.blame import Authored
from generator.card import checked, located
from generator.cards import ModelCard, model_card
from generator.errors import ModelError, nearest
from generator.fields import File
from generator.places import line_with, place
from generator.source import load_module
from generator.trial import tried


@dataclass(frozen=True)
class Model:
    """A module in eval mode whose parameters ask for no gradient, with what is known about it."""

    card: ModelCard
    module: nn.Module
    weights: dict[str, Tensor]

    def checkpoints(self) -> dict[int, dict[str, Tensor]]:
        """Weights at each kept training step, widened to float32; empty without a history.

        Raises:  ModelError where the file is missing, is not the card's, or holds something else.
        """
        if self.card.history is None:
            return {}
        file = self.card.history.checkpoints
        steps: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _tensors(self.card, file).items():
            step, _, parameter = name.partition("/")
            if not step.isdecimal() or not parameter:
                what = f"{file.file} has a tensor {name!r}, which is not named STEP/PARAMETER"
                raise ModelError(what, where=self.card.line(f'"{file.file}"'))
            steps.setdefault(int(step), {})[parameter] = tensor
        return dict(sorted(steps.items()))

    def seeds(self) -> dict[int, dict[str, Tensor]]:
        """Weights that the same recipe made from other seeds, by seed; empty where none are kept.

        Raises:  ModelError where a file is missing, is not the card's, or does not fit the module.
        """
        found = {}
        for seed, file in sorted(self.card.seeds.items()):
            weights = _tensors(self.card, file)
            _fit(self.module, weights, self.card, file.file)
            found[seed] = weights
        return found

    def metrics(self) -> list[dict[str, Any]]:
        """One row of metrics per epoch; empty without a history.

        Raises:  ModelError where the file is not a JSON list of objects.
        """
        if self.card.history is None:
            return []
        path = located(self.card, self.card.history.metrics, self.card.weights.source)
        try:
            rows: list[dict[str, Any]] = json.loads(path.read_bytes(), parse_constant=_refused)
        except json.JSONDecodeError as problem:
            where = place(path, problem.lineno)
            raise ModelError(f"not JSON: {problem.msg}", where=where) from None
        except (ValueError, RecursionError) as problem:
            raise ModelError(f"not JSON: {problem}", where=place(path)) from None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ModelError("not a list with one object per epoch", where=place(path))
        return rows


def _refused(number: str) -> None:
    raise ValueError(f"{number} is no number that a page can show")


def load_model(folder: Path) -> Model:
    """Build the module of a model folder and put the committed weights into it.

    A folder with a ``model.onnx`` and a card that names it is a foreign model: no ``model.py``.

    Raises:  ModelError where card, ``model.py`` or weights are missing, damaged, or do not fit
             together; the message names the first parameter or layer that does not fit.
    """
    card = model_card(folder)
    module, weights = _foreign(card) if card.foreign else _own(card)
    layers = dict(module.named_modules())
    for layer in card.layers:
        if layer not in layers:
            raise ModelError(
                f"the card names a layer {layer!r} that the model does not have",
                where=card.line(f'"{layer}"'),
                hint=nearest(layer, (name for name in layers if name)),
            )
    tried(module, card)
    return Model(card, module, weights)


def _own(card: ModelCard) -> tuple[nn.Module, dict[str, Tensor]]:
    """What ``model.py`` builds, with the committed weights."""
    weights = _tensors(card, card.weights)
    module = _built(card)
    _fit(module, weights, card, card.weights.file)
    module.load_state_dict(weights)
    return module.eval().requires_grad_(False), weights


def _foreign(card: ModelCard) -> tuple[nn.Module, dict[str, Tensor]]:
    """What an ONNX file computes, as a module with the file's weights."""
    from generator.foreign import module_of

    try:
        module = module_of(checked(card, card.weights), card.input, card.range)
    except ModelError as problem:
        problem.where = problem.where or f"{card.place}/{card.weights.file}"
        raise
    held = module.state_dict()
    return module, _numbers(held, card, card.weights)


def _tensors(card: ModelCard, file: File) -> dict[str, Tensor]:
    """All tensors of a file in float32, in the order of their names.

    The library answers in an order of its own, another in every process.
    """
    try:
        stored = safetensors.torch.load(checked(card, file))
    except SafetensorError as problem:
        what = f"{file.file} is no safetensors file: {problem}"
        raise ModelError(what, where=card.line(f'"{file.file}"')) from None
    return _numbers(stored, card, file)


def _numbers(stored: Mapping[str, Tensor], card: ModelCard, file: File) -> dict[str, Tensor]:
    """As float32, by name, once every number is one that can be computed with."""
    tensors = {name: stored[name].to(float32).contiguous() for name in sorted(stored)}
    for name, tensor in tensors.items():
        strange = int((~torch.isfinite(tensor)).sum())
        if strange:
            what = f"{name} in {file.file} has {strange} of {tensor.numel()} numbers not finite"
            raise ModelError(what, where=card.line(f'"{file.file}"'))
    return tensors


def _built(card: ModelCard) -> nn.Module:
    path = card.folder / card.code
    build = getattr(load_module(path, ModelError), "build", None)
    if not callable(build):
        hint = "add: def build() -> nn.Module"
        raise ModelError("model.py defines no build()", where=place(path), hint=hint)
    where = place(path, line_with(path, "def build"))
    with Authored(card.folder.parents[1], ModelError, "build()", where):
        module = build()
    if not isinstance(module, nn.Module):
        raise ModelError(f"build() returns a {type(module).__name__}, no nn.Module", where=where)
    return module


def _fit(module: nn.Module, weights: dict[str, Tensor], card: ModelCard, file: str) -> None:
    wanted = module.state_dict()
    for name in sorted(wanted.keys() | weights.keys()):
        if name not in weights:
            what = f"{file} has no tensor {name!r}, which model.py needs"
        elif name not in wanted:
            what = f"{file} has a tensor {name!r} that has no place in model.py"
        elif weights[name].shape != wanted[name].shape:
            what = (
                f"{name} has shape {tuple(weights[name].shape)} in {file}, "
                f"model.py makes {tuple(wanted[name].shape)}"
            )
        else:
            continue
        raise ModelError(what, where=card.line(f'"{file}"'))
