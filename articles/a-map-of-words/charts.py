"""The chart of this article: association tests of Caliskan, Bryson and Narayanan on its vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from generator.figure import Sources

PLEASANT = """caress freedom health love peace cheer friend heaven loyal pleasure diamond gentle
honest lucky rainbow diploma gift honor miracle sunrise family happy laughter paradise vacation"""
UNPLEASANT = """abuse crash filth murder sickness accident death grief poison stink assault disaster
hatred pollute tragedy divorce jail poverty ugly cancer kill rotten vomit agony prison"""
FLOWERS = """aster clover hyacinth marigold poppy azalea crocus iris orchid rose daffodil lilac
pansy tulip buttercup daisy lily peony violet carnation magnolia petunia zinnia gardenia"""
INSECTS = """ant caterpillar flea locust spider bedbug centipede fly maggot tarantula bee cockroach
gnat mosquito termite beetle cricket hornet moth wasp dragonfly roach weevil"""
MALE, FEMALE = (
    "male man boy brother he him his son",
    "female woman girl sister she her hers daughter",
)
MATHS = "math algebra geometry calculus equations computation numbers addition"
ARTS = "poetry art dance literature novel symphony drama sculpture"
SCIENCE = "science technology physics chemistry experiment astronomy"
TESTS = {
    "flowers or insects, pleasant": (FLOWERS, INSECTS, PLEASANT, UNPLEASANT),
    "mathematics or arts, male": (MATHS, ARTS, MALE, FEMALE),
    "science or arts, male": (
        SCIENCE,
        "poetry art dance literature novel symphony drama",
        "brother father uncle grandfather son he his him",
        "sister mother aunt grandmother daughter she hers her",
    ),
}


def effect(
    unit: NDArray[np.float32], names: Sequence[str], test: tuple[str, str, str, str]
) -> float:
    """d = (mean s over X - mean s over Y) / standard deviation of s over both.

    s(w) is the mean cosine of w with A less that with B; vectors (n, d) have length 1.

    Range:   -2 to 2.
    Source:  Caliskan, Bryson and Narayanan 2017, doi:10.1126/science.aal4230
    """
    at = {name: i for i, name in enumerate(names)}
    x, y, a, b = (unit[[at[word] for word in words.split()]] for words in test)
    sx, sy = ((some @ a.T).mean(axis=1) - (some @ b.T).mean(axis=1) for some in (x, y))
    return float((sx.mean() - sy.mean()) / np.concatenate([sx, sy]).std(ddof=1))


def associations(sources: Sources) -> alt.Chart:
    """Effect sizes of three tests."""
    words = sources.dataset("words")
    unit = words.vectors / np.linalg.norm(words.vectors, axis=1, keepdims=True)
    names = list(words.columns["word"])
    rows = [
        {"test": name, "effect size": round(effect(unit, names, test), 4)}
        for name, test in TESTS.items()
    ]
    return (
        alt.Chart(
            alt.Data(values=rows), description="Effect sizes of three association tests, as bars"
        )
        .mark_bar(height=22)
        .encode(
            x=alt.X("effect size:Q", scale=alt.Scale(domain=[0, 2]), title="effect size d"),
            y=alt.Y("test:N", sort=None, title=None, axis=alt.Axis(labelLimit=240)),
        )
        .properties(width=420, height=130)
    )
