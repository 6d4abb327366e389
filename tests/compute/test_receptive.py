import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.architecture import trace
from generator.compute.expanded import expanded
from generator.compute.graphs import forward
from generator.compute.receptive import Box, receptive_field, receptive_spans


def conv(*arguments, **options):
    return nn.Conv2d(*arguments, **options)


class Branches(nn.Module):
    """A narrow and a wide branch, added; then concatenated with the narrow one, behind groups."""

    def __init__(self):
        super().__init__()
        self.narrow = conv(1, 2, 1, stride=2)
        self.wide = conv(1, 2, 5, stride=2, padding=2)
        self.next = conv(4, 4, 3, padding=1, groups=2)

    def forward(self, x):
        narrow = self.narrow(x)
        return self.next(torch.cat([narrow, narrow + self.wide(x)], 1))


NETS = {
    "stride and padding": nn.Sequential(conv(1, 2, 5, stride=2, padding=2), conv(2, 2, 3)),
    "dilation": nn.Sequential(conv(1, 2, 3, dilation=3, padding=3), nn.ReLU(), conv(2, 2, 2)),
    "pooling": nn.Sequential(
        *(conv(1, 2, 3, padding=1), nn.MaxPool2d(3, 2, padding=1), conv(2, 2, 3), nn.AvgPool2d(2)),
    ),
    "uneven adaptive pooling": nn.Sequential(conv(1, 2, (1, 4)), nn.AdaptiveAvgPool2d((3, 5))),
    "dense": nn.Sequential(conv(1, 2, 3), nn.Flatten(), nn.Linear(2 * 13 * 16, 3)),
    "branches": Branches(),
    "wide padding": nn.Sequential(conv(1, 2, 3, stride=3, padding=4)),
}
SHAPE = (1, 15, 18)


def reached(net, layer, channel, y, x):
    """Box around the pixels with a gradient, in a net whose weights are all positive.

    The maximum of a window is somewhere else in each of 200 random images.
    """
    draw = torch.Generator().manual_seed(0)
    image = torch.rand(200, *SHAPE, generator=draw).requires_grad_()
    weights = {k: v.abs() + 0.1 for k, v in net.state_dict().items()}
    (answer,) = forward(net, [layer])(weights, {"input": image}).values()
    one = answer[:, channel, y, x] if answer.ndim == 4 else answer[:, channel]
    (gradient,) = torch.autograd.grad(one.sum(), image)
    rows, columns = (gradient.abs().amax((0, 1, axis)).nonzero().flatten() for axis in (3, 2))
    if not len(rows):
        return Box(0, 0, 0, 0)
    return Box(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


@pytest.mark.parametrize("name", NETS)
def test_the_field_is_where_the_gradient_is_not_zero(name):
    architecture = trace(NETS[name], SHAPE)
    net = expanded(NETS[name], SHAPE)
    draw = np.random.default_rng(0)
    for layer in architecture.layers[1:]:
        height, width = layer.size
        places = {(0, 0), (height - 1, width - 1), (height // 2, width // 2)}
        places |= {(int(draw.integers(height)), int(draw.integers(width))) for _ in range(4)}
        for y, x in sorted(places):
            channel = int(draw.integers(layer.channels))
            found = receptive_field(architecture, layer.name, y, x, channel)
            assert found == reached(net, layer.name, channel, y, x), (layer.name, channel, y, x)


def test_two_convolutions_of_three_see_five_pixels():
    architecture = trace(nn.Sequential(conv(1, 1, 3), conv(1, 1, 3)), (1, 9, 9))
    assert receptive_field(architecture, "1", 2, 3) == Box(2, 3, 7, 8)


def test_the_field_is_clipped_to_the_image():
    architecture = trace(nn.Sequential(conv(1, 1, 5, padding=2)), (1, 6, 8))
    assert receptive_field(architecture, "0", 0, 7) == Box(0, 5, 3, 8)


def test_channels_behind_a_concatenation_have_fields_of_their_own():
    architecture = trace(NETS["branches"], SHAPE)
    assert receptive_field(architecture, "next", 3, 3, channel=0) == Box(4, 4, 9, 9)
    assert receptive_field(architecture, "next", 3, 3, channel=3) == Box(2, 2, 11, 11)
    assert receptive_field(architecture, "next", 3, 3) == Box(2, 2, 11, 11)


@pytest.mark.parametrize("name", NETS)
def test_spans_hold_the_field_of_every_unit(name):
    architecture = trace(NETS[name], SHAPE)
    for layer in architecture:
        rows, columns = receptive_spans(architecture, layer.name)
        assert (len(rows), len(columns)) == layer.size
        for y, x in np.ndindex(*layer.size):
            box = receptive_field(architecture, layer.name, y, x)
            if box != Box(0, 0, 0, 0):
                assert (box.top, box.bottom) == tuple(rows[y])
                assert (box.left, box.right) == tuple(columns[x])


def test_a_unit_that_does_not_exist_is_refused():
    architecture = trace(NETS["dense"], SHAPE)
    with pytest.raises(IndexError, match=r"0 has no unit"):
        receptive_field(architecture, "0", 13, 0)
    with pytest.raises(IndexError, match="2 has no channel 3"):
        receptive_field(architecture, "2", 0, 0, 3)
