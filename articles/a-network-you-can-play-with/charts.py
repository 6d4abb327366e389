"""Charts of this article: many small networks, trained when the page is built."""

from __future__ import annotations

from dataclasses import replace
from statistics import mean
from typing import TYPE_CHECKING

import altair as alt

from generator.compute.playground.run import Asked, run

if TYPE_CHECKING:
    from generator.figure import Sources

CIRCLE = Asked(
    data="circle",
    noise=5,
    ratio=50,
    draw=0,
    inputs=("x", "y"),
    layers=(),
    activation="tanh",
    loss="squared",
    optimizer="sgd",
    rate=0.1,
    batch=10,
    regularization="none",
    strength=0,
    seed=0,
    epochs=150,
)
# As the block fig-memory has it.
CLOUDS = replace(
    CIRCLE, data="gauss", noise=40, ratio=10, layers=(8, 8), optimizer="momentum", rate=0.03
)
NEURONS, SEEDS = range(7), range(8)
EPOCHS = (5, 10, 20, 40, 80, 120, 160, 200, 250, 300, 350, 400)


def width(sources: Sources) -> alt.Chart:
    """Share of test points that networks of one hidden layer get right, over eight seeds."""
    rows = []
    for neurons in NEURONS:
        layers = (neurons,) if neurons else ()
        shares = [
            run(replace(CIRCLE, layers=layers, seed=seed)).measured()["test_right"]
            for seed in SEEDS
        ]
        for name, value in (("best", max(shares)), ("mean", mean(shares)), ("worst", min(shares))):
            rows.append({"neurons": neurons, "right": round(value, 4), "of": name})
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("neurons:Q", title="hidden neurons", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y(
                "right:Q",
                title="test points right",
                axis=alt.Axis(format="%"),
                scale=alt.Scale(zero=False),
            ),
            color=alt.Color("of:N", title=None),
        )
        .properties(description="Share of test points right by the number of hidden neurons")
    )


def memory(sources: Sources) -> alt.Chart:
    """Losses of one network that learns by heart, and of its twin that is held back."""
    rows = []
    for epochs in EPOCHS:
        free = run(replace(CLOUDS, epochs=epochs)).measured()
        held = run(replace(CLOUDS, epochs=epochs, regularization="l2", strength=0.01)).measured()
        for name, value in (
            ("training", free["train_loss"]),
            ("test", free["test_loss"]),
            ("test, with L2", held["test_loss"]),
        ):
            rows.append({"epoch": epochs, "loss": round(value, 4), "of": name})
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("epoch:Q", title="epoch"),
            y=alt.Y("loss:Q", title="loss"),
            color=alt.Color("of:N", title=None, sort=["training", "test", "test, with L2"]),
        )
        .properties(description="Loss in training and in testing")
    )
