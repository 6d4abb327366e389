"""Forms of digits, written by a shaky hand and drawn as the page's pad draws them."""

from __future__ import annotations

import torch
from torch import Generator, Tensor

BOX = 20.0
SIZE = 28
NARROW, WIDE = 0.4, 1.1  # width of a digit of height 1
SHAKE = 0.06  # standard deviation of a point, of the digit's height
JOINED = 0.25  # share of drawings whose pen stays down between strokes
SPAN = 6  # lines per span of the spline
CHUNK = 10  # pictures at a time, to keep the distances in the processor's cache


def written(
    forms: dict[int, list[list[list[tuple[float, float]]]]], count: int, random: Generator
) -> tuple[Tensor, Tensor]:
    """Draw `count` digits, the classes in turn, each in a form drawn by lot.

    Shape:   images (count, 1, 28, 28), labels (count,).
    Range:   0 for paper to 1 for ink.
    """
    labels = torch.arange(count) % 10
    drawings = [_hand(_lot(forms[int(label)], random), random) for label in labels]
    longest = max(len(lines) for lines in drawings)
    lines = torch.stack([torch.cat([d, d[-1:].expand(longest - len(d), 2, 2)]) for d in drawings])
    pens = 1.8 + 1.6 * torch.rand(count, generator=random)
    parts = range(0, count, CHUNK)
    images = [ink(lines[i : i + CHUNK], pens[i : i + CHUNK]) for i in parts]
    return torch.cat(images)[:, None], labels


def _lot(forms: list[list[list[tuple[float, float]]]], random: Generator) -> list[Tensor]:
    form = forms[int(torch.randint(len(forms), (), generator=random))]
    return [torch.tensor(stroke, dtype=torch.float32) for stroke in form]


def _hand(strokes: list[Tensor], random: Generator) -> Tensor:
    """Move every point a little, smooth, and give the lines of all strokes, (lines, 2, 2)."""
    width = NARROW * (WIDE / NARROW) ** float(torch.rand((), generator=random))
    shaky = [
        (stroke + SHAKE * torch.randn(stroke.shape, generator=random)) * torch.tensor([width, 1.0])
        for stroke in strokes
    ]
    if len(shaky) > 1 and float(torch.rand((), generator=random)) < JOINED:
        shaky = [torch.cat(shaky)]
    curves = [_spline(stroke) for stroke in shaky]
    return torch.cat([torch.stack([curve[:-1], curve[1:]], 1) for curve in curves])


def _spline(points: Tensor) -> Tensor:
    padded = torch.cat([points[:1], points, points[-1:]])
    a, b, c, d = (padded[i : len(points) - 1 + i, None] for i in range(4))
    t = (torch.arange(SPAN) / SPAN)[:, None]
    bend = (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return torch.cat([(b + bend / 2).reshape(-1, 2), points[-1:]])


def ink(lines: Tensor, pen: Tensor) -> Tensor:
    """Scale to the box, draw, and move the centre of mass to the middle, (n, 28, 28)."""
    points = lines.reshape(len(lines), -1, 2)
    low, high = points.amin(1), points.amax(1)
    scale = (BOX - pen) / (high - low).amax(-1)
    placed = (lines - ((low + high) / 2)[:, None, None]) * scale[:, None, None, None] + SIZE / 2
    first = _soft(placed, pen)
    axis = torch.arange(SIZE) + 0.5
    mass = first.sum((1, 2))
    middle = torch.stack([first.sum(1) @ axis, first.sum(2) @ axis], -1) / mass[:, None]
    return _soft(placed + (SIZE / 2 - middle)[:, None, None], pen)


def _soft(lines: Tensor, pen: Tensor) -> Tensor:
    axis = torch.arange(SIZE) + 0.5
    start, along = lines[:, :, 0], lines[:, :, 1] - lines[:, :, 0]
    x = axis[None, None, None] - start[:, :, 0, None, None]  # (n, lines, 1, 28)
    y = axis[None, None, :, None] - start[:, :, 1, None, None]
    dx, dy = along[:, :, 0, None, None], along[:, :, 1, None, None]
    share = ((x * dx + y * dy) / (dx**2 + dy**2).clamp(min=1e-12)).clamp(0, 1)
    squared = ((x - share * dx) ** 2 + (y - share * dy) ** 2).amin(1)
    return (pen[:, None, None] / 2 + 0.5 - squared.sqrt()).clamp(0, 1)
