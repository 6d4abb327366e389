"""Charts of this article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import altair as alt

from generator.compute.activations import activations
from generator.compute.inputs import from_bytes

if TYPE_CHECKING:
    from torch import Tensor, nn

    from generator.figure import Sources

MODEL, DATASET, OUTPUT = "digits-cnn", "digits", "logits"
SHOWN, LINE = 10, 24
# The channel that the text switches off; the article's test says what must be true of it.
LAYER, CHANNEL = "conv2", 13


def silenced(sources: Sources) -> alt.LayerChart:
    """Share of each digit read correctly with one channel at zero, marked with the usual share."""
    model, data = sources.model(MODEL), sources.dataset(DATASET)
    pictures, labels = from_bytes(data.images[data.test], model.card.range), data.labels[data.test]
    whole = activations(model.module, pictures, [OUTPUT])[OUTPUT].argmax(axis=1) == labels
    hook = model.module.get_submodule(LAYER).register_forward_hook(_silence)
    try:
        without = activations(model.module, pictures, [OUTPUT])[OUTPUT].argmax(axis=1) == labels
    finally:
        hook.remove()
    rows = [
        {
            "digit": name,
            "without": round(float(without[labels == label].mean()), 4),
            "whole": round(float(whole[labels == label].mean()), 4),
        }
        for label, name in enumerate(data.card.classes)
    ]
    title = "read correctly"
    chart = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("digit:N", title="digit", axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("digit:N", title="digit"),
            alt.Tooltip("without:Q", title="without the channel", format=".1%"),
            alt.Tooltip("whole:Q", title="whole network", format=".1%"),
        ],
    )
    off, on = (
        {"color": alt.Color(datum=name, title=None), "shape": alt.Shape(datum=name, title=None)}
        for name in ("without the channel", "whole network")
    )
    scale, axis = alt.Scale(zero=False, nice=True), alt.Axis(format="%")
    without = alt.Y("without:Q", title=title, scale=scale, axis=axis)
    gaps = chart.mark_rule().encode(y=without, y2="whole:Q")
    dots = chart.mark_point(opacity=1, size=110).encode(y=without, **off)
    squares = chart.mark_point(opacity=1, size=110).encode(y=alt.Y("whole:Q", title=title), **on)
    description = f"Share of each digit read with channel {CHANNEL} of {LAYER} switched off"
    return alt.layer(gaps, dots, squares, description=description).properties(width=520, height=220)


def _silence(_module: nn.Module, _inputs: tuple[Tensor, ...], answer: Tensor) -> Tensor:
    """The layer's answer with one channel at zero."""
    quiet = answer.clone()
    quiet[:, CHANNEL] = 0
    return quiet


def mixups(sources: Sources) -> alt.Chart:
    """How many test digits were mistaken, pair by pair; the pairs that were confused most."""
    model, data = sources.model(MODEL), sources.dataset(DATASET)
    pictures = from_bytes(data.images[data.test], model.card.range)
    said = activations(model.module, pictures, [OUTPUT])[OUTPUT].argmax(axis=1)
    names = data.card.classes
    pairs = Counter(
        " and ".join(sorted((names[written], names[read])))
        for written, read in zip(data.labels[data.test], said, strict=True)
        if written != read
    )
    # Ties in alphabetical order, so that the chart does not depend on the order of the digits.
    most = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    rows = [{"pair": pair, "mistaken": count} for pair, count in most]
    return (
        alt.Chart(alt.Data(values=rows), description="Pairs of digits taken for each other")
        .mark_bar()
        .encode(
            x=alt.X("mistaken:Q", title="test digits misread", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("pair:N", title="pair", sort=None),
            tooltip=[
                alt.Tooltip("pair:N", title="taken for each other"),
                alt.Tooltip("mistaken:Q", title="test digits misread"),
            ],
        )
        .properties(width=520, height=SHOWN * LINE)
    )
