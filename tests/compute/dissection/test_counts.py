"""Pixels above a threshold and in a concept: by hand, by sets in NumPy, and where both are one."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import interpolate

from generator.compute.architecture import trace
from generator.compute.dissection.counts import counted, overlap, totals
from generator.compute.dissection.places import Grid, grids, spread
from generator.compute.dissection.rotation import rotated, rotation
from generator.compute.receptive import receptive_spans
from generator.errors import FigureError

SAME = Grid(0.0, 1.0)


def test_overlaps_worked_out_by_hand() -> None:
    values = np.array([[9, 8, 1], [7, 2, 0]], np.float32)
    mask = np.array([[1, 0, 2], [1, 1, 0]], np.uint8)
    here = spread(SAME, 2, 2), spread(SAME, 3, 3)
    found = counted(values[None, None], here, [(mask[None], 2)], (1 / 6, 3 / 6))
    # The brightest pixel lies in the first concept; of the brightest three, two do.
    assert found.thresholds.tolist() == [[8, 2]]
    assert found.area.tolist() == [[1, 3]]
    assert found.hits.tolist() == [[[1, 0], [2, 0]]]
    total = totals([(mask[None], 2)])
    assert total.tolist() == [3, 1]
    assert overlap(found.hits, found.area, total)[0].tolist() == [[1 / 3, 0], [2 / 4, 0]]


def test_a_unit_that_is_the_mask_overlaps_it_wholly_and_its_opposite_not_at_all() -> None:
    draw = np.random.default_rng(0)
    mask = (draw.random((4, 6, 5)) < 0.3).astype(np.uint8)
    maps = np.stack([mask, 1 - mask], 1).astype(np.float32)
    here = spread(SAME, 6, 6), spread(SAME, 5, 5)
    share = float(mask.mean())
    found = counted(maps, here, [(mask, 1)], (share,))
    total = totals([(mask, 1)])
    # The opposite has no mask of this size: more pixels than the share are equally bright.
    assert overlap(found.hits, found.area, total)[:, 0].tolist() == [[1], [0]]
    assert found.area.tolist() == [[mask.sum()], [0]]


def twin(
    maps: NDArray[np.float32], grid: tuple[Grid, Grid], shown: NDArray[np.bool_], share: float
) -> tuple[int, int]:
    """Area and hits of one unit, with np.interp along each axis and sets of pixels."""
    n, height, width = shown.shape
    rows, columns = (
        one.first + one.step * np.arange(size)
        for one, size in zip(grid, maps.shape[1:], strict=True)
    )
    tall = np.stack(
        [
            np.interp(np.arange(height), rows, one)
            for one in maps.transpose(0, 2, 1).reshape(-1, len(rows))
        ]
    ).reshape(n, len(columns), height)
    wide = np.stack(
        [
            np.interp(np.arange(width), columns, one)
            for one in tall.transpose(0, 2, 1).reshape(-1, len(columns))
        ]
    ).reshape(n, height, width)
    ordered = np.sort(wide.ravel())[::-1]
    mask = wide > ordered[int(np.floor(share * wide.size))]
    return int(mask.sum()), int((mask & shown).sum())


def test_counts_are_those_of_numpy_on_maps_of_another_shape() -> None:
    draw = np.random.default_rng(1)
    maps = draw.standard_normal((5, 3, 4, 3)).astype(np.float32)
    grid = Grid(1.0, 3.0), Grid(0.5, 2.5)
    masks = [
        (draw.integers(0, 3, (5, 13, 9)).astype(np.uint8), 2),
        (draw.integers(0, 2, (5, 13, 9)).astype(np.uint8), 1),
    ]
    shares = (0.01, 0.07, 0.25, 0.5)
    spreads = spread(grid[0], 4, 13), spread(grid[1], 3, 9)
    found = counted(maps, spreads, masks, shares)
    concepts = [masks[0][0] == 1, masks[0][0] == 2, masks[1][0] == 1]
    for unit in range(3):
        for k, share in enumerate(shares):
            for c, shown in enumerate(concepts):
                area, hits = twin(maps[:, unit], grid, shown, share)
                assert (found.area[unit, k], found.hits[unit, k, c]) == (area, hits)


def test_equal_pixels_are_above_no_threshold_of_their_own() -> None:
    maps = np.zeros((2, 1, 2, 2), np.float32)
    maps[0, 0, 0, 0] = 5
    mask = np.ones((2, 2, 2), np.uint8)
    here = spread(SAME, 2, 2), spread(SAME, 2, 2)
    found = counted(maps, here, [(mask, 1)], (0.125, 0.5))
    assert found.thresholds.tolist() == [[0, 0]]
    assert found.area.tolist() == [[1, 1]]


def foreign() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(2, 4, (5, 3), padding=(0, 1), dilation=(1, 2)),
        nn.ReLU(),
        nn.MaxPool2d((2, 3), stride=(2, 3)),
        nn.Conv2d(4, 3, 3, stride=2, padding=1),
    ).eval()


def test_units_lie_in_the_middle_of_what_they_see() -> None:
    architecture = trace(foreign(), (2, 41, 47))
    for layer in ("0", "2", "3"):
        for grid, spans in zip(
            grids(architecture, layer), receptive_spans(architecture, layer), strict=True
        ):
            inner = len(spans) // 2  # whose field no edge cuts off
            assert grid.first + grid.step * inner == (spans[inner, 0] + spans[inner, 1] - 1) / 2


def test_a_pooled_map_is_spread_as_pytorch_resizes_pictures() -> None:
    module = nn.Sequential(nn.Conv2d(1, 1, 5, padding=2), nn.MaxPool2d(4))
    down, across = grids(trace(module, (1, 24, 16)), "1")
    small = torch.rand(1, 1, 6, 4)
    wide = spread(down, 6, 24) @ small[0, 0].numpy() @ spread(across, 4, 16).T
    resized = interpolate(small, (24, 16), mode="bilinear", align_corners=False)[0, 0]
    assert np.allclose(wide, resized, atol=1e-6)  # sums of four products of floats below 1


def test_an_adaptive_average_lies_in_the_middle_of_what_it_averages() -> None:
    module = nn.Sequential(nn.ReLU(), nn.AdaptiveAvgPool2d((3, 2)))
    assert grids(trace(module, (1, 12, 12)), "1") == (Grid(1.5, 4.0), Grid(2.5, 6.0))


def test_layers_without_places_are_refused() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(2 * 36, 5))
    architecture = trace(module, (1, 8, 8))
    with pytest.raises(FigureError, match="2 has no places"):
        grids(architecture, "2")


def test_a_rotation_keeps_the_energy_of_every_place_and_undoes_itself() -> None:
    turn = rotation(7, seed=3)
    assert np.allclose(turn @ turn.T, np.eye(7), atol=1e-6)  # float32
    maps = np.random.default_rng(2).standard_normal((2, 7, 3, 4)).astype(np.float32)
    turned = rotated(maps, 3)
    assert np.allclose(np.square(turned).sum(1), np.square(maps).sum(1), rtol=1e-5)
    assert np.allclose(np.einsum("ou,nohw->nuhw", turn, turned), maps, atol=1e-5)
    assert abs(turn).max() < 1
    assert not np.allclose(rotation(7, seed=4), turn)
