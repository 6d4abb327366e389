"""VisualBackProp: one recursion by hand, one against the paper's deconvolutions, and refusals."""

from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional

from generator.compute.attribution.visual_backprop import visual_backprop
from generator.errors import GraphError
from generator.models import load_model
from tests.compute.attribution.nets import averaging, picture

ROOT = Path(__file__).parents[3]


def run(net, x):
    return visual_backprop(net, tuple(x.shape[1:]))(dict(net.state_dict()), {"input": x})


def test_two_convolutions_worked_out_by_hand():
    net = nn.Sequential(nn.Conv2d(1, 1, 2, bias=False), nn.ReLU(), nn.Conv2d(1, 2, 2, bias=False))
    net[0].weight.data.fill_(1.0)
    net[2].weight.data = torch.tensor([1.0, 3.0]).reshape(2, 1, 1, 1).expand(2, 1, 2, 2).clone()
    x = torch.zeros(1, 1, 3, 3)
    x[0, 0, 0, 0] = 1
    found = run(net, x)
    # First maps: 1 at the upper left. Second: 1 and 3, mean 2. Spread over 2 x 2, times the first:
    # 2 at the upper left; spread over 2 x 2 again.
    assert found["mean.1"].tolist() == [[[1, 0], [0, 0]]]
    assert found["mean.2"].tolist() == [[[2]]]
    assert found["mask.1"].tolist() == [[[2, 0], [0, 0]]]
    assert found["mask"].tolist() == [[[2, 2, 0], [2, 2, 0], [0, 0, 0]]]


def test_the_mask_is_the_paper_s_recursion_on_the_road_net():
    model = load_model(ROOT / "models/road-steer")
    x = picture(model.card.input)
    means, y = [], x
    for name, layer in model.module.named_children():
        y = layer(y)
        if name.startswith("relu") and y.ndim == 4:
            means.append(y.mean(1, keepdim=True))
    geometry = [(5, 2, 2), (5, 2, 2), (3, 2, 1), (3, 1, 1), (3, 2, 1)]
    sizes = [x.shape[2:], *(mean.shape[2:] for mean in means)]
    mask = means[-1]
    for k in reversed(range(5)):
        kernel, stride, padding = geometry[k]
        full = functional.conv_transpose2d(mask, torch.ones(1, 1, kernel, kernel), stride=stride)
        high, wide = sizes[k]
        full = functional.pad(full, (0, stride, 0, stride))
        mask = full[:, :, padding : padding + high, padding : padding + wide]
        if k:
            mask = mask * means[k - 1]
    found = run(model.module, x)["mask"]
    torch.testing.assert_close(found, mask[:, 0], rtol=1e-4, atol=1e-6)


def test_pooling_and_groups_are_spread_over_as_well():
    x = picture((3, 20, 20))
    found = run(averaging(), x)
    assert found["mask"].shape == (1, 20, 20)
    assert set(found) == {"mask", "mean.relu1", "mask.relu1", "mean.relu2"}
    assert (found["mask"] >= 0).all()


def test_a_blank_corner_that_no_layer_answers_to_is_dark():
    net = averaging()
    for part in net:
        if isinstance(part, nn.Conv2d):
            part.bias.zero_()
    x = torch.zeros(1, 3, 40, 40)
    x[:, :, :8, :8] = picture((3, 8, 8))
    mask = run(net, x)["mask"][0]
    assert mask[:8, :8].max() > 0
    assert mask[20:, 20:].max() == 0


def test_a_net_with_skips_or_without_convolution_is_refused():
    foreign = ROOT / "tests/sites/foreign/models"
    with pytest.raises(GraphError, match=r"layer 'blocks.0.skip' reads stem_act, .* single chain"):
        visual_backprop(load_model(foreign / "residual-net").module, (1, 20, 20))
    with pytest.raises(GraphError, match="no convolution"):
        visual_backprop(nn.Sequential(nn.Flatten(), nn.Linear(4, 2)), (1, 2, 2))
