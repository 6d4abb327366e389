"""The chart of this article: why a slope does not point at what it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.figure import Sources

POINTS = 70
REACH = 1.8
LINES = ("weights", "distractor", "signal")


def parts() -> NDArray[np.float64]:
    """Signal and distractor of each point: means 0, no correlation at all, (POINTS, 2).

    So that the pattern, cov(x, y) / var(y), is the signal's direction exactly.
    """
    drawn = np.random.default_rng(0).normal(size=(POINTS, 2))
    apart, _ = np.linalg.qr(drawn - drawn.mean(0))
    return np.asarray(apart * np.sqrt(POINTS) * [0.8, 0.7], np.float64)


def distractor(sources: Sources) -> alt.LayerChart:
    """Pictures of two pixels, x = signal (1, 0) + distractor (cos t, sin t), and three directions.

    A model that answers with the signal has weights w . (1, 0) = 1, w . (cos t, sin t) = 0, so that
    w = (1, -cos t / sin t); the pattern cov(x, y) / var(y) stays (1, 0).

    Source:  Kindermans et al. 2018, arXiv:1705.05598, section 2.
    """
    angle = alt.param(
        name="angle",
        value=45,
        bind=alt.binding_range(
            min=30, max=150, step=5, name="direction of the distractor, degrees "
        ),
    )
    turn = "angle * PI / 180"
    points = [{"signal": round(s, 4), "noise": round(n, 4)} for s, n in parts()]
    # However wide the chart is drawn, a step is as long to the right as upwards: angles are true.
    scale = {
        axis: alt.Scale(
            domainMin=alt.ExprRef(f"-{REACH} * max(1, {longer})"),
            domainMax=alt.ExprRef(f"{REACH} * max(1, {longer})"),
            nice=False,
        )
        for axis, longer in (("x", "width / height"), ("y", "height / width"))
    }
    cloud = (
        alt.Chart(alt.Data(values=points))
        .transform_calculate(
            x=f"datum.signal + datum.noise * cos({turn})", y=f"datum.noise * sin({turn})"
        )
        .mark_circle(size=28, opacity=0.5, clip=True)
        .encode(
            x=alt.X("x:Q", title="first pixel", scale=scale["x"]),
            y=alt.Y("y:Q", title="second pixel", scale=scale["y"]),
        )
    )
    ways = (
        alt.Chart(alt.Data(values=[{"line": line} for line in LINES]))
        .transform_calculate(
            x=f"datum.line == '{LINES[1]}' ? cos({turn}) : 1",
            y=f"datum.line == '{LINES[1]}' ? sin({turn}) : datum.line == '{LINES[0]}' ? "
            f"-cos({turn}) / sin({turn}) : 0",
            zero="0",
        )
        .encode(
            x=alt.X("x:Q", scale=scale["x"]),
            y=alt.Y("y:Q", scale=scale["y"]),
        )
    )
    colour = alt.Color("line:N", sort=list(LINES), legend=None)
    rules = ways.mark_rule(strokeWidth=3).encode(x2="zero:Q", y2="zero:Q", color=colour)
    ends = ways.mark_point(filled=True, size=90, opacity=1).encode(
        color=colour, shape=alt.Shape("line:N", sort=list(LINES), legend=None)
    )
    names = ways.mark_text(align="left", dx=10).encode(text="line:N")
    return (
        alt.layer(cloud, rules, ends, names)
        .add_params(angle)
        .properties(
            width=380,
            height=380,
            description="A cloud of points, and three lines from its middle: the signal to the "
            "right, the distractor at the chosen angle, and the weights at right angles to it.",
        )
    )
