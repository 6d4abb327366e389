"""What is learned from captures at build, for the still: the page learns the same for itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from generator.compute.threads import single_thread

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
EVERY = 5


def kept_back(labels: Indices) -> NDArray[np.bool_]:
    """Every fifth capture of a class is kept back to test, as in the page."""
    held = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        held[np.flatnonzero(labels == label)[EVERY - 1 :: EVERY]] = True
    return held


def head(
    rows: NDArray[np.float32], labels: Indices, c: float, asked: NDArray[np.float32]
) -> Floats:
    """Probabilities by a softmax head, -sum log p + |W|^2 / (2 C) at its least.

    Of two classes scikit-learn keeps one vector, the difference of two that are each half as long:
    its penalty is half of what the page's two vectors have.

    Shape:   rows (n, D), labels (n,), asked (m, D); answer (m, classes).
    """
    two = labels.max() == 1
    model = LogisticRegression(C=2 * c if two else c, tol=1e-8, max_iter=1000)
    with single_thread():
        fitted = model.fit(rows.astype(np.float64), labels)
        found: Floats = fitted.predict_proba(asked.astype(np.float64))
    return found


def neighbours(
    rows: NDArray[np.float32], labels: Indices, k: int, asked: NDArray[np.float32]
) -> Floats:
    """Votes of the k nearest captures, each 1 / distance.

    Shape:   as `head`.
    """
    fitted = KNeighborsClassifier(min(k, len(rows)), weights="distance").fit(
        rows.astype(np.float64), labels
    )
    found: Floats = fitted.predict_proba(asked.astype(np.float64))
    return found
