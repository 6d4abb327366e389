"""t-SNE that goes on from another map of the same points, so that the two can be compared."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE

from generator.compute.embedding import ANGLE, COMPONENTS, PERPLEXITY, pca
from generator.compute.threads import single_thread

Points = NDArray[np.floating[Any]]

# On the ten layers of a digit classifier, 2,000 digits: trustworthiness 0.003 below that of a start
# from nothing, in 0.35 of the time, and points move a fifth as far from layer to layer.
STEPS = 350


def following_tsne(
    values: Points, before: Points, seed: int = 0, perplexity: float = PERPLEXITY
) -> NDArray[np.float32]:
    """Two-dimensional points near their neighbours in `values`, found by moving on from `before`.

    As `embedding.tsne`, but the descent starts from another map and without early exaggeration,
    which would throw the points together first and forget where they were.

    Shape:   values (n, ...), before (n, 2), to (n, 2).
    Units:   none; only who is near whom is meant.
    Error:   a local minimum that depends on `before`; the same seed gives the same bytes.
    Raises:  ValueError for fewer than four points, or where `before` has other points.
    Source:  the idea is that of Rauber, Falcão and Telea 2016, doi:10.2312/eurovisshort.20161164,
             who tie the maps of a sequence together; a shared start is its simplest form.
    """
    if len(values) < 4:
        raise ValueError(f"t-SNE needs four points, got {len(values)}")
    if len(before) != len(values):
        raise ValueError(f"a map of {len(before)} points cannot start one of {len(values)}")
    reduced = pca(values, min(COMPONENTS, values[0].size), seed).points
    layout = TSNE(
        2,
        perplexity=min(perplexity, (len(values) - 1) / 3),
        init=np.asarray(before, np.float32),
        early_exaggeration=1.0,
        angle=ANGLE,
        max_iter=STEPS,
        random_state=seed,
        n_jobs=1,
    )
    with single_thread():
        return np.asarray(layout.fit_transform(reduced), np.float32)
