"""Tests of the kind «name»: run them with pytest. Check numbers that you can work out by hand."""

from pathlib import Path

import torch
from generator.own import load

kind = load(Path(__file__).parent)


def curve(**options: object) -> dict[str, torch.Tensor]:
    """Arrays of the payload; this kind asks for no model, so no sources are needed."""
    payload = kind.payload(kind.Options(**options), None)
    return {name: torch.from_numpy(array) for name, array in payload.arrays.items()}


def test_relu_is_flat_left_of_zero_and_the_identity_right_of_it() -> None:
    found = curve(function="relu", low=-2, high=2, points=5)
    assert found["x"].tolist() == [-2, -1, 0, 1, 2]
    assert found["y"].tolist() == [0, 0, 0, 1, 2]


def test_the_slope_is_the_derivative_of_the_curve() -> None:
    found = curve(function="tanh", points=401)
    rise = (found["y"][2:] - found["y"][:-2]) / (found["x"][2:] - found["x"][:-2])
    # The third derivative of tanh is at most 2, so central differences of 0.02 err by under 1e-3.
    assert (rise - found["slope"][1:-1]).abs().max() < 1e-3
