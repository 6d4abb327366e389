"""The still of the kind `playground`: every unit as a map of its answers, weights between them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from generator.palette import PALETTES, Scheme, channels, diverging

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.playground.run import Run

WIDTH, SIZE, PITCH = 1000, 44, 58
NAMES, NET = 50, 590
"""Room for the names of inputs, and right edge of the network."""
MAP = 350
TOP = 34
DENSITY = 2
"""Pixels of the image to a unit of the drawing."""
DOT = 4.6
END = 0.6
"""Where a scale's end lies in the palette's: dark enough, and points can be seen on it."""
LABELS = {"xx": "x²", "yy": "y²", "sin-x": "sin x", "sin-y": "sin y"}


def _height(counts: list[int]) -> int:
    return TOP + max(MAP, max(counts) * PITCH) + 68


def _counts(done: Run) -> list[int]:
    return [len(done.inputs), *(units for _, _, (units, _) in done.net.layers)]


def _place(counts: list[int], column: int, unit: int) -> tuple[float, float]:
    """Upper left corner of a unit."""
    x = NAMES + column * (NET - NAMES - SIZE) / (len(counts) - 1)
    middle = TOP + max(MAP, max(counts) * PITCH) / 2
    return x, middle + (unit - counts[column] / 2) * PITCH + (PITCH - SIZE) / 2


def playground_still(done: Run) -> str:
    """SVG: links under one image for each scheme, named ``light`` and ``dark``, and words."""
    counts = _counts(done)
    height = _height(counts)
    images = "".join(
        f'<image class="{scheme}-only" href="image:{scheme}" x="0" y="0" width="{WIDTH}" '
        f'height="{height}"/>'
        for scheme in PALETTES
    )
    frames = []
    for column, count in enumerate(counts):
        for unit in range(count):
            x, y = _place(counts, column, unit)
            frames.append(_frame(x, y, SIZE, "frame" if column else "s-rule"))
            if not column:
                name = done.inputs[unit]
                frames.append(_text(LABELS.get(name, name), x - 10, y + 27, "t-label end"))
    left = WIDTH - MAP
    frames.append(_frame(left, TOP, MAP, "frame"))
    return (
        f'<svg class="grows" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
        f"{_links(done, counts)}{images}{''.join(frames)}{_words(done, counts, left)}</svg>"
    )


def _words(done: Run, counts: list[int], left: float) -> str:
    found = done.measured()
    below = TOP + MAP + 24
    hidden = len(counts) - 2
    layers = f"{hidden} hidden layer{'s' * (hidden != 1)}"
    said = [
        _text("Inputs", NAMES, 16, "t-label muted"),
        _text(layers, (NAMES + NET) / 2, 16, "t-label muted middle"),
        _text("Output", left, 16, "t-label muted"),
        _text(f"epoch {done.epochs:,}", WIDTH, 16, "t-label muted end"),
        _text(f"Training loss {found['train_loss']:.4f}", left, below, "t-label"),
        _text(f"Test loss {found['test_loss']:.4f}", left, below + 28, "t-label"),
    ]
    if done.classes:
        said.append(_text(f"{found['train_right']:.0%} right", WIDTH, below, "t-label muted end"))
        right = f"{found['test_right']:.0%} right"
        said.append(_text(right, WIDTH, below + 28, "t-label muted end"))
    return "".join(said)


def _links(done: Run, counts: list[int]) -> str:
    parts = []
    for column, (weights, _) in enumerate(done.net.matrices()):
        for to, row in enumerate(weights):
            for start, weight in enumerate(row):
                x0, y0 = _place(counts, column, start)
                x1, y1 = _place(counts, column + 1, to)
                half = (x0 + SIZE + x1) / 2
                parts.append(
                    f'<path class="{"s-negative" if weight < 0 else "s-positive"}" '
                    f'stroke-width="{_thickness(float(weight)):.2f}" stroke-opacity="0.8" '
                    f'd="M{x0 + SIZE:.1f} {y0 + SIZE / 2:.1f}C{half:.1f} {y0 + SIZE / 2:.1f} '
                    f'{half:.1f} {y1 + SIZE / 2:.1f} {x1:.1f} {y1 + SIZE / 2:.1f}"/>'
                )
    return "".join(parts)


def _thickness(weight: float) -> float:
    """As the page draws it."""
    return min(7.0, 0.4 + 2.6 * math.sqrt(abs(weight)))


def playground_pixels(done: Run, scheme: Scheme) -> NDArray[np.uint8]:
    """Maps of all units and the large one with the training points: RGBA, clear between them."""
    import numpy as np

    counts = _counts(done)
    image = np.zeros((_height(counts) * DENSITY, WIDTH * DENSITY, 4), np.uint8)
    maps = done.maps()
    for column, units in enumerate(maps):
        last = column == len(maps) - 1
        bounded = last or (column and done.net.recipe.activation in ("tanh", "sigmoid"))
        for unit, answers in enumerate(units):
            if last and done.classes > 2:
                colours = _mixed(answers[None], [unit], scheme)
            else:
                most = 1.0 if bounded else max(1.0, float(np.abs(answers).max()))
                colours = diverging(END * answers / most, scheme)
            _put(image, colours, _place(counts, column, unit), SIZE)
    many = done.classes > 2
    answers = maps[-1]
    large = (
        _mixed(answers, list(range(done.classes)), scheme)
        if many
        else diverging(END * answers[0], scheme)
    )
    _put(image, large, (WIDTH - MAP, TOP), MAP)
    _points(image, done, scheme)
    return image


def _mixed(shares: NDArray[Any], classes: list[int], scheme: Scheme) -> NDArray[np.uint8]:
    """Every class adds its colour, from the paper's at an even guess."""
    import numpy as np

    zero = np.array(channels(PALETTES[scheme].zero), np.float64)
    found = np.broadcast_to(zero, (*shares.shape[1:], 3)).copy()
    for share, index in zip(shares, classes, strict=True):
        colour = np.array(channels(PALETTES[scheme].categories[index % 10]), np.float64)
        found += 0.75 * (share**2)[..., None] * (colour - zero)
    return np.clip(found, 0, 255).astype(np.uint8)


def _put(
    image: NDArray[np.uint8], colours: NDArray[np.uint8], at: tuple[float, float], side: int
) -> None:
    """Enlarge or shrink a square of colours into its place."""
    import numpy as np
    from PIL import Image

    size = side * DENSITY
    drawn = Image.fromarray(colours).resize((size, size), Image.Resampling.BILINEAR)
    left, top = (round(edge * DENSITY) for edge in at)
    image[top : top + size, left : left + size, :3] = np.asarray(drawn)
    image[top : top + size, left : left + size, 3] = 255


def _points(image: NDArray[np.uint8], done: Run, scheme: Scheme) -> None:
    """Discs with an edge of the paper's colour; each pixel takes what of it lies inside."""
    import numpy as np

    palette = PALETTES[scheme]
    edge = np.array(channels(palette.paper if done.classes else palette.muted), np.float64)
    radius = DOT * DENSITY
    reach = int(radius) + 3
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    for i in range(done.count - 1, -1, -1):
        label = float(done.points.labels[i])
        if done.classes > 2:
            colour = np.array(channels(palette.categories[int(label) % 10]), np.float64)
        else:
            colour = diverging([label * (0.8 if done.classes else 1)], scheme)[0].astype(np.float64)
        x = (WIDTH - MAP + (float(done.points.xs[i]) / 12 + 0.5) * MAP) * DENSITY
        y = (TOP + (0.5 - float(done.points.ys[i]) / 12) * MAP) * DENSITY
        left, top = int(x), int(y)
        away = np.hypot(columns + left - x, rows + top - y)
        place = image[top - reach : top + reach + 1, left - reach : left + reach + 1, :3]
        for size, paint in ((radius, edge), (radius - 2.2, colour)):
            inside = np.clip(size + 0.5 - away, 0, 1)[..., None]
            place[...] = np.rint(place + inside * (paint - place)).astype(np.uint8)


def _frame(x: float, y: float, side: float, name: str) -> str:
    return (
        f'<rect class="{name}" fill="none" x="{x:.1f}" y="{y:.1f}" width="{side}" '
        f'height="{side}" rx="3"/>'
    )


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{words}</text>'
