"""The dataset examples that excite each channel of a layer most, and the patches that did it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import Architecture
from generator.compute.receptive import receptive_spans


@dataclass(frozen=True)
class Examples:
    """The k greatest answers of each channel, greatest first, each from another image.

    Shape:   all (channels, k); images holds indices into the dataset, y and x the unit's place.
    """

    values: NDArray[np.float32]
    images: NDArray[np.int64]
    y: NDArray[np.int64]
    x: NDArray[np.int64]


def top_examples(answers: Iterable[NDArray[np.float32]], k: int) -> Examples:
    """Find, for each channel, the k images whose greatest activation is greatest.

    Equal activations are ordered by image, and within one image by row and column.

    Shape:   answers of one layer, (batch, channels, ...) at a time; see `Examples`.
    Raises:  ValueError for k outside 1 … n.
    Source:  Zeiler and Fergus 2014, arXiv:1311.2901, section 4 (top activations and their patches).
    """
    peaks = [_peaks(answer) for answer in answers]
    values = np.concatenate([value for value, _ in peaks])
    places = np.concatenate([place for _, place in peaks])
    if not 1 <= k <= len(values):
        raise ValueError(f"k is {k}; there are {len(values)} images")
    order = np.argsort(-values, axis=0, kind="stable")[:k]  # stable: equals stay in image order
    y, x = (np.take_along_axis(places[:, :, axis], order, axis=0).T for axis in (0, 1))
    return Examples(np.take_along_axis(values, order, axis=0).T, order.T, y, x)


def top_wholes(answers: Iterable[NDArray[np.float32]], k: int) -> Examples:
    """Find the k images to which a layer as a whole answers most: the mean square of its units.

    Equal answers are ordered by image.

    Shape:   answers as `top_examples`; see `Examples`, with one row in place of the channels; y and
             x are 0.
    Raises:  ValueError for k outside 1 … n.
    """
    squares = [np.square(one).reshape(len(one), -1).mean(1) for one in answers]
    values = np.concatenate(squares)
    if not 1 <= k <= len(values):
        raise ValueError(f"k is {k}; there are {len(values)} images")
    order = np.argsort(-values, kind="stable")[None, :k]  # stable: equals stay in image order
    return Examples(values[order], order, np.zeros_like(order), np.zeros_like(order))


def patches(architecture: Architecture, layer: str, examples: Examples) -> NDArray[np.int32]:
    """Receptive field of each example's unit: top, left, bottom, right.

    Shape:   (channels, k, 4).
    Units:   input pixels; bottom and right are one past the last, see `receptive_field`.
    """
    boxes = np.empty((*examples.values.shape, 4), np.int32)
    for channel in range(len(boxes)):
        rows, columns = receptive_spans(architecture, layer, channel)
        boxes[channel, :, 0::2] = rows[examples.y[channel]]
        boxes[channel, :, 1::2] = columns[examples.x[channel]]
    return boxes


def _peaks(answer: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Greatest value of each channel and its (y, x): (batch, channels), (batch, channels, 2)."""
    width = answer.shape[3] if answer.ndim == 4 else 1
    flat = answer.reshape(*answer.shape[:2], -1)
    best = flat.argmax(axis=2)
    values = np.take_along_axis(flat, best[..., None], axis=2)[..., 0]
    return values, np.stack(np.divmod(best, width), axis=-1)
