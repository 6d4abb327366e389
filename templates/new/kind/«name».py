"""«title»: an activation function and its slope, with a marker that the reader moves.

Change it into a kind of your own. `Options` is what an article may set, `payload` what the build
computes. The .html beside this file places the still picture, the .js brings it to life. In an
article:

    :::{«name»}
    :name: fig-curve
    :function: tanh
    :layout: body
    The caption.
    :::
"""

from __future__ import annotations

from typing import Literal

from generator.figure import FigureOptions, Payload, Sources, Still, Table
from pydantic import Field

WIDTH, HEIGHT, MARGIN = 720, 300, 36


class Options(FigureOptions):
    """Every field is described: the description is shown when an author leaves it out."""

    function: Literal["relu", "tanh", "sigmoid", "gelu"] = Field(description="which function")
    low: float = Field(-4.0, description="left end of the horizontal axis")
    high: float = Field(4.0, description="right end of the horizontal axis")
    points: int = Field(201, ge=2, le=2001, description="how many points make the curve")


def payload(options: Options, sources: Sources) -> Payload:
    """Compute y = f(x) and its slope on an even grid.

    A kind that shows a network asks for it by `sources.model(options.model)`, with an option of the
    type `ModelName`; `generator/figure.py` has more of them. Whatever is computed is kept until
    the options, the model, the data or this code change.

    Shape:   x, y and slope have one number per point.
    """
    # Loaded here and not above, so that a build with nothing to compute stays quick.
    import torch

    functions = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
    function = functions.get(options.function, torch.nn.functional.gelu)
    x = torch.linspace(options.low, options.high, options.points, requires_grad=True)
    y = function(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    x, y = x.detach(), y.detach()
    rows = [(float(x[i]), float(y[i]), float(slope[i])) for i in (0, len(x) // 2, -1)]
    return Payload(
        still=Still(_drawn(x.tolist(), y.tolist())),
        alt=f"The curve of {options.function} from {options.low:g} to {options.high:g}: it starts "
        f"at {rows[0][1]:.3g}, passes {rows[1][1]:.3g} in the middle and ends at {rows[2][1]:.3g}.",
        # An article quotes these by {value}`figure/NAME/highest`.
        values={"function": options.function, "highest": float(y.max())},
        arrays={"x": x.numpy(), "y": y.numpy(), "slope": slope.numpy()},
        table=Table("Three points of the curve", ("x", "y", "slope"), tuple(rows)),
    )


def _drawn(x: list[float], y: list[float]) -> str:
    """The still: SVG with a viewBox and no size, in the classes of still.css, for both schemes."""
    low, high = min(y), max(y)

    def place(across: float, up: float) -> str:
        column = MARGIN + (across - x[0]) / (x[-1] - x[0]) * (WIDTH - 2 * MARGIN)
        row = HEIGHT - MARGIN - (up - low) / ((high - low) or 1) * (HEIGHT - 2 * MARGIN)
        return f"{column:.2f},{row:.2f}"

    curve = " ".join(place(*point) for point in zip(x, y, strict=True))
    base, end = HEIGHT - MARGIN, WIDTH - MARGIN
    return (
        f'<svg class="grows" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path class="axis" d="M{MARGIN} {MARGIN}V{base}H{end}"/>'
        f'<polyline class="s-accent" fill="none" stroke-width="2.5" points="{curve}"/>'
        f'<text class="t-small muted start" x="{MARGIN}" y="{base + 20}">{x[0]:g}</text>'
        f'<text class="t-small muted end" x="{end}" y="{base + 20}">{x[-1]:g}</text>'
        f'<text class="t-small muted end" x="{MARGIN - 6}" y="{base}">{low:.2g}</text>'
        f'<text class="t-small muted end" x="{MARGIN - 6}" y="{MARGIN + 4}">{high:.2g}</text>'
        "</svg>"
    )
