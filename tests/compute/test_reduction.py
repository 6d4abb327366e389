"""Reduction in the page: methods and measures against scikit-learn, scipy or a definition."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import curve_fit
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors

from generator.compute.reduction.sets import MAKERS, sample
from generator.compute.reduction.tsne import affinities, divergence, states

ROOT = Path(__file__).parents[2]
Floats = NDArray[np.float64]
METHODS = ("tsne", "umap", "pca", "classical", "smacof", "sammon", "graph")


def page(**asked: Any) -> Any:
    """What the page's own modules answer."""
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(node), str(ROOT / "tests/js/reduce.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def blobs(n: int = 60, width: int = 6) -> tuple[Floats, NDArray[np.int64]]:
    """Three groups, far enough apart that no method may mix them."""
    draw = np.random.default_rng(3)
    labels = np.arange(n) % 3
    return draw.normal(size=(n, width)) + 8 * np.eye(3, width)[labels], labels


def cloud(n: int = 40, width: int = 5) -> Floats:
    return np.random.default_rng(5).normal(size=(n, width)) * np.arange(1, width + 1)


@pytest.fixture(scope="module")
def answered() -> Any:
    """One visit to the page's modules for everything below."""
    points, labels = blobs()
    steps = {
        "smacof": [*range(30), 300],
        "sammon": [*range(30), 300],
        "umap": [500],
        "graph": [300],
    }
    runs = [
        {
            "points": points.tolist(),
            "method": method,
            "perplexity": 12,
            "at": steps.get(method, [400]),
        }
        for method in METHODS
    ]
    cases = [{"points": p.tolist(), "axes": a} for p, a in ((cloud(), 3), (cloud(9, 40), 2))]
    return page(
        runs=runs,
        pca=cases,
        qualities=[
            {
                "points": points.tolist(),
                "places": points[:, 2:4].tolist(),
                "labels": labels.tolist(),
            }
        ],
        curves=[0.001, 0.1, 0.5],
        memberships=[[0, 0.5, 0.9, 2, 3, 4], [1.0, 1.1, 1.4, 1.5, 2.5]],
        affinities=[{"points": points.tolist(), "perplexity": 12}],
        nearest=[{"points": cloud().tolist(), "k": 7}],
        graphs=[{"points": [[0], [1], [3], [7]], "k": 2}],
    )


def run(answered: Any, method: str) -> Any:
    return answered["runs"][METHODS.index(method)]


def places(told: Any) -> Floats:
    return np.array(told["places"]).reshape(-1, 2)


def test_principal_components_are_those_of_scikit_learn_up_to_sign(answered: Any) -> None:
    for (points, axes), found in zip(
        ((cloud(), 3), (cloud(9, 40), 2)), answered["pca"], strict=True
    ):
        fit = PCA(axes, svd_solver="full")
        wanted = fit.fit_transform(points)
        mine = np.array(found["places"]).reshape(-1, axes)
        signs = np.sign((mine * wanted).sum(axis=0))
        assert np.abs(mine * signs - wanted).max() < 1e-7 * np.abs(wanted).max()
        assert np.abs(np.array(found["explained"]) - fit.explained_variance_ratio_).max() < 1e-12


def test_classical_scaling_of_points_gives_their_principal_components(answered: Any) -> None:
    points, _ = blobs()
    wanted = PCA(2, svd_solver="full").fit_transform(points)
    mine = places(run(answered, "classical")[0])
    assert np.abs(np.abs(mine) - np.abs(wanted)).max() < 1e-6 * np.abs(wanted).max()


def test_nearest_neighbours_are_those_of_scikit_learn(answered: Any) -> None:
    fit = NearestNeighbors(n_neighbors=7).fit(cloud())
    wanted = fit.kneighbors(return_distance=False)
    assert answered["nearest"][0] == wanted.ravel().tolist()


def test_trustworthiness_and_continuity_are_those_of_scikit_learn(answered: Any) -> None:
    points, labels = blobs()
    found, shown = answered["qualities"][0], points[:, 2:4]
    assert abs(found["trust"] - trustworthiness(points, shown, n_neighbors=10)) < 1e-12
    assert abs(found["continuity"] - trustworthiness(shown, points, n_neighbors=10)) < 1e-12
    near = NearestNeighbors(n_neighbors=10).fit(shown).kneighbors(return_distance=False)
    assert abs(found["hit"] - (labels[near] == labels[:, None]).mean()) < 1e-12


def test_affinities_have_the_perplexity_that_is_asked_for(answered: Any) -> None:
    points, _ = blobs()
    p = np.array(answered["affinities"][0]).reshape(60, 60)
    assert abs(p.sum() - 1) < 1e-12
    assert np.array_equal(p, p.T)
    assert np.abs(p - affinities(points, 12)).max() < 1e-9
    # By scikit-learn's own search, which ends at 1e-5 and drops nothing.
    from sklearn.manifold._t_sne import _joint_probabilities

    squares = squareform(pdist(points, "sqeuclidean")).astype(np.float32)
    theirs = squareform(_joint_probabilities(squares, 12, 0))
    assert np.abs(p - theirs).max() < 1e-3 * theirs.max()


def test_the_divergence_that_is_shown_is_the_one_computed_from_the_places(answered: Any) -> None:
    points, _ = blobs()
    (told,) = run(answered, "tsne")
    p = affinities(points, 12)
    weights = 1 / (1 + squareform(pdist(places(told), "sqeuclidean")))
    np.fill_diagonal(weights, 0)
    q = weights / weights.sum()
    wanted = (p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum()
    assert abs(told["cost"] - wanted) < 1e-9
    assert abs(divergence(p, places(told)) - wanted) < 1e-12


def test_t_sne_is_as_good_as_scikit_learns(answered: Any) -> None:
    points, _ = blobs()
    theirs = TSNE(perplexity=12, init="random", method="exact", random_state=0).fit(points)
    assert run(answered, "tsne")[0]["cost"] < 1.02 * theirs.kl_divergence_


def test_the_build_and_the_page_take_the_same_steps() -> None:
    points, _ = blobs()
    asked = {"points": points.tolist(), "method": "tsne", "perplexity": 12, "at": [0, 10, 300]}
    plain, kernel = page(runs=[{**asked, "exact": True}, asked])["runs"]
    run = states(points, 12, 10, 1)
    ours = [next(run) for _ in range(301)]
    size = np.abs(ours[10]).max()
    final = divergence(affinities(points, 12), ours[300])
    for one in (plain, kernel):
        assert np.abs(places(one[0]) - ours[0]).max() < 1e-15
        assert np.abs(places(one[1]) - ours[10]).max() < 1e-9 * size
        # Later steps make any difference grow, but it began at the sixteenth digit.
        assert abs(one[2]["cost"] / final - 1) < 0.02


def test_each_step_of_majorization_lowers_the_stress(answered: Any) -> None:
    points, _ = blobs()
    told = run(answered, "smacof")
    costs = [one["cost"] for one in told]
    assert all(b <= a + 1e-15 for a, b in zip(costs, costs[1:], strict=False))
    wanted, shown = pdist(points), pdist(places(told[-1]))
    assert abs(costs[-1] - np.sqrt(((shown - wanted) ** 2).sum() / (wanted**2).sum())) < 1e-12
    # The first step, written as the matrix product of de Leeuw's.
    before, distances = places(told[0]), squareform(wanted)
    with np.errstate(divide="ignore", invalid="ignore"):
        b = np.nan_to_num(-distances / squareform(pdist(before)))
    np.fill_diagonal(b, -b.sum(axis=1))
    assert np.abs(places(told[1]) - b @ before / len(points)).max() < 1e-9
    assert costs[-1] < run(answered, "classical")[0]["cost"]


def test_sammons_map_lowers_its_own_stress_and_is_no_metric_scaling(answered: Any) -> None:
    points, _ = blobs()
    told = run(answered, "sammon")
    costs = [one["cost"] for one in told]
    assert all(b <= a for a, b in zip(costs, costs[1:], strict=False))
    wanted = pdist(points)

    def error(at: Floats) -> float:
        return float((((wanted - pdist(at)) ** 2) / wanted).sum() / wanted.sum())

    assert abs(costs[-1] - error(places(told[-1]))) < 1e-12
    assert costs[-1] < error(places(run(answered, "smacof")[-1]))


def test_neighbours_stay_neighbours_and_groups_stay_groups(answered: Any) -> None:
    points, labels = blobs()
    for method in METHODS:
        shown = places(run(answered, method)[-1])
        near = NearestNeighbors(n_neighbors=10).fit(shown).kneighbors(return_distance=False)
        assert (labels[near] == labels[:, None]).mean() > 0.95, method
    umap = places(run(answered, "umap")[-1])
    assert trustworthiness(points, umap, n_neighbors=10) > 0.85
    # UMAP packs each group; principal components keep its width.
    assert _packed(umap, labels) < 0.5 * _packed(places(run(answered, "pca")[0]), labels)


def _packed(shown: Floats, labels: NDArray[np.int64]) -> float:
    """Spread within groups over the spread of all."""
    within = np.mean([shown[labels == label].std(axis=0).mean() for label in range(3)])
    return float(within / shown.std(axis=0).mean())


def test_umaps_curve_is_that_of_scipy(answered: Any) -> None:
    for least, found in zip((0.001, 0.1, 0.5), answered["curves"], strict=True):
        x = np.linspace(0, 3, 300)
        y = np.where(x < least, 1, np.exp(least - x))
        (a, b), _ = curve_fit(lambda x, a, b: 1 / (1 + a * x ** (2 * b)), x, y)
        assert abs(found["a"] - a) < 1e-3
        assert abs(found["b"] - b) < 1e-3


def test_umaps_memberships_add_up_to_the_logarithm_of_their_number(answered: Any) -> None:
    for found in answered["memberships"]:
        assert abs(sum(found) - np.log2(len(found))) < 1e-4
    assert answered["memberships"][0][:2] == [1, 1]
    assert answered["memberships"][1][0] == 1


def test_an_edge_is_as_sure_as_either_of_its_directions_makes_it(answered: Any) -> None:
    sure = {(one["from"], one["to"]): one["sure"] for one in answered["graphs"][0]}
    # Both ends of a mutually nearest pair are sure of it: 1 + 1 − 1 · 1.
    assert set(sure) == {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)}
    assert sure[0, 1] == sure[2, 3] == 1
    assert all(0 <= one <= 1 for one in sure.values())


def test_points_sets_are_those_of_the_page() -> None:
    sizes = {"points": 31, "dims": 4, "scale": 3}
    told = page(sets=[{"name": name, **sizes, "seed": 7} for name in MAKERS])
    for name, found in zip(MAKERS, told["sets"], strict=True):
        ours = sample(name, 31, 4, 3, 7)
        assert (found["count"], found["width"]) == ours.rows.shape, name
        assert np.abs(ours.rows.ravel() - found["values"]).max() < 1e-12, name
        assert found["labels"] == (None if ours.labels is None else ours.labels.tolist()), name
        assert (found["tones"] is None) == (ours.tones is None), name
        if ours.tones is not None:
            assert np.abs(ours.tones - found["tones"]).max() < 1e-12, name


ODD = {
    "three points": np.array([[0.0, 0], [1, 0], [0, 2]]),
    "all but one in one place": np.vstack([np.zeros((11, 3)), np.ones((1, 3))]),
    "every point twice": np.repeat(cloud(10), 2, axis=0),
    "one dimension": np.arange(20.0)[:, None],
    "far away": 1e9 + cloud(20),
    "tiny": 1e-9 * cloud(20),
    "equally far": np.eye(25),
}


def test_no_points_break_a_method() -> None:
    runs = [
        {"points": p.tolist(), "method": method, "perplexity": 2, "neighbours": 2, "at": [60]}
        for p in ODD.values()
        for method in METHODS
    ]
    asked = [(name, method) for name in ODD for method in METHODS]
    for which, found in zip(asked, page(runs=runs)["runs"], strict=True):
        assert all(number is not None for number in found[0]["places"]), which
        assert np.isfinite(np.array(found[0]["places"], float)).all(), which
