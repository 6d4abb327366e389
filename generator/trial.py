"""A model is run once before anything relies on it: does it read and answer what its card says?"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from generator.cards import ModelCard
from generator.errors import ModelError
from generator.places import line_with, place


def tried(module: nn.Module, card: ModelCard) -> None:
    """Give the module one blank example of the card's shape.

    Raises:  ModelError naming the layer that cannot take it, or where a flat answer has not as many
             numbers as the card has names for.
    """
    path = card.folder / "model.toml"
    entered: list[str] = []
    names = {layer: name for name, layer in module.named_modules()}
    hooks = [
        layer.register_forward_pre_hook(lambda layer, _: entered.append(names[layer]))
        for layer in names
    ]
    try:
        with torch.no_grad():
            answer = module(torch.zeros(1, *card.input))
    except RuntimeError as problem:
        layer = f"layer {entered[-1]!r}" if entered and entered[-1] else "it"
        first = str(problem).strip().splitlines()[0]
        raise ModelError(
            f"model.py cannot take an input of shape {card.input}: {layer} says: {first}",
            where=place(path, line_with(path, "input = ")),
        ) from problem
    finally:
        for hook in hooks:
            hook.remove()
    if isinstance(answer, Tensor) and answer.dim() == 2 and len(answer[0]) != len(card.outputs):
        raise ModelError(
            f"the card names {len(card.outputs)} outputs, model.py answers {len(answer[0])}",
            where=place(path, line_with(path, "outputs = ")),
        )
