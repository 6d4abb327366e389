"""A network in several versions: as it was trained, at a step of training, from another seed,
in a rotated basis, or another network altogether.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import FigureError, nearest

if TYPE_CHECKING:
    from torch import Tensor, nn

    from generator.models import Model

TRAINED, ROTATED, AGAINST = "trained", "rotated", "against"


@dataclass(frozen=True)
class Version:
    """One of them: its `name` as options say it, and `words` as readers see it."""

    name: str
    words: str
    module: nn.Module
    model: str
    rotated: bool = False

    @property
    def own(self) -> bool:
        """Whether its answers are those of a model's own weights, which others may have asked."""
        return self.name in (TRAINED, ROTATED, AGAINST)


def versions(names: Sequence[str], model: Model, against: Model | None) -> tuple[Version, ...]:
    """The versions of these names: trained, rotated, against, "seed-N", "step-N".

    Raises:  FigureError for another name, or one of weights that the model does not have.
    """
    return tuple(_version(name, model, against) for name in names)


def _version(name: str, model: Model, against: Model | None) -> Version:
    kept = re.fullmatch(r"(seed|step)-(\d+)", name)
    card = model.card.name
    if name == TRAINED:
        return Version(name, "trained", model.module, card)
    if name == ROTATED:
        return Version(name, "rotated basis", model.module, card, rotated=True)
    if name == AGAINST:
        if against is None:
            raise FigureError(
                "version 'against' needs a second model", hint="set ':against: MODEL'"
            )
        return Version(name, against.card.name, against.module, against.card.name)
    if kept is None:
        known = [TRAINED, ROTATED, AGAINST, "seed-N", "step-N"]
        raise FigureError(f"there is no version {name!r}", hint=nearest(name, known))
    sort, number = kept[1], int(kept[2])
    weights = model.seeds() if sort == "seed" else model.checkpoints()
    if number not in weights:
        hint = f"it has {', '.join(f'{sort}-{one}' for one in weights) or 'none'}"
        raise FigureError(f"{card} keeps no weights of {sort} {number}", hint=hint)
    return Version(name, f"{sort} {number}", _with(model, weights[number]), card)


def _with(model: Model, weights: dict[str, Tensor]) -> nn.Module:
    module = deepcopy(model.module)
    module.load_state_dict(weights)
    return module.eval().requires_grad_(False)
