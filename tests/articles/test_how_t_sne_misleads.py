"""The article on t-SNE: what it says that its maps show is what they show."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import pdist, squareform

from generator.compute.reduction.run import Asked, Map, Run, run
from generator.figures.reduction import STATES, Options
from generator.read import article
from generator.rules import rules

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "how-t-sne-misleads"
Floats = NDArray[np.float64]


@cache
def text() -> str:
    return (FOLDER / "index.md").read_text("utf8").split("---\n", 2)[2]


def asked(name: str, **changed: Any) -> Asked:
    """The maps of a block of the article, with what its text changes."""
    block = next(one for one in article(FOLDER).blocks if one.name == name)
    options = Options(**{key: option.value for key, option in block.options.items()})
    held = {one: getattr(options, one) for one in Asked.__dataclass_fields__}
    held |= {one: options.chosen(one) for one in ("points", "dims", "scale")}
    return replace(Asked(**held), **changed)


@cache
def done(name: str) -> Run:
    return run(asked(name))


def places(one: Map) -> Floats:
    assert one.places is not None
    return one.places


def beside(name: str, perplexity: int) -> Map:
    return next(one for one in done(name).beside if one.perplexity == perplexity)


def spreads(at: Floats, labels: NDArray[np.int64]) -> Floats:
    """Root mean square distance from the middle, group by group."""
    return np.array([at[labels == one].std(axis=0).max() for one in np.unique(labels)])


def crumbs(at: Floats) -> int:
    """Heaps of three points or more, linked where they are nearer than four times as usual."""
    apart = squareform(pdist(at))
    np.fill_diagonal(apart, np.inf)
    _, heaps = connected_components(apart < 4 * np.median(apart.min(axis=1)))
    return int((np.bincount(heaps) >= 3).sum())


def labels(name: str) -> NDArray[np.int64]:
    found = done(name).points.labels
    assert found is not None
    return found


def test_it_can_be_read_and_begins_with_something_to_do() -> None:
    prose = re.sub(r"^:::\{.*?^:::$", "", text(), flags=re.DOTALL | re.MULTILINE)
    plain = re.sub(r"\{\w+\}`([^`<]*)[^`]*`", r"\1", prose)
    assert 1500 <= len(re.findall(r"[^\W\d_][\w'’-]*", plain)) <= 3000
    assert len(text().split(":::{")[0].split()) < 100


def test_every_figure_is_mentioned_and_every_work_listed_is_cited() -> None:
    read = article(FOLDER)
    for block in read.blocks:
        assert f"{{numref}}`{block.name}`" in text(), block.name
    listed = re.findall(r"^@\w+\{(\S+),", (FOLDER / "references.bib").read_text("utf8"), re.M)
    assert sorted(listed) == sorted(reference.key for reference in read.references)


def test_two_groups_are_crumbs_then_strings_then_two() -> None:
    at = {n: crumbs(places(beside("fig-clusters", n))) for n in (2, 5, 30, 50)}
    assert 15 < at[2] < 30
    assert 2 < at[5] < at[2] / 2
    assert at[30] == at[50] == 2
    assert beside("fig-clusters", 100).refused
    wide = {
        n: spreads(places(beside("fig-clusters", n)), labels("fig-clusters")).mean()
        / places(beside("fig-clusters", n)).std()
        for n in (30, 50)
    }
    assert wide[50] < 0.6 * wide[30]


def test_early_on_each_group_is_pinched_to_a_point_and_its_neighbours_are_wrong() -> None:
    moments = {one.steps: one for one in done("fig-steps").beside}
    pinched = places(moments[60])
    assert spreads(pinched, labels("fig-steps")).max() < 0.03 * pinched.std()
    assert moments[60].trust < 0.85 < 0.99 < moments[1000].trust


def test_steps_that_are_too_long_settle_for_a_poorer_map() -> None:
    far = run(asked("fig-steps", epsilon=500, steps=300, compare="none")).shown
    assert far.cost > 3 * done("fig-steps").shown.cost


def test_a_group_ten_times_as_wide_looks_as_wide_as_the_other() -> None:
    points, at = done("fig-sizes").points.rows, places(done("fig-sizes").shown)
    before, after = (spreads(one, labels("fig-sizes")) for one in (points, at))
    assert 8 < before[0] / before[1] < 13
    assert 0.6 < after[0] / after[1] < 1.6
    flat = places(run(asked("fig-sizes", method="pca")).shown)
    kept = spreads(flat, labels("fig-sizes"))
    assert abs(kept[0] / kept[1] / (before[0] / before[1]) - 1) < 0.2


def gaps(at: Floats, of: NDArray[np.int64]) -> Floats:
    """Between the middles of groups 0 and 1, 1 and 2, 0 and 2."""
    middles = np.array([at[of == one].mean(axis=0) for one in range(3)])
    return np.array([np.linalg.norm(middles[a] - middles[b]) for a, b in ((0, 1), (1, 2), (0, 2))])


def test_three_groups_stand_in_a_triangle_until_attention_reaches_beyond_them() -> None:
    of = labels("fig-three")
    for seed in (0, 1, 2):
        shown = run(asked("fig-three", seed=seed, compare="none")).shown
        triangle = gaps(places(shown), of)
        assert triangle.max() / triangle.min() < 1.6
    apart = gaps(places(beside("fig-three", 100)), of)
    assert min(apart[1:]) > 2 * apart[0]
    assert beside("fig-three", 100).trust < 0.96 < beside("fig-three", 30).trust


def test_random_points_make_crumbs_and_the_numbers_say_so() -> None:
    at = {one.perplexity: one for one in done("fig-cloud").beside}
    assert crumbs(places(at[2])) > 15
    assert crumbs(places(at[50])) == 1
    assert max(one.trust for one in at.values()) < 0.75


def test_parallel_lines_become_bows_that_are_farthest_apart_in_their_middles() -> None:
    at = places(done("fig-lines").shown)
    of = labels("fig-lines")
    first, second = at[of == 0], at[of == 1]
    apart = np.linalg.norm(first - second, axis=1)
    ends = (apart[:5].mean() + apart[-5:].mean()) / 2
    assert apart[len(apart) // 2 - 5 : len(apart) // 2 + 5].mean() > 1.3 * ends
    assert f"{done('fig-lines').shown.trust:.3f}" == "1.000"


def test_linked_rings_lie_side_by_side_as_rings_do_that_are_not_linked() -> None:
    for data in ("linked", "unlinked"):
        shown = run(asked("fig-linked", data=data, compare="none")).shown
        assert shown.trust > 0.999
        assert crumbs(places(shown)) == 2


def test_the_inner_cluster_looks_not_quite_half_as_wide() -> None:
    inner = {"data": "inner", "points": 150, "dims": 50, "scale": 50, "perplexity": 30}
    found = run(asked("fig-linked", **inner, compare="none"))
    assert found.points.labels is not None
    narrow, wide = spreads(places(found.shown), found.points.labels)
    assert 0.35 < narrow / wide < 0.5


def test_a_knot_stays_in_one_piece_or_in_several_as_the_start_will() -> None:
    knot = {"data": "trefoil", "points": 120, "perplexity": 2, "compare": "seeds"}
    pieces = [crumbs(places(one)) for one in run(asked("fig-linked", **knot)).beside]
    assert min(pieces) == 1
    assert max(pieces) > 1


def test_what_sentences_set_is_what_the_figure_allows() -> None:
    starts = dict.fromkeys(STATES, "") | {"least": 0.1, "epsilon": 10}
    allowed = rules(STATES, {"start": starts})
    for name, value in re.findall(r"fig-\w+\.(\w+)=([\w.-]+)", text()):
        assert allowed[name].read(value) is not None, (name, value)


@pytest.mark.parametrize("name", [block.name for block in article(FOLDER).blocks])
def test_every_figure_of_the_article_has_its_map(name: str) -> None:
    assert not done(name).shown.refused
