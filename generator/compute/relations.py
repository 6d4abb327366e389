"""Pairs of vectors in one relation, as man and woman, king and queen: how parallel they are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def steps(vectors: Floats, pairs: Floats) -> Floats:
    """Differences second - first of each pair, each of length 1; that of two equal vectors is 0.

    Shape:   vectors (n, d), pairs (p, 2) of their numbers, to (p, d).
    """
    apart = vectors[pairs[:, 1]] - vectors[pairs[:, 0]]
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    found: Floats = apart / np.where(length > 0, length, 1)
    return found


def parallel(vectors: Floats, pairs: Floats) -> Floats:
    """Cosine between each pair's step and the mean step of all others.

    Shape:   (p,).
    Range:   -1 to 1; about 0 for steps that have nothing in common; 0 where there is one pair.
    """
    each = steps(vectors, pairs)
    others = each.sum(axis=0) - each
    length = np.linalg.norm(others, axis=1)
    found: Floats = (each * others).sum(axis=1) / np.where(length > 0, length, 1)
    return found


def related(vectors: Floats, pairs: Floats) -> Floats:
    """Places on a map whose x axis is the mean step, so that what pairs share is shown truly.

    x = (v - mean) . r with r the mean of the steps, of length 1. The y axis is the first principal
    component of the pairs' middles without what lies along r, so that pairs stand apart and arrows
    stay upright; its greatest loading is positive. After Liu, Bremer and others 2018, who find the
    first axis by a classifier.

    Shape:   (n, 2).
    Units:   those of the vectors.
    Source:  doi:10.1109/TVCG.2017.2745141
    """
    axis = steps(vectors, pairs).sum(axis=0)
    axis = axis / (float(np.linalg.norm(axis)) or 1.0)
    middles = vectors[pairs].mean(axis=1)
    middles = middles - middles.mean(axis=0)
    middles = middles - (middles @ axis)[:, None] * axis
    up = np.linalg.svd(middles, full_matrices=False)[2][0]
    up = up * np.sign(up[np.abs(up).argmax()])
    centred = vectors - vectors.mean(axis=0)
    return np.stack([centred @ axis, centred @ up], axis=1)


def distortion(places: Floats, vectors: Floats, pairs: Floats) -> float:
    """How wrongly a map shows how far each pair steps in the direction that all share.

    With c_i = s_i . r in the space and m_i = t_i . r' on the map, where r' is the direction of
    sum t_i / |s_i| and the map's scale a is the best there is: sum |a m_i - c_i| / sum |c_i|.

    Range:   0 (all steps are as long as they are) upwards; a map that shows none of it has 1.
    """
    real = vectors[pairs[:, 1]] - vectors[pairs[:, 0]]
    shown = places[pairs[:, 1]] - places[pairs[:, 0]]
    length = np.linalg.norm(real, axis=1, keepdims=True)
    length = np.where(length > 0, length, 1)
    way, seen = (real / length).sum(axis=0), (shown / length).sum(axis=0)
    true = real @ (way / (float(np.linalg.norm(way)) or 1.0))
    told = shown @ (seen / (float(np.linalg.norm(seen)) or 1.0))
    scale = (told @ true) / (float(told @ told) or 1.0)
    return float(np.abs(scale * told - true).sum() / (float(np.abs(true).sum()) or 1.0))
