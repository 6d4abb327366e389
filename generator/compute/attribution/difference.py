"""Prediction difference analysis: windows of a picture filled from other pictures, not blotted out.

templates/figures/attribution/many.js computes the same.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.compute.attribution.occlusion import drop_map, patch_places

Pictures = NDArray[np.float32]


def evidence(probability: NDArray[np.floating], known: int, classes: int) -> NDArray[np.float64]:
    """The log-odds of an answer in bits, held finite by Laplace's correction.

    log2(q / (1 - q)),  q = (p known + 1) / (known + classes)

    Units:   bits. `known` is how many examples the model learned from.
    Source:  Zintgraf et al. 2017, arXiv:1702.04595, section 3.
    """
    q = (probability * known + 1) / (known + classes)
    return np.asarray(np.log2(q / (1 - q)), np.float64)


def difference_map(
    image: Pictures,
    fills: Pictures,
    size: int,
    ask: Callable[[Pictures], NDArray[np.float64]],
    weigh: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> Pictures:
    """How much evidence a window holds: with it, less the mean over what else could stand there.

    weight = evidence(p) - evidence(mean over fills of p with the window's pixels from the fill)

    and at each pixel the mean over the windows that cover it, half a window apart. Fills are other
    pictures' windows at the same place: the marginal distribution of the paper.

    Shape:   image (channels, height, width), fills (k, channels, height, width); `ask` gives one
             probability for each picture of a batch, `weigh` their evidence; answer (height,
             width).
    Units:   bits; positive speaks for the answer.
    Source:  Zintgraf et al. 2017, arXiv:1702.04595, section 3.
    """
    places = patch_places(image.shape, size, max(1, size // 2))
    means = np.empty(len(places))
    for i, (top, left) in enumerate(places):
        window = np.s_[:, top : top + size, left : left + size]
        filled = np.repeat(image[None], len(fills), 0)
        for picture, fill in zip(filled, fills, strict=True):
            picture[window] = fill[window]
        means[i] = ask(filled).mean()
    whole = weigh(ask(image[None]))[0]
    return drop_map(whole - weigh(means), places, image.shape, size)
