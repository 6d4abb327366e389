"""How often a network stays right while an attack grows stronger, with defences and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generator.compute.perturb.attacks import ATTACKS, iterated, jsma, stepped
from generator.compute.perturb.guard import DEFENCES, Guard
from generator.compute.perturb.victim import Classes, Pictures, Victim

Curve = list[float]


def curves(
    victim: Victim, pictures: Pictures, labels: Classes, strengths: Sequence[float]
) -> dict[str, Curve]:
    """Share of pictures whose answer is the label, by attack and strength.

    Attacks move away from the label. Those that take several steps may spend less than the
    strength allows: what has fallen once stays fallen.

    Shape:   pictures (n, channels, height, width), labels (n,); one number a strength.
    Range:   0…1.
    """
    found = {"fgsm": _signs(victim, pictures, labels, strengths)}
    found["iterated"] = _steps(victim, pictures, labels, strengths)
    for name in ("jsma", "fast-jsma"):
        found[name] = _counts(victim, pictures, labels, strengths, name == "fast-jsma")
    return {name: found[name] for name in ATTACKS}


def defended(
    victim: Victim,
    pictures: Pictures,
    labels: Classes,
    strengths: Sequence[float],
    guard: Guard,
) -> dict[str, dict[str, Curve]]:
    """The iterated attack against each defence alone: by an attacker who knows of it, and not.

    unaware   pictures are made against the bare network, then go through the defence
    aware     every step follows the gradient behind the defence; chance is averaged over
    """
    bare = [iterated(victim, pictures, labels, one) if one else pictures for one in strengths]
    found: dict[str, dict[str, Curve]] = {
        "none": {"unaware": [_right(victim, some, labels) for some in bare]}
    }
    found["none"]["aware"] = _steps(victim, pictures, labels, strengths)
    for name in DEFENCES:
        behind = replace(victim, guard=replace(guard, on=(name,)))
        found[name] = {
            "unaware": [_right(behind, some, labels) for some in bare],
            "aware": _steps(behind, pictures, labels, strengths),
        }
    return found


def _right(victim: Victim, pictures: Pictures, labels: Classes) -> float:
    return float((victim.answers(pictures) == labels).mean())


def _signs(
    victim: Victim, pictures: Pictures, labels: Classes, strengths: Sequence[float]
) -> Curve:
    slopes = victim.slope(pictures, labels)
    return [_right(victim, stepped(pictures, slopes, one), labels) for one in strengths]


def _steps(
    victim: Victim, pictures: Pictures, labels: Classes, strengths: Sequence[float]
) -> Curve:
    alive = np.flatnonzero(victim.answers(pictures) == labels)
    curve = []
    for strength in strengths:
        if strength and len(alive):
            found = iterated(victim, pictures[alive], labels[alive], strength)
            alive = alive[victim.answers(found) == labels[alive]]
        curve.append(len(alive) / len(pictures))
    return curve


def _counts(
    victim: Victim, pictures: Pictures, labels: Classes, strengths: Sequence[float], fast: bool
) -> Curve:
    numbers = int(np.prod(pictures.shape[1:]))
    needed = np.full(len(pictures), np.inf)

    def note(count: int, fallen: NDArray[np.int64]) -> None:
        needed[fallen] = count

    jsma(victim, pictures, labels, allowed(max(strengths), numbers), fast=fast, done=note)
    return [float((needed > allowed(one, numbers)).mean()) for one in strengths]


def allowed(strength: float, numbers: int) -> int:
    """How many numbers may change at a strength: whole pairs, rounded down."""
    return 2 * int(strength * numbers / 2 + 1e-9)
