"""What a perturbation figure shows at first: one example before and after one attack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute import shelf
from generator.compute.perturb.attacks import ATTACKS, fgsm, iterated, jsma
from generator.compute.perturb.curves import allowed
from generator.compute.perturb.victim import Pictures, Victim
from generator.figure import Image
from generator.palette import PALETTES, diverging

if TYPE_CHECKING:
    from generator.datasets import Dataset
    from generator.figures.perturb import Options
    from generator.models import Model

BARS = 10
"""Classes beyond which only the likeliest stand as bars."""
FEW = 5


def percent(share: float) -> str:
    """A share in per cent, with a figure after the point below ten."""
    return f"{100 * share:.{1 if share < 0.1 else 0}f} %"


@dataclass(frozen=True)
class Drawn:
    """What the still is made of.

    size     width and height of the picture in pixels; ink: it has no colours of its own
    rows     classes as bars: name, share before, share after
    mark     tells this drawing from others on a page
    """

    size: tuple[int, int]
    ink: bool
    verdict: str
    before: str
    after: str
    factor: str
    what: str
    explained: str
    measured: str
    rows: Sequence[tuple[str, float, float]]
    curves: Mapping[str, Sequence[float]]
    strengths: Sequence[float]
    mark: str


@dataclass(frozen=True)
class Shown:
    """One example, changed: pictures (channels, height, width), shares of the range."""

    picture: Pictures
    perturbed: Pictures
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    answer: NDArray[np.float64]
    options: Options
    target: int
    names: Sequence[str]
    model: str
    label: str
    index: int

    @classmethod
    def of(
        cls, victim: Victim, picture: Pictures, options: Options, target: int, model: Model,
        dataset: Dataset, index: int,
    ) -> Shown:  # fmt: skip
        """Attack one example as the options say; without a target, away from its own answer."""
        before = victim.probabilities(picture[None])[0]
        perturbed = attacked(victim, picture, options, target, int(before.argmax()))
        after = victim.probabilities(perturbed[None])[0]
        return cls(
            picture, perturbed, before, after, after, options, target,
            model.card.outputs, model.card.name, shelf.label(dataset, index), index,
        )  # fmt: skip

    @property
    def difference(self) -> NDArray[np.float32]:
        """What was added, (channels, height, width)."""
        return self.perturbed - self.picture

    def verdict(self) -> str:
        """What came of it, in a sentence that names the adversary."""
        was, now = (self.names[int(one.argmax())] for one in (self.before, self.after))
        read = f"Read as {now}, was {was}" if now != was else f"Still read as {now}"
        return f"{read}, {self.bound()}"

    def bound(self) -> str:
        """How much the attack was allowed."""
        strength = self.options.strength
        if not ATTACKS[self.options.attack].counts:
            return f"with at most {strength:g} of the full range per pixel"
        changed = int((self.difference != 0).sum())
        return f"with {changed} of {self.picture.size} numbers changed, each to the most"

    def alternative(self) -> str:
        """The still in words."""
        return (
            f"Example {self.index} of {self.label}, before and after an attack on {self.model} by "
            f"{ATTACKS[self.options.attack].title}, and the difference. {self.verdict()}: "
            f"{percent(self.before.max())} sure before, {percent(self.after.max())} after. Below, "
            f"how accuracy falls with the strength of each attack."
        )

    def images(self) -> dict[str, Image]:
        """Both pictures, and the magnified difference in the colours of both schemes."""
        made = {
            "still-before": Image(_bytes(self.picture)),
            "still-after": Image(_bytes(self.perturbed)),
        }
        reach = float(np.abs(self.difference).max()) or 1.0
        for scheme in PALETTES:
            if len(self.picture) == 3:
                wide = np.floor(127.5 * (1 + self.difference / reach) + 0.5).clip(0, 255)
                pixels = np.ascontiguousarray(wide.transpose(1, 2, 0)).astype(np.uint8)
            else:
                pixels = diverging(self.difference.mean(0) / reach, scheme)
            made[f"still-difference-{scheme}"] = Image(pixels)
        return made

    def drawn(self, measured: Mapping[str, Any], strengths: Sequence[float]) -> Drawn:
        """Everything that the still is made of."""
        height, width = self.picture.shape[1:]
        reach = float(np.abs(self.difference).max())
        order = list(range(len(self.names)))
        if len(order) > BARS:
            likely = sorted(order, key=lambda i: -max(self.before[i], self.after[i]))
            order = sorted(likely[:FEW], key=lambda i: -self.before[i])
        first, second = int(self.before.argmax()), int(self.after.argmax())
        return Drawn(
            size=(width, height),
            ink=len(self.picture) != 3,
            verdict=self.verdict() + ".",
            before=f"{self.names[first]}, {percent(self.before[first])}",
            after=f"{self.names[second]}, {percent(self.after[second])}",
            factor=f"Difference, {1 / reach:.3g} times" if reach else "No difference",
            what=ATTACKS[self.options.attack].title,
            explained=ATTACKS[self.options.attack].what,
            measured=f"Right answers on {measured['tests']} test examples",
            rows=[(self.names[i], float(self.before[i]), float(self.after[i])) for i in order],
            curves={ATTACKS[name].title: curve for name, curve in measured["curves"].items()},
            strengths=strengths,
            mark=" ".join((self.model, str(self.index), self.options.attack, str(reach))),
        )


def attacked(
    victim: Victim, picture: Pictures, options: Options, target: int, own: int
) -> Pictures:
    """One picture after the attack that the options name."""
    toward, strength = target >= 0, options.strength
    one, classes = picture[None], np.array([target if toward else own], np.int64)
    if options.attack == "fgsm":
        return np.asarray(fgsm(victim, one, classes, strength, toward)[0])
    if options.attack == "iterated":
        found = iterated(victim, one, classes, strength, toward, options.steps)[0]
        return np.asarray(found)
    most = allowed(strength, picture.size)
    order = jsma(victim, one, classes, most, toward, options.attack == "fast-jsma")[0]
    raised = picture.ravel().copy()
    raised[order[order >= 0]] = 1
    return raised.reshape(picture.shape)


def _bytes(picture: Pictures) -> NDArray[np.uint8]:
    levels = np.floor(255 * picture + 0.5).astype(np.uint8)
    if len(levels) == 3:
        return np.ascontiguousarray(levels.transpose(1, 2, 0))
    return np.asarray(levels.mean(0).round(), np.uint8)
