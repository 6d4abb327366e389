import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.ascent import Ascent, climb
from generator.compute.objectives import channel, plus, smooth
from generator.compute.transforms import jitter
from generator.errors import ModelError


def test_twenty_steps_raise_every_channel(lenet):
    ascent = Ascent(frames=(0, 20))
    found = climb(lenet, (1, 16, 16), channel("3", range(6)), [0] * 6, ascent)
    assert found.pictures.shape == (2, 6, 1, 16, 16)
    assert (found.values[1] > found.values[0] + 0.1).all()


def test_the_best_picture_for_a_filter_is_white_where_it_is_positive():
    """Of a linear unit the optimum is known: the greatest input where its weight is positive."""
    net = nn.Sequential(nn.Conv2d(1, 1, 6)).requires_grad_(False)
    weight = torch.linspace(-1, 1, 36).reshape(1, 1, 6, 6)
    net[0].weight.copy_(weight)
    net[0].bias.zero_()
    for kind in ("pixels", "fourier"):
        ascent = Ascent(
            frames=(300,), parametrization=kind, transforms=(), bounds=(-1.0, 2.0), rate=0.2
        )
        found = climb(net, (1, 6, 6), channel("0", [0]), [0], ascent)
        best = torch.where(weight > 0, 2 * weight, -weight).sum()
        assert 0.97 * best < found.values[0, 0] <= best
        assert -1 <= found.pictures.min() < -0.9
        assert 1.9 < found.pictures.max() <= 2


def test_a_frame_is_a_state_of_the_one_run(lenet):
    objective, seeds = channel("3", [1, 4]), [5, 6]
    long = climb(lenet, (1, 16, 16), objective, seeds, Ascent(frames=(0, 3, 9, 12)))
    short = climb(lenet, (1, 16, 16), objective, seeds, Ascent(frames=(9,)))
    assert short.pictures[0].tobytes() == long.pictures[2].tobytes()
    assert short.values[0].tobytes() == long.values[2].tobytes()


def test_the_value_of_a_frame_is_the_activation_of_its_picture(lenet):
    found = climb(lenet, (1, 16, 16), channel("7", [3]), [0], Ascent(frames=(2, 8)))
    answers = lenet[:8](torch.from_numpy(found.pictures[:, 0]))
    np.testing.assert_allclose(found.values[:, 0], answers[:, 3], rtol=1e-5)


def test_smoother_objectives_give_smoother_pictures(residual):
    def roughness(weight):
        objective = plus(channel("stem", range(4)), smooth(weight))
        found = climb(residual, (3, 20, 20), objective, [0] * 4, Ascent(frames=(40,)))
        return abs(np.diff(found.pictures[0], axis=3)).mean()

    assert roughness(20.0) < roughness(2.0) < roughness(0.0)


def test_transforms_are_used_in_order(lenet):
    calls = []

    def noted(name):
        def moved(images, draw):
            calls.append(name)
            return jitter(1)(images, draw)

        return moved

    ascent = Ascent(frames=(2,), transforms=(noted("a"), noted("b")))
    climb(lenet, (1, 16, 16), channel("0", [0]), [0], ascent)
    assert calls == ["a", "b", "a", "b"]


def test_the_module_is_left_as_it_was(lenet):
    lenet.train().requires_grad_(True)
    before = {name: tensor.clone() for name, tensor in lenet.state_dict().items()}
    climb(lenet, (1, 16, 16), channel("3", [0]), [0], Ascent(frames=(3,)))
    assert lenet.training
    assert all(p.requires_grad and p.grad is None for p in lenet.parameters())
    assert all(torch.equal(before[name], tensor) for name, tensor in lenet.state_dict().items())


def test_the_same_seed_gives_the_same_bytes_and_another_another_picture(residual):
    def run(seed):
        ascent = Ascent(frames=(12,))
        return climb(residual, (3, 20, 20), channel("stem", [0]), [seed], ascent).pictures

    assert run(1).tobytes() == run(1).tobytes()
    assert run(1).tobytes() != run(2).tobytes()


def test_what_cannot_be_climbed_is_refused(lenet):
    with pytest.raises(ValueError, match=r"\(784,\) is no picture"):
        climb(lenet, (784,), channel("3", [0]), [0], Ascent())
    for frames in ((), (3, 1), (2, 2), (-1, 4)):
        with pytest.raises(ValueError, match="must ascend"):
            climb(lenet, (1, 16, 16), channel("3", [0]), [0], Ascent(frames=frames))
    with pytest.raises(ModelError, match="no layer 'conv3'"):
        climb(lenet, (1, 16, 16), channel("conv3", [0]), [0], Ascent(frames=(1,)))
