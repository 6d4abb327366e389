"""A handful of examples to show at first: every class, and some that the network gets wrong."""

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def picks(labels: Indices, guesses: Indices, count: int, seed: int) -> Indices:
    """Choose positions: right ones class by class, a fifth of wrong ones, all different.

    The first is right and of a class in the middle; a strip of all may be sorted otherwise.

    Classes take turns, so that their numbers differ by at most one as long as examples last. A
    class of which a wrong example is shown waits longest for a right one.

    Shape:   labels and guesses (n,), of the same examples; the answer (min(count, n),).
    """
    random = np.random.default_rng(seed)
    order = random.permutation(len(labels))
    wrong = order[labels[order] != guesses[order]]
    chosen = _in_turn(wrong, labels, min(len(wrong), count // 5), np.zeros(labels.max() + 1))
    right = order[labels[order] == guesses[order]]
    shown = np.bincount(labels[chosen], minlength=labels.max() + 1)
    rest = _in_turn(right, labels, min(len(right), count - len(chosen)), shown)
    rest.sort(key=lambda position: int(labels[position]))
    middle = len(rest) // 2
    return np.array([*rest[middle:], *rest[:middle], *chosen], np.int64)


def _in_turn(order: Indices, labels: Indices, count: int, shown: NDArray[np.generic]) -> list[int]:
    """The first `count` of `order`, always of a class of which least is shown so far."""
    tally = shown.astype(int)
    waiting = {label: list(order[labels[order] == label][::-1]) for label in np.unique(labels)}
    chosen: list[int] = []
    while len(chosen) < count:
        label = min((one for one in waiting if waiting[one]), key=lambda one: (tally[one], one))
        chosen.append(int(waiting[label].pop()))
        tally[label] += 1
    return chosen
