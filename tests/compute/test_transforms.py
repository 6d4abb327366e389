import pytest
import torch

from generator.compute.transforms import jitter, warp


def dot(height=9, width=13):
    image = torch.zeros(2, 1, height, width)
    image[:, 0, 4, 6] = 1
    return image


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


def test_jitter_moves_the_whole_batch_alike_and_reaches_every_shift():
    source, seen = draw(), set()
    for _ in range(300):
        moved = jitter(2)(dot(), source)
        assert torch.equal(moved[0], moved[1])
        (y,), (x,) = torch.nonzero(moved[0, 0], as_tuple=True)
        seen.add((int(y) - 4, int(x) - 6))
    assert seen == {(y, x) for y in range(-2, 3) for x in range(-2, 3)}


def test_what_comes_in_from_outside_is_dark():
    moved = [jitter(3)(torch.ones(1, 1, 6, 6), draw(seed)) for seed in range(5)]
    assert {float(value) for image in moved for value in image.unique()} == {0, 1}


def test_a_warp_of_nothing_is_the_identity():
    image = torch.rand(2, 3, 8, 11, generator=draw())
    torch.testing.assert_close(warp(0, 0, 0)(image, draw()), image, atol=1e-6, rtol=0)


def test_a_turn_keeps_the_distance_from_the_centre_and_stays_within_its_angle():
    y, x = torch.meshgrid(torch.arange(-10.0, 11), torch.arange(-20.0, 21), indexing="ij")
    spot = torch.exp(-(y**2 + (x - 6) ** 2) / 2)  # six to the right of the centre
    angles = []
    for seed in range(40):
        turned = warp(0, 60, 0)(spot[None, None], draw(seed))[0, 0]
        down, right = (turned * y).sum() / turned.sum(), (turned * x).sum() / turned.sum()
        assert float(torch.hypot(down, right)) == pytest.approx(6, abs=0.02)
        angles.append(float(torch.rad2deg(torch.atan2(down, right))))
    assert -60.1 < min(angles) < -50
    assert 50 < max(angles) < 60.1


def test_a_warp_shifts_by_pixels_up_to_its_limit():
    image = torch.zeros(1, 1, 21, 41)
    image[0, 0, 10, 20] = 1
    y, x = torch.meshgrid(torch.arange(21.0), torch.arange(41.0), indexing="ij")
    reach = []
    for seed in range(60):
        moved = warp(3, 0, 0)(image, draw(seed))[0, 0]
        mass = moved.sum()
        reach.append((float((moved * y).sum() / mass) - 10, float((moved * x).sum() / mass) - 20))
    for shifts in zip(*reach, strict=True):
        assert -3 <= min(shifts) < -2.5
        assert 2.5 < max(shifts) <= 3


def test_movements_follow_the_generator():
    image = torch.rand(1, 1, 8, 8, generator=draw())
    for transform in (jitter(2), warp()):
        assert torch.equal(transform(image, draw(4)), transform(image, draw(4)))
        assert not torch.equal(transform(image, draw(4)), transform(image, draw(5)))
