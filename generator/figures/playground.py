"""A small network that the reader builds, trains and takes apart in the page.

It shows no model of the project: data and network are drawn from seeds, and what the still shows
after some epochs is what the page computes from the same seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from generator.figure import FigureOptions, Image, Payload, Sources, Still, Table
from generator.rules import Number, OneOf, Rule, Scalar, Text, Values

if TYPE_CHECKING:
    from generator.compute.playground.run import Run

SETS = ("circle", "xor", "gauss", "spiral", "blobs", "arms", "plane", "hills")
INPUTS = ("x", "y", "xx", "yy", "xy", "sin-x", "sin-y")
RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
STRENGTHS = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
SPEEDS = ("slow", "steady", "fast", "full")
CONTROLS = (
    "play", "step", "restart", "seed", "epoch", "speed", "stop", "map", "losses", "test",
    "discretize", "layers", "neurons", "inputs", "weights", "data", "noise", "ratio", "batch",
    "own", "points", "activation", "rate", "optimizer", "loss", "regularization", "strength",
    "export", "importance", "flow", "remove", "history",
)  # fmt: skip
"""Names of what a block or a link may hide or lock."""
MOST_LAYERS, MOST_UNITS = 6, 8
LAYERS = r"none|[1-8](-[1-8]){0,5}"
_INPUT = "|".join(INPUTS)


Held = Callable[[Values], Rule]


def _one(name: str, description: str, choices: Sequence[Scalar]) -> Held:
    return lambda values: OneOf(description, choices, values["start"][name])


def _number(name: str, description: str, least: int, most: int) -> Held:
    return lambda values: Number(description, least, most, values["start"][name], 1)


def _text(name: str, description: str, form: str, example: str) -> Held:
    return lambda values: Text(description, form, example, values["start"][name])


STATES: dict[str, Held] = {
    "data": _one("data", "data set; own: the reader's", (*SETS, "own")),
    "own": _text("own", "a reader's own points", r"[2-6r]([A-Za-z0-9_\-]{4}){0,400}", "2gABA"),
    "noise": _number("noise", "noise in per cent", 0, 50),
    "ratio": _number("ratio", "per cent of the points that are for training", 10, 90),
    "draw": _number("draw", "seed of the points", 0, 999),
    "inputs": _text("inputs", "inputs", f"({_INPUT})(,({_INPUT}))*", "x,y,xx"),
    "layers": _text("layers", "neurons of each hidden layer", LAYERS, "4-2"),
    "activation": _one("activation", "activation", ("tanh", "relu", "sigmoid", "linear")),
    "loss": _one("loss", "loss of two classes", ("squared", "cross-entropy")),
    "optimizer": _one("optimizer", "optimizer", ("sgd", "momentum", "adam")),
    "rate": _one("rate", "learning rate", RATES),
    "batch": _number("batch", "batch size", 1, 50),
    "regularization": _one("regularization", "regularization", ("none", "l1", "l2")),
    "strength": _one("strength", "strength of the regularization", STRENGTHS),
    "seed": _number("seed", "seed of the first weights", 0, 999),
    "epochs": _number("epochs", "epochs that are trained at once", 0, 10_000),
    "speed": _one("speed", "speed", SPEEDS),
    "stop": _number("stop", "epoch at which training stops; 0: never", 0, 10_000),
    "test": _one("test", "whether test points are shown", (False, True)),
    "discretize": _one("discretize", "whether the map has two colours", (False, True)),
    "importance": _one("importance", "whether neurons are as large as they matter", (False, True)),
    "flow": _one("flow", "whether lines are as wide as weight times usual value", (False, True)),
    "unit": _text("unit", "open neuron: layer/number", r"[1-7]/[0-7]", "1/0"),
    "at": _text(
        "at", "place whose numbers are shown", r"-?[0-6](\.\d{1,2})?,-?[0-6](\.\d{1,2})?", "1.5,-2"
    ),
}


class Options(FigureOptions):
    """What an article may set: where the reader starts."""

    data: Literal[SETS] = Field("circle", description="data set, which also sets the problem")  # type: ignore[valid-type]
    noise: int = Field(0, ge=0, le=50, description="noise in per cent; it moves points about")
    ratio: int = Field(50, ge=10, le=90, description="per cent of the points for training")
    draw: int = Field(0, ge=0, le=999, description="seed of the points")
    inputs: tuple[Literal[INPUTS], ...] = Field(  # type: ignore[valid-type]
        ("x", "y"), min_length=1, description="what the network is given of a point"
    )
    layers: tuple[Annotated[int, Field(ge=1, le=MOST_UNITS)], ...] = Field(
        (4, 2), max_length=MOST_LAYERS, description="neurons of each hidden layer"
    )
    activation: Literal["tanh", "relu", "sigmoid", "linear"] = Field(
        "tanh", description="activation of hidden neurons"
    )
    loss: Literal["squared", "cross-entropy"] = Field(
        "squared",
        description="loss of two classes; more classes have cross-entropy, a number squared error",
    )
    optimizer: Literal["sgd", "momentum", "adam"] = Field("sgd", description="how weights move")
    rate: float = Field(0.03, description="learning rate")
    batch: int = Field(10, ge=1, le=50, description="examples in a batch")
    regularization: Literal["none", "l1", "l2"] = Field("none", description="penalty on weights")
    strength: float = Field(0, description="how much the penalty counts")
    seed: int = Field(
        0, ge=0, le=999, description="seed of the first weights and of the order of examples"
    )
    epochs: int = Field(
        100, ge=0, le=2000, description="epochs that still and figure have behind them at first"
    )
    speed: Literal[SPEEDS] = Field("steady", description="epochs a second: 5, 60, 600, or all")  # type: ignore[valid-type]
    stop: int = Field(0, ge=0, le=10_000, description="epoch at which training stops; 0: never")
    test: bool = Field(False, description="whether test points are shown")
    discretize: bool = Field(False, description="whether the map has two colours")
    importance: bool = Field(False, description="whether neurons are as large as they matter")
    flow: bool = Field(False, description="whether lines show weight times usual value")
    unit: str = Field("", pattern=r"^([1-7]/[0-7])?$", description="open neuron: layer/number")
    hide: tuple[Literal[CONTROLS], ...] = Field((), description="controls that are not there")  # type: ignore[valid-type]
    lock: tuple[Literal[CONTROLS], ...] = Field((), description="controls that stay as they are")  # type: ignore[valid-type]

    @field_validator("rate", "strength")
    @classmethod
    def _known(cls, value: float, info: ValidationInfo) -> float:
        known = RATES if info.field_name == "rate" else STRENGTHS
        if value not in known:
            raise ValueError(f"must be one of {', '.join(f'{one:.12g}' for one in known)}")
        return value


def payload(options: Options, sources: Sources) -> Payload:
    """Train the network that the reader finds, and draw it."""
    from generator.compute.playground.run import Asked, run
    from generator.stills.playground import playground_pixels, playground_still

    done = run(Asked(**{one.name: getattr(options, one.name) for one in fields(Asked)}))
    values = {
        "start": _start(options),
        "hide": " ".join(options.hide),
        "lock": " ".join(options.lock),
        **done.measured(),
    }
    return Payload(
        still=Still(playground_still(done)),
        alt=_alt(options, done),
        values=values,
        images={
            scheme: Image(playground_pixels(done, scheme), lossless=False)
            for scheme in ("light", "dark")
        },
        table=_table(done),
    )


def _start(options: Options) -> dict[str, Any]:
    """Every state that the page begins with."""
    held = {name: getattr(options, name) for name in STATES if name not in ("at", "own")}
    inputs = ",".join(name for name in INPUTS if name in options.inputs)
    layers = "-".join(map(str, options.layers)) or "none"
    return {**held, "inputs": inputs, "layers": layers, "at": "0,0", "own": ""}


def _alt(options: Options, done: Run) -> str:
    """The picture in words: the network, its data, how far it is."""
    hidden = " and ".join(map(str, options.layers))
    net = f"hidden layers of {hidden} neurons" if options.layers else "no hidden layer"
    if len(options.layers) == 1:
        net = f"one hidden layer of {hidden} neurons"
    found = done.measured()
    said = (
        f"A network with {len(options.inputs)} inputs and {net} on the data set {options.data}, "
        f"after {options.epochs} epochs. Its loss is {found['train_loss']:.3g} in training and "
        f"{found['test_loss']:.3g} in testing"
    )
    if "test_right" in found:
        said += f"; it puts {found['test_right']:.0%} of the test points into the right class"
    return f"{said}. Every neuron is drawn as a map of its answers over the plane."


def _table(done: Run) -> Table:
    """Every weight, one row a neuron."""
    rows: list[tuple[str | int | float, ...]] = []
    for layer, (weights, biases) in enumerate(done.net.matrices(), 1):
        for unit, (row, bias) in enumerate(zip(weights, biases, strict=True), 1):
            told = ", ".join(f"{weight:.4g}" for weight in row)
            rows.append((layer, unit, told, float(f"{bias:.4g}")))
    columns = ("layer", "neuron", "weights", "bias")
    return Table(f"Weights after {done.epochs} epochs", columns, tuple(rows))
