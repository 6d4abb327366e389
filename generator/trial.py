"""A model is run once before anything relies on it: does it read and answer what its card says?"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from generator.blame import Authored
from generator.cards import ModelCard
from generator.errors import ModelError
from generator.places import line_with, place


def tried(module: nn.Module, card: ModelCard) -> None:
    """Give the module two blank examples of the card's shape.

    Raises:  ModelError with the line of ``model.py`` that cannot take them, or else the name of the
             layer; and where an answer is no tensor, is not one for each example, or has not as
             many numbers as the card has names for.
    """
    calling = Authored(card.folder.parents[1], ModelError, "forward()", card.line("input = "))
    what = card.weights.file if card.foreign else card.code
    names = {layer: name for name, layer in module.named_modules()}

    def entered(layer: nn.Module, _: object) -> None:
        said = f"layer {names[layer]!r}" if names[layer] else "it"
        calling.otherwise = f"{what} cannot take an input of shape {card.input}: {said}"

    hooks = [layer.register_forward_pre_hook(entered) for layer in names]
    try:
        with calling, torch.no_grad():
            answer = module(torch.full((2, *card.input), card.range[0]))
    finally:
        for hook in hooks:
            hook.remove()
    where = card.line(f'"{card.weights.file}"')
    for path in (card.folder / name for name in card.programs):
        where = place(path, line_with(path, "def forward") or line_with(path, "def build"))
    if not isinstance(answer, Tensor):
        raise ModelError(f"the answer is a {type(answer).__name__}, not a tensor", where=where)
    if not answer.dim() or len(answer) != 2:
        shape = tuple(answer.shape)
        raise ModelError(f"two examples together get an answer of shape {shape}", where=where)
    if not torch.isfinite(answer).all():
        raise ModelError("a blank example gets an answer that is not finite", where=where)
    if answer[0].numel() != len(card.outputs):
        raise ModelError(
            f"the card names {len(card.outputs)} outputs, {what} answers {answer[0].numel()}",
            where=card.line("outputs = "),
        )
