"""The examples that a reader can show a network, and the few that come along at first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.guesses import guesses
from generator.compute.picks import picks

Bytes = NDArray[np.uint8]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Shelf:
    """Test examples with what the network takes them for.

    indices  their numbers in the dataset
    chosen   places on the shelf of those that come along; the first is shown at first
    """

    images: Bytes
    indices: Indices
    labels: Indices
    guesses: Indices
    chosen: Indices

    @property
    def right(self) -> float:
        """Share that the network reads right; 0 on an empty shelf."""
        return float((self.labels == self.guesses).mean()) if len(self.labels) else 0.0


def empty_shelf(shape: tuple[int, ...]) -> Shelf:
    """No examples at all, for a model that comes without a dataset."""
    none = np.zeros(0, np.int64)
    return Shelf(np.zeros((0, *shape), np.uint8), none, none, none, none)


def shelf(
    outputs: NDArray[np.float32],
    examples: tuple[Bytes, Indices, Indices],
    choice: tuple[int, int, int],
) -> Shelf:
    """Put examples on the shelf and choose some.

    Shape:   outputs (n, classes), what the network says of each example; examples: images (n, ...),
             their labels (n,), and their numbers in the dataset (n,); choice: how many to choose,
             the number of the first (-1: any), and a seed.
    Raises:  IndexError where the first is not among the examples.
    """
    images, labels, indices = examples
    count, start, seed = choice
    guess, _ = guesses(outputs)
    chosen = picks(labels, guess, count, seed)
    if start >= 0:
        places = np.flatnonzero(indices == start)
        if not len(places):
            raise IndexError(start)
        chosen = np.concatenate([places, chosen[chosen != places[0]]])
    return Shelf(images, indices, labels, guess, chosen)
