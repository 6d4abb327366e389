"""What a classifier says of each example, and how sure it is."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from generator.compute.threads import single_thread


def guesses(
    module: nn.Module, images: NDArray[np.float32], batch: int = 256
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The class with the greatest output, and its softmax probability.

    Shape:   images (n, ...) as the module takes them; both answers (n,).
    Range:   probabilities 0…1. Outputs that are probabilities already, none negative and each row
             with the sum 1, are taken as they are; logits and log-probabilities go through softmax.
    """
    rows = []
    for start in range(0, len(images), batch):
        inputs = torch.from_numpy(np.ascontiguousarray(images[start : start + batch]))
        with single_thread(), torch.no_grad():
            rows.append(module(inputs).double().flatten(1))
    outputs = torch.cat(rows)
    ready = bool((outputs >= 0).all()) and bool(((outputs.sum(1) - 1).abs() < 1e-4).all())
    sure, guess = (outputs if ready else outputs.softmax(1)).max(1)
    return guess.numpy(), sure.numpy()
