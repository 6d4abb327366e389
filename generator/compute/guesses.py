"""What a classifier says of each example, and how sure it is."""

import numpy as np
import torch
from numpy.typing import NDArray


def guesses(outputs: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The class with the greatest output, and its softmax probability.

    Shape:   a classifier's outputs (n, ...); both answers (n,).
    Range:   probabilities 0…1. Outputs that are probabilities already, none negative and each row
             with the sum 1, are taken as they are; logits and log-probabilities go through softmax.
    """
    numbers = torch.from_numpy(np.array(outputs, np.float64)).flatten(1)
    ready = bool((numbers >= 0).all()) and bool(((numbers.sum(1) - 1).abs() < 1e-4).all())
    sure, guess = (numbers if ready else numbers.softmax(1)).max(1)
    return guess.numpy(), sure.numpy()
