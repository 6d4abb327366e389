"""Pixels above a unit's own threshold, and how many of them show each concept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute.threads import single_thread

Floats = NDArray[np.float32]
Masks = NDArray[np.uint8]


@dataclass(frozen=True)
class Counts:
    """Of every unit at every share.

    Shape:   thresholds (units, shares) activations, descending shares last;
             area (units, shares) and hits (units, shares, concepts) pixels of all examples.
    """

    thresholds: Floats
    area: NDArray[np.int32]
    hits: NDArray[np.int32]


def counted(
    maps: Floats,
    spreads: tuple[Floats, Floats],
    masks: Sequence[tuple[Masks, int]],
    shares: Sequence[float],
) -> Counts:
    """Spread every unit's maps out to the pixels, and count those above its thresholds.

    T is the least activation that at most a share of all pixels exceeds; its mask is a > T.

    Shape:   maps (n, units, h, w); spreads (height, h) and (width, w); masks pairs of an array
             (n, height, width), 0 for none and k for the k-th concept, and how many there are;
             shares ascend. `Counts`.
    Error:   exact for the float32 maps; pixels that equal the threshold are not above it.
    Source:  Bau et al. 2017, arXiv:1704.05796, section 2.2.
    """
    flat = [(mask.reshape(-1), size) for mask, size in masks]
    parts = [
        _unit(_spread(maps[:, unit], spreads), flat, np.asarray(shares))
        for unit in range(maps.shape[1])
    ]
    thresholds, area, hits = (np.stack(one) for one in zip(*parts, strict=True))
    return Counts(thresholds, area, hits)


def totals(masks: Sequence[tuple[Masks, int]]) -> NDArray[np.int32]:
    """Pixels of all examples that show each concept: (concepts,)."""
    found = [np.bincount(mask.reshape(-1), minlength=size + 1)[1:] for mask, size in masks]
    return np.concatenate(found).astype(np.int32)


def overlap(
    hits: NDArray[np.integer], area: NDArray[np.integer], total: NDArray[np.integer]
) -> NDArray[np.float64]:
    """IoU = |mask and concept| / |mask or concept|, over all examples; 0 where neither is anywhere.

    Shape:   hits (..., concepts), area (...), total (concepts,).
    Range:   0 to 1.
    """
    union = area[..., None].astype(np.int64) + total - hits
    found: NDArray[np.float64] = np.zeros(hits.shape)
    np.divide(hits, union, out=found, where=union > 0)
    return found


def _spread(maps: Floats, spreads: tuple[Floats, Floats]) -> Floats:
    down, across = (torch.from_numpy(one) for one in spreads)
    with single_thread(), torch.no_grad():
        wide = down @ torch.from_numpy(np.ascontiguousarray(maps)) @ across.T
    found: Floats = wide.reshape(-1).numpy()
    return found


def _unit(
    values: Floats, masks: Sequence[tuple[Masks, int]], shares: NDArray[np.float64]
) -> tuple[Floats, NDArray[np.int32], NDArray[np.int32]]:
    """One unit's thresholds (shares,), area (shares,) and hits (shares, concepts)."""
    # A hair more, so that 0.07 of 100 is 7 whatever floats make of it.
    ranks = np.minimum(np.floor(shares * len(values) + 1e-9).astype(np.int64), len(values) - 1)
    descending = np.partition(-values, ranks)
    thresholds = -descending[ranks]
    # Ties with the lowest need not be looked at: they are not above it.
    above = np.flatnonzero(values > thresholds[-1])
    # The first share whose mask has the pixel; all later ones have it too.
    first = np.searchsorted(-thresholds, -values[above], side="right")
    area = np.bincount(first, minlength=len(shares)).cumsum().astype(np.int32)
    hits = []
    for mask, size in masks:
        table = np.bincount(first * (size + 1) + mask[above], minlength=len(shares) * (size + 1))
        hits.append(table.reshape(-1, size + 1)[:, 1:].cumsum(0))
    return thresholds, area, np.concatenate(hits, 1).astype(np.int32)
