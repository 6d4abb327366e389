"""An imagine figure as the page and the still need it: values, arrays, images and graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from generator.compute.dream.movement import OCTAVE, STREAM, Moves
from generator.compute.dream.picture import DECAY, NOISE, ROOM, noise
from generator.compute.dream.run import asked as told
from generator.compute.dream.slope import picture_slope
from generator.compute.gallery import atlas_tiles
from generator.compute.graphs import still
from generator.compute.imagine import library, nets, run
from generator.compute.imagine.run import Asked, Found
from generator.compute.inputs import to_bytes
from generator.compute.parametrization import AMPLITUDE
from generator.figure import Image, Payload, Source, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.compute.tiles import Tiles
    from generator.figures.imagine import Options

SIDE = library.SIDE
HEAVIEST = 40_000


@dataclass(frozen=True)
class Drawn:
    """What the still is made of: all shapes and which were chosen, and what came of it.

    pictures  an atlas: all shapes, then the imagined ones
    """

    names: Sequence[str]
    chosen: Sequence[int]
    shares: Sequence[float]
    pictures: Tiles
    line: str
    mark: str


def assembled(options: Options, draw: Callable[[Drawn], str]) -> Payload:
    """Make the first experiment and export what the page needs for others."""
    chosen = [library.NAMES.index(name) for name in options.shapes]
    asked = Asked(chosen, options.net, options.epochs, options.steps, options.start, options.seed)
    found = run.found(asked)
    masters = library.library()
    pictures = to_bytes(found.pictures)
    both = np.concatenate([masters, pictures])[:, None]
    line = _line(asked, found)
    drawn = Drawn(
        [called(name) for name in library.NAMES], chosen, found.shares.tolist(),
        atlas_tiles(both, 1, HEAVIEST), line, f"{options}",
    )  # fmt: skip
    return Payload(
        still=Still(draw(drawn)),
        alt=_alternative(options, found, line),
        values=_values(options, found),
        arrays={"shapes": masters, "pictures": pictures},
        images={"still-shapes": Image(drawn.pictures.atlas())},
        graphs={
            f"{what}-{name}": make(name)
            for name in nets.NETS
            for what, make in (("step", _step), ("slope", _slope))
        },
        table=Table(
            "What the network is sure of in the pictures that it imagined",
            ("shape", "share"),
            tuple(
                (called(name), float(f"{share:.4g}"))
                for name, share in zip(options.shapes, found.shares, strict=True)
            ),
        ),
    )


def called(name: str) -> str:
    """A shape in words."""
    return name.replace("-", " ")


def _line(asked: Asked, found: Found) -> str:
    return (
        f"A {asked.net}, {len(found.losses)} training steps: right on "
        f"{100 * found.right:.0f} % of {run.TESTS} new examples"
    )


def _alternative(options: Options, found: Found, line: str) -> str:
    sure = ", ".join(
        f"{called(name)} {100 * share:.0f} %"
        for name, share in zip(options.shapes, found.shares, strict=True)
    )
    return (
        f"A small network learned to tell {' from '.join(map(called, options.shapes))}, and for "
        f"each a picture was made that it takes for that shape alone. {line}. "
        f"How sure it is of its own pictures: {sure}."
    )


def _values(options: Options, found: Found) -> dict[str, Any]:
    return {
        "names": library.NAMES,
        "side": SIDE,
        "nets": {
            name: [[key, list(value.shape)] for key, value in build().state_dict().items()]
            for name, build in nets.NETS.items()
        },
        "constants": {
            "noise": NOISE, "amplitude": AMPLITUDE, "decay": DECAY, "room": ROOM,
            "stream": STREAM, "octave": OCTAVE, "smooth": run.SMOOTH,
            "draws": library.STREAM, "many": library.MANY, "weights": nets.WEIGHTS,
            "shift": library.SHIFT, "faintest": library.FAINTEST, "rough": library.ROUGH,
            "batch": run.BATCH, "each": run.EACH, "rate": run.RATE, "momentum": run.MOMENTUM,
            "climb": run.CLIMB, "jitter": run.JITTER, "scale": run.SCALE, "unseen": run.UNSEEN,
            "tests": run.TESTS, "absent": nets.ABSENT, "levels": run.LEVELS, "share": run.START,
        },
        "first": {
            "shapes": options.shapes, "net": options.net, "epochs": options.epochs,
            "steps": options.steps, "start": options.start, "seed": options.seed,
            "right": found.right, "shares": found.shares.tolist(),
            "loss": float(found.losses[-1]), "trained": len(found.losses),
        },
    }  # fmt: skip


def _step(name: str) -> Source:
    """The training step of a network, tried on real examples with some shapes absent."""
    net = nets.NETS[name]()
    weights = nets.masked(nets.first_weights(net, 0))
    chosen = [1, 4, 6]
    images, labels = library.examples(library.library(), chosen, 0, run.BATCH, 0)
    feeds = run.feeds(images, labels, chosen, still(weights))
    return Source(nets.step(net), weights, feeds, [feeds], shared=False)


def _slope(name: str) -> Source:
    """The slope of a picture, with the weights as inputs: they are the reader's own."""
    net = nets.NETS[name]()
    shape = (1, SIDE, SIDE)
    moves = Moves(1, 0.1)
    rows, columns = (
        torch.from_numpy(one.astype(np.float32)) for one in moves.at((SIDE, SIDE), 0, 0)
    )
    plan = run.plan(Asked([1, 4], name, 1, 16, "noise", 0), 1)
    goal = run.goal([1, 4], 1)
    goal = type(goal)(goal.direction, 0.5)
    count = len(library.NAMES)
    near = torch.eye(count)[None] / count**0.5
    feeds = {
        "numbers": torch.from_numpy(noise(shape, 0))[None],
        **run.made("noise").feeds(),
        "rows": rows,
        "columns": columns,
        **told(goal, plan, near),
    }
    # Rough everywhere: on flat ground poolings would choose by the last bits of a sum.
    feeds["base"] = torch.from_numpy(noise(shape, 1, 4.0))[None]
    real = {**feeds, "numbers": torch.from_numpy(noise(shape, 2, 4.0))[None]}
    function = picture_slope(net, nets.LAYER, shape, (0.0, 1.0))
    return Source(function, nets.first_weights(net, 0), feeds, [real, feeds], shared=False)
