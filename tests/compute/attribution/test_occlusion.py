"""Covering patches: against captum, and by hand where every pixel's weight is known."""

import numpy as np
import pytest
import torch
from captum.attr import Occlusion
from torch import nn

from generator.compute.attribution.occlusion import drop_map, occlusion, patch_places


def drops(net, x, size, places, fill, direction):
    feeds = {
        "input": x,
        "fill": fill,
        "top": torch.from_numpy(places[:, 0]),
        "left": torch.from_numpy(places[:, 1]),
        "direction": direction,
    }
    return occlusion(net, size)(dict(net.state_dict()), feeds)["drop"].detach().numpy()


def test_a_sum_falls_by_what_was_covered():
    net = nn.Sequential(nn.Flatten(), nn.Linear(16, 1, bias=False))
    net[1].weight.data.fill_(1.0)
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    places = patch_places((4, 4), 2, 2)
    assert places.tolist() == [[0, 0], [0, 2], [2, 0], [2, 2]]
    found = drops(net, x, 2, places, torch.tensor([1.0]), torch.ones(1, 1))
    # 0 + 1 + 4 + 5 = 10, less four pixels of 1, and so on.
    assert found == pytest.approx([6, 14, 38, 46])
    assert drop_map(found, places, (4, 4), 2)[0].tolist() == [6, 6, 14, 14]


def test_every_pixel_is_covered_even_where_patches_reach_over_the_edge():
    for shape, size, stride in (((7, 9), 3, 2), ((5, 5), 4, 4), ((3, 8), 5, 3), ((6, 6), 2, 1)):
        places = patch_places(shape, size, stride)
        covered = drop_map(np.ones(len(places)), places, shape, size)
        assert covered.min() == 1
        assert (places >= 0).all()
        assert (places < shape).all()


@pytest.mark.parametrize(("size", "stride"), [(3, 2), (5, 5), (4, 3)])
def test_occlusion_agrees_with_captum(lenet, size, stride):
    x = torch.rand(1, 1, 16, 16, generator=torch.Generator().manual_seed(3))
    wanted = Occlusion(lenet).attribute(
        x, (1, size, size), strides=(1, stride, stride), baselines=0.5, target=2
    )
    places = patch_places((16, 16), size, stride)
    direction = nn.functional.one_hot(torch.tensor([2]), 5).float()
    found = drops(lenet, x, size, places, torch.tensor([0.5]), direction)
    covered = drop_map(found, places, (16, 16), size)
    np.testing.assert_allclose(covered, wanted[0, 0].detach().numpy(), atol=1e-6)


def test_the_map_has_the_mean_of_patches_that_overlap():
    places = np.array([[0, 0], [0, 1]])
    found = drop_map(np.array([2.0, 4.0]), places, (1, 4), 2)
    assert found.tolist() == [[2, 3, 4, 0]]
