"""Points of many dimensions and the maps that t-SNE and others make of them, live in the page.

It shows no model of the project: points are made from a seed or are the reader's own, and what the
still shows after some steps is what the page computes from the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Literal

from pydantic import Field, model_validator

from generator.figure import FigureOptions, Payload, Sources, Still
from generator.rules import Number, OneOf, Rule, Scalar, Text, Values

Range = tuple[int, int, int]

DIMS: Range = (1, 100, 10)
SETS: dict[str, tuple[str, Range, Range | None, Range | None]] = {
    "clusters": ("Two clusters", (10, 400, 100), (1, 100, 2), None),
    "sizes": ("Two sizes", (10, 400, 100), (1, 100, 2), (1, 20, 10)),
    "three": ("Three clusters", (15, 400, 150), (1, 100, 2), (1, 20, 5)),
    "inner": ("Cluster in a cluster", (10, 400, 150), (1, 100, 50), (1, 50, 50)),
    "lines": ("Two lines", (10, 400, 150), None, None),
    "cloud": ("Gaussian cloud", (4, 400, 200), (1, 100, 100), None),
    "ellipse": ("Long cloud", (4, 400, 100), (1, 100, 50), None),
    "cube": ("Full cube", (4, 400, 150), (1, 100, 2), None),
    "grid": ("Grid", (4, 400, 100), None, None),
    "circle": ("Circle", (4, 400, 60), None, None),
    "random-circle": ("Uneven circle", (4, 400, 100), None, None),
    "trefoil": ("Trefoil knot", (10, 400, 120), None, None),
    "linked": ("Linked rings", (10, 400, 120), None, None),
    "unlinked": ("Unlinked rings", (10, 400, 120), None, None),
    "steps": ("Orthogonal steps", (4, 200, 60), None, None),
    "walk": ("Random walk", (4, 400, 120), DIMS, None),
    "jump": ("Random jumps", (4, 400, 120), DIMS, None),
    "simplex": ("Simplex", (4, 200, 50), None, None),
}
"""Label of every set; then least, greatest and first number of points, of dimensions, and scale."""
METHODS = ("tsne", "umap", "pca", "classical", "smacof", "sammon", "graph")
RATES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
SPEEDS = ("slow", "steady", "fast", "full")
COMPARED = ("perplexity", "steps", "seeds", "methods", "none")
CONTROLS = (
    "play", "step", "restart", "seed", "steps", "speed", "method", "perplexity", "epsilon",
    "neighbours", "least", "data", "points", "dims", "scale", "draw", "own", "compare", "turn",
    "view", "map", "quality", "export",
)  # fmt: skip
"""Names of what a block or a link may hide or lock."""
LONGEST = 5000

Held = Callable[[Values], Rule]


def _one(name: str, description: str, choices: Sequence[Scalar]) -> Held:
    return lambda values: OneOf(description, choices, values["start"][name])


def _number(name: str, description: str, least: float, most: float, step: float = 1) -> Held:
    return lambda values: Number(description, least, most, values["start"][name], step)


STATES: dict[str, Held] = {
    "data": _one("data", "points; own: the reader's", (*SETS, "own")),
    "points": _number("points", "number of points", 4, 400),
    "dims": _number("dims", "dimensions, where a set has them to choose", 1, 100),
    "scale": _number("scale", "how wide or far a set's second part is", 1, 50),
    "draw": _number("draw", "seed of the points", 0, 999),
    "method": _one("method", "how the map is made", METHODS),
    "perplexity": _number("perplexity", "t-SNE: about how many neighbours count", 2, 100),
    "epsilon": _one("epsilon", "t-SNE: learning rate", RATES),
    "neighbours": _number("neighbours", "UMAP, graph: neighbours of each point", 2, 100),
    "least": _number("least", "UMAP: how close points may lie", 0, 1, 0.05),
    "seed": _number("seed", "seed of where points start", 0, 999),
    "steps": _number("steps", "steps that are taken at once", 0, LONGEST),
    "speed": _one("speed", "speed", SPEEDS),
    "compare": _one("compare", "what maps are put side by side", COMPARED),
    "turn": _number("turn", "degrees by which three dimensions are turned", 0, 359),
    "tilt": _number("tilt", "degrees by which they are tilted", -90, 90),
    "at": lambda values: Text(
        "chosen point, counted from 0", r"\d{1,4}", "12", values["start"]["at"]
    ),
}


class Options(FigureOptions):
    """What an article may set: where the reader starts."""

    data: Literal[tuple(SETS)] = Field("clusters", description="which points")  # type: ignore[valid-type]
    points: int = Field(
        0, ge=0, le=400, description="number of points; 0: as many as the set usually has"
    )
    dims: int = Field(
        0,
        ge=0,
        le=100,
        description="dimensions, where the set has them to choose; 0: its usual number",
    )
    scale: int = Field(
        0, ge=0, le=50, description="how wide or far the set's second part is; 0: as usual"
    )
    draw: int = Field(0, ge=0, le=999, description="seed of the points")
    method: Literal["tsne", "pca"] = Field(
        "tsne", description="how the map is made at first; readers have others too"
    )
    perplexity: int = Field(30, ge=2, le=100, description="t-SNE: about how many neighbours count")
    epsilon: Literal[RATES] = Field(10, description="t-SNE: learning rate")  # type: ignore[valid-type]
    neighbours: int = Field(15, ge=2, le=100, description="UMAP, graph: neighbours of each point")
    least: float = Field(
        0.1, ge=0, le=1, multiple_of=0.05, description="UMAP: how close points may lie"
    )
    steps: int = Field(
        500, ge=0, le=LONGEST, description="steps that still and figure have behind them at first"
    )
    speed: Literal[SPEEDS] = Field("steady", description="steps a second: 20, 120, 1000, or all")  # type: ignore[valid-type]
    compare: Literal["perplexity", "steps", "seeds", "none"] = Field(
        "perplexity",
        description="what further t-SNE maps differ in: five values of it side by side",
    )
    turn: int = Field(30, ge=0, le=359, description="degrees by which three dimensions are turned")
    tilt: int = Field(25, ge=-90, le=90, description="degrees by which they are tilted")
    seed: int = Field(0, ge=0, le=999, description="seed of where points start")
    hide: tuple[Literal[CONTROLS], ...] = Field((), description="controls that are not there")  # type: ignore[valid-type]
    lock: tuple[Literal[CONTROLS], ...] = Field((), description="controls that stay as they are")  # type: ignore[valid-type]

    @model_validator(mode="after")
    def fits(self) -> Options:
        """Refuse what the set does not have, and more neighbours than there are points."""
        for name, value, held in zip(
            ("points", "dims", "scale"),
            (self.points, self.dims, self.scale),
            SETS[self.data][1:],
            strict=True,
        ):
            if value and held is None:
                raise ValueError(f"{name!r} means nothing to {self.data!r}, which has it fixed")
            if value and held and not held[0] <= value <= held[1]:
                raise ValueError(
                    f"{name!r} of {self.data!r} is {value}; from {held[0]} to {held[1]} is possible"
                )
        points = self.chosen("points")
        if self.data == "grid":
            points = int(points**0.5) ** 2
        if self.method == "tsne" and self.perplexity >= points:
            raise ValueError(
                f"'perplexity' asks for {self.perplexity} neighbours, and there are {points} points"
            )
        return self

    def chosen(self, name: str) -> int:
        """The number of points or dimensions, or the scale: the block's, else the set's own."""
        _, points, dims, scale = SETS[self.data]
        held = {"points": points, "dims": dims, "scale": scale}[name]
        asked: int = getattr(self, name)
        return asked or (held[2] if held else 1)


def payload(options: Options, sources: Sources) -> Payload:
    """Map the points as the reader finds them, and draw it."""
    from generator.compute.reduction.run import Asked, run
    from generator.stills.reduction import reduction_still
    from generator.stills.reduction_words import alt, table, words

    del sources
    chosen = {name: options.chosen(name) for name in ("points", "dims", "scale")}
    done = run(
        Asked(
            **{one.name: chosen.get(one.name, getattr(options, one.name)) for one in fields(Asked)}
        )
    )
    count, width = done.points.rows.shape
    values = {
        "start": {**{name: getattr(options, name, "") for name in STATES}, **chosen},
        "hide": " ".join(options.hide),
        "lock": " ".join(options.lock),
        "count": count,
        "width": width,
        "counted": done.counted,
        "shown": done.shown.measured(),
        "beside": [one.measured() for one in done.beside],
    }
    told = words(SETS[options.data][0], done)
    # Groups are in the page's colours, tones in those of one scheme.
    toned = done.points.labels is None and done.points.tones is not None
    stills = (
        reduction_still(done, options.turn, options.tilt, told, scheme)
        for scheme in (("light", "dark") if toned else ("light",))
    )
    return Payload(
        still=Still(*stills),
        alt=alt(SETS[options.data][0], done),
        values=values,
        arrays={} if done.shown.places is None else {"places": done.shown.places.astype("float32")},
        table=table(done),
    )
