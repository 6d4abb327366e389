"""t-SNE, exact, step by step as ``templates/js/reduce/tsne.js`` does it.

scikit-learn's starts from principal components and anneals otherwise; a still must show what the
page computes from the same seed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from generator.compute.draw import Draw

Floats = NDArray[np.float64]

NEAR, TRIES = 1e-6, 48
NOTHING = 1e-3
EARLY, PULL = 100, 4
CALM, MOMENTUM, LATER = 250, 0.5, 0.8
MORE, LESS, LEAST = 0.2, 0.8, 0.01
SMALL = 1e-4


def affinities(rows: Floats, perplexity: float) -> Floats:
    """p(i, j) = (p(j|i) + p(i|j)) / 2n, Gaussian with that perplexity; tiny ones are 0.

    Shape:   (n, width) to (n, n), symmetric, with sum 1 and zeros on the diagonal.
    Range:   perplexity below n; where points lie together it may not be reached.
    Source:  van der Maaten and Hinton 2008, Journal of Machine Learning Research 9, section 3.1.
    """
    n = len(rows)
    squares = ((rows[:, None] - rows[None]) ** 2).sum(axis=2)
    others = ~np.eye(n, dtype=bool)
    far = squares[others].reshape(n, n - 1)
    far = far - far.min(axis=1, keepdims=True)
    beta = 1 / np.where(far.any(axis=1), far.mean(axis=1), 1.0)
    low, high, open_ = np.zeros(n), np.full(n, np.inf), np.ones(n, bool)
    shares = np.zeros_like(far)
    for _ in range(TRIES):
        # Rows that are found already stay as they are.
        found = np.exp(-beta[open_, None] * far[open_])
        total = found.sum(axis=1)
        held = (far[open_] * found).sum(axis=1) / total
        spread = (far[open_] ** 2 * found).sum(axis=1) / total - held**2
        off = np.log(total) + beta[open_] * held - np.log(perplexity)
        shares[open_] = found / total[:, None]
        index = np.flatnonzero(open_)
        wide, slim = index[off > 0], index[off <= 0]
        low[wide], high[slim] = beta[wide], beta[slim]
        middle = np.where(np.isinf(high), 2 * beta, (low + high) / 2)
        # Newton's step, where it stays between what is too wide and what is too narrow.
        with np.errstate(divide="ignore", invalid="ignore"):
            step = beta[index] + off / (beta[index] * spread)
        inside = (step > low[index]) & (step < np.minimum(high[index], 4 * beta[index]))
        middle[index[inside]] = step[inside]
        open_ = np.zeros(n, bool)
        open_[index[np.abs(off) >= NEAR]] = True
        if not open_.any():
            break
        beta[open_] = middle[open_]
    conditional = np.zeros((n, n))
    conditional[others] = shares.ravel()
    joint = (conditional + conditional.T) / (2 * n)
    joint[joint * n * n < NOTHING] = 0
    whole: Floats = joint / joint.sum()
    return whole


def states(rows: Floats, perplexity: float, epsilon: float, seed: int) -> Iterator[Floats]:
    """Places before any step, after one, after two …

    Shape:   (n, 2) each.
    """
    p, n = affinities(rows, perplexity), len(rows)
    places = SMALL * Draw(seed).normals(2 * n).reshape(n, 2)
    speed, gains, step = np.zeros((n, 2)), np.ones((n, 2)), 0
    while True:
        yield places
        slope = 4 * _slope(p, places, PULL if step < EARLY else 1)
        same = (slope > 0) == (speed > 0)
        gains = np.where(same, np.maximum(LEAST, LESS * gains), gains + MORE)
        speed = (MOMENTUM if step < CALM else LATER) * speed - epsilon * gains * slope
        places = places + speed
        places = places - places.mean(axis=0)
        step += 1


def _weights(places: Floats) -> Floats:
    x, y = places.T
    weights: Floats = 1 / (1 + (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    np.fill_diagonal(weights, 0)
    return weights


def _slope(p: Floats, places: Floats, pull: float) -> Floats:
    weights = _weights(places)
    force = (pull * p - weights / weights.sum()) * weights
    slope: Floats = force.sum(axis=1)[:, None] * places - force @ places
    return slope


def divergence(p: Floats, places: Floats) -> float:
    """KL(P || Q) in nats."""
    weights = _weights(places)
    there = p > 0
    return float((p[there] * np.log(p[there] * weights.sum() / weights[there])).sum())
