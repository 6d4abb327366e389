"""How a picture is changed: one step along signs, many of them, or a few numbers altogether.

All move away from a class, or with `toward` to it, and never beyond the range of a picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.perturb.victim import Classes, Pictures, Victim

STEPS = 10
REACH = 2.5
"""How far all steps would lead, in strengths; more than 1, so that a way round can be found."""
FAST = 0.1
"""Share of numbers among which the fast form looks for the first of a pair."""


@dataclass(frozen=True)
class Attack:
    """What the page says of an attack.

    counts   its strength is the share of numbers that change, each as far as it goes; else how far
             every number may move, as a share of the range
    """

    name: str
    title: str
    counts: bool
    what: str


ATTACKS = {
    attack.name: attack
    for attack in (
        Attack(
            *("fgsm", "FGSM", False),
            "One step: every number moves by the whole strength, up or down as the sign of its "
            "gradient says.",
        ),
        Attack(
            *("iterated", "Iterated (PGD)", False),
            "Small steps along the sign of the gradient, asked anew at each, and cut back to the "
            "strength.",
        ),
        Attack(
            *("jsma", "JSMA", True),
            "Two numbers at a time go up to the most: the pair that raises one class and lowers "
            "the rest best.",
        ),
        Attack(
            *("fast-jsma", "Fast JSMA", True),
            "As JSMA, but the first of a pair is looked for only among the steepest tenth.",
        ),
    )
}


def fgsm(
    victim: Victim, pictures: Pictures, classes: Classes, strength: float, toward: bool = False
) -> Pictures:
    """The fast gradient sign method: x + strength * sign(gradient), cut to the range.

    Shape:   pictures (n, ...), classes (n,); answer as pictures.
    Source:  Goodfellow et al. 2015, arXiv:1412.6572, section 4.
    """
    return stepped(pictures, victim.slope(pictures, classes), strength, toward)


def stepped(
    pictures: Pictures, slopes: Pictures, strength: float, toward: bool = False
) -> Pictures:
    """Pictures one whole step along the signs of known slopes of a class's log-odds."""
    sense = 1 if toward else -1
    return np.clip(pictures + np.float32(sense * strength) * np.sign(slopes), 0, 1)


def iterated(
    victim: Victim,
    pictures: Pictures,
    classes: Classes,
    strength: float,
    toward: bool = False,
    steps: int = STEPS,
) -> Pictures:
    """Projected gradient descent in the maximum norm, from the picture itself.

    Each step is min(1, 2.5 / steps) strengths long; what moved farther than the strength from where
    it was is cut back. One step is the fast gradient sign method.

    Shape:   as `fgsm`.
    Source:  Kurakin et al. 2017, arXiv:1607.02533; Madry et al. 2018, arXiv:1706.06083.
    """
    length = strength * min(1.0, REACH / steps)
    low = np.clip(pictures - np.float32(strength), 0, 1)
    high = np.clip(pictures + np.float32(strength), 0, 1)
    found = pictures
    for step in range(steps):
        moved = stepped(found, victim.slope(found, classes, step), length, toward)
        found = np.clip(moved, low, high)
    return found


def jsma(
    victim: Victim,
    pictures: Pictures,
    classes: Classes,
    most: int,
    toward: bool = False,
    fast: bool = False,
    done: Callable[[int, NDArray[np.int64]], None] | None = None,
) -> NDArray[np.int64]:
    """The Jacobian-based saliency map attack: which numbers it raises to the most, in their order.

    Towards a class it ends where that is the answer; away from it, where it is no longer.

    Shape:   answer (n, most), places in a picture, two a step; -1 behind the last.
    done     is told after each step how many numbers have changed, and which pictures have fallen.
    Source:  Papernot et al. 2016, doi:10.1109/EuroSP.2016.36, algorithm 3; away from a class as
             Wiyatno and Xu 2018, arXiv:1808.07945; the fast form as Norton and Qi 2017,
             doi:10.1109/VIZSEC.2017.8062202.
    """
    order = np.full((len(pictures), most), -1, np.int64)
    altered = pictures.reshape(len(pictures), -1).copy()
    alive = np.arange(len(pictures))
    for count in range(0, most + 1, 2):
        now = altered[alive].reshape(-1, *pictures.shape[1:])
        answers = victim.answers(now)
        fallen = (answers == classes[alive]) if toward else (answers != classes[alive])
        if done:
            done(count, alive[fallen])
        now, alive = now[~fallen], alive[~fallen]
        if not len(alive) or count + 2 > most:
            break
        own, others = victim.two_slopes(now, classes[alive], count // 2)
        stuck = np.zeros(len(alive), bool)
        for row, index in enumerate(alive):
            free = altered[index] < 1
            found = pair(own[row].ravel(), others[row].ravel(), free, toward, fast)
            stuck[row] = found is None
            if found:
                order[index, count : count + 2] = found
                altered[index, list(found)] = 1
        alive = alive[~stuck]
    return order


def pair(
    own: NDArray[np.floating],
    others: NDArray[np.floating],
    free: NDArray[np.bool_],
    toward: bool,
    fast: bool,
) -> tuple[int, int] | None:
    """The two free numbers whose saliency, gain times loss, is greatest; None: none has both.

    gain = sum over both of d own, loss = -sum over both of d others, both above 0; away from a
    class the two change places with the opposite sign.

    A number that two others beat in both ways is in no best pair, so few are left to be paired and
    the answer is still exact.

    Shape:   own, others and free (numbers,).
    """
    gains, losses = (own, -others) if toward else (others, -own)
    places = np.flatnonzero(free)
    if len(places) < 2:
        return None
    x, y = gains[places].astype(np.float64), losses[places].astype(np.float64)
    order = np.lexsort((np.arange(len(x)), -y, -x))
    seconds = _foremost(order, y)
    firsts = _foremost(order[: max(1, int(FAST * len(own)))], y) if fast else seconds
    gain, loss = x[firsts][:, None] + x[seconds], y[firsts][:, None] + y[seconds]
    fine = (gain > 0) & (loss > 0) & (firsts[:, None] != seconds)
    if not fine.any():
        return None
    at = np.unravel_index(np.where(fine, gain * loss, 0).argmax(), fine.shape)
    return int(places[firsts[at[0]]]), int(places[seconds[at[1]]])


def _foremost(order: NDArray[np.int64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Of places in falling order of one number, those that at most one beats in the other too."""
    first = _rising(y[order])
    rest = order[~first]
    return np.concatenate([order[first], rest[_rising(y[rest])]])


def _rising(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Those greater than all before them."""
    before = np.maximum.accumulate(np.concatenate([[-np.inf], values]))[:-1]
    return np.asarray(values > before, bool)
