"""How a model's answers are read: as probabilities, whatever its last layer gives."""

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import Architecture

READINGS = {"softmax": "as they are", "log_softmax": "exp", "sigmoid": "as they are"}


def reading(architecture: Architecture) -> str:
    """How the last layer's answers become probabilities: "softmax", "exp" or "as they are".

    A single answer is no probability among others; layers that are not known give logits.
    """
    last = architecture.layers[-1]
    return "as they are" if last.channels == 1 else READINGS.get(last.op, "softmax")


def probabilities(outputs: NDArray[np.float32], how: str) -> NDArray[np.float64]:
    """Probabilities of logits, of their logarithms, or as they are; ``js/probabilities.js`` alike.

    Shape:   (classes,) in and out.
    """
    values = outputs.astype(np.float64).reshape(-1)
    if how == "as they are":
        return values
    powers = np.exp(values - (values.max() if how == "softmax" else 0))
    return np.asarray(powers / (powers.sum() if how == "softmax" else 1), np.float64)
