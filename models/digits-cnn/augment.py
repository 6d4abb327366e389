"""Digits as other hands might have drawn them: what training shows instead of the same 8,000."""

from __future__ import annotations

import math

import torch
from torch import Generator, Tensor
from torch.nn import functional

TURN = math.radians(10)  # standard deviations, all of them
SHEAR = 0.15
SCALE = 0.08
ASPECT = 0.20
SHIFT = 1.0  # pixels
BEND = 0.65  # pixels


def redrawn(images: Tensor, random: Generator) -> Tensor:
    """Turn, slant, stretch, move and bend each picture, then thicken or thin its strokes.

    Shape:   (n, 1, size, size) in and out.
    Range:   0 for paper to 1 for ink.
    """
    n, size = len(images), images.shape[-1]
    grid = functional.affine_grid(_affine(n, size, random), list(images.shape), align_corners=False)
    grid = grid + _bend(n, size, random) * 2 / size
    moved = functional.grid_sample(images, grid, align_corners=False)
    return _thickness(moved, random)


def _affine(n: int, size: int, random: Generator) -> Tensor:
    """Map from picture to source, (n, 2, 3), in units where the picture runs from -1 to 1."""
    turn, shear, scale, aspect = torch.randn(4, n, generator=random)
    shift = torch.randn(n, 2, 1, generator=random) * SHIFT * 2 / size
    turn, shear = turn * TURN, shear * SHEAR
    wide, high = (torch.exp(scale * SCALE + sign * aspect * ASPECT / 2) for sign in (1, -1))
    cos, sin, zero = turn.cos(), turn.sin(), torch.zeros(n)
    rotate = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)
    slant = torch.stack([torch.stack([wide, shear * high], -1), torch.stack([zero, high], -1)], -2)
    return torch.cat([rotate @ slant, shift], dim=-1)


def _bend(n: int, size: int, random: Generator) -> Tensor:
    """A smooth field of displacements in pixels, (n, size, size, 2)."""
    coarse = torch.randn(n, 2, 5, 5, generator=random) * BEND
    fine = functional.interpolate(coarse, (size, size), mode="bicubic", align_corners=True)
    return fine.permute(0, 2, 3, 1)


def _thickness(images: Tensor, random: Generator) -> Tensor:
    """Mix each picture with its dilation or its erosion by one pixel, then harden the edge."""
    share = torch.rand(len(images), 1, 1, 1, generator=random) * 1.5 - 0.5
    wide = functional.max_pool2d(images, 3, 1, 1)
    thin = -functional.max_pool2d(-images, 3, 1, 1)
    mixed = images + share.clamp(min=0) * (wide - images) - share.clamp(max=0) * (thin - images)
    contrast = 1 + torch.rand(len(images), 1, 1, 1, generator=random)
    return ((mixed - 0.5) * contrast + 0.5).clamp(0, 1)
