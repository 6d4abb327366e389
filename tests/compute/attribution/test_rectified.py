"""Guided backpropagation and deconvolution: captum's, some worked out by hand, what they pass."""

import pytest
import torch
from captum.attr import Deconvolution, GuidedBackprop
from torch import nn

from generator.compute.attribution.rectified import deconvolution, guided_backpropagation
from generator.errors import GraphError
from tests.compute.attribution.nets import averaging, onehot, picture

pytestmark = pytest.mark.filterwarnings("ignore:Setting backward hooks on ReLU:UserWarning")


def by_hand(net, x, direction):
    weights = dict(net.state_dict())
    feeds = {"input": x, "direction": direction}
    return [
        method(net, tuple(x.shape[1:]))(weights, feeds)["attribution"].flatten().tolist()
        for method in (guided_backpropagation, deconvolution)
    ]


def test_one_hidden_layer_worked_out_by_hand():
    net = nn.Sequential(nn.Linear(2, 3, bias=False), nn.ReLU(), nn.Linear(3, 1, bias=False))
    net[0].weight.data = torch.tensor([[1.0, 0], [0, 1], [-1, -1]])
    net[2].weight.data = torch.tensor([[2.0, -3, 5]])
    # Hidden sums are 1, 2, -3; signals come back as 2, -3, 5. The gradient passes the first two,
    # guided only the first (the second is negative), deconvolution the first and the third.
    guided, deconvolved = by_hand(net, torch.tensor([[1.0, 2.0]]), torch.ones(1, 1))
    assert guided == [2, 0]
    assert deconvolved == [2 - 5, -5]


def test_a_relu6_is_closed_above_six_to_guided_but_not_to_deconvolution():
    net = nn.Sequential(nn.Linear(1, 2, bias=False), nn.ReLU6(), nn.Linear(2, 1, bias=False))
    net[0].weight.data = torch.tensor([[1.0], [4.0]])
    net[2].weight.data = torch.tensor([[1.0, 1.0]])
    guided, deconvolved = by_hand(net, torch.tensor([[2.0]]), torch.ones(1, 1))
    assert (guided, deconvolved) == ([1], [5])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(guided_backpropagation, GuidedBackprop), (deconvolution, Deconvolution)],
)
def test_both_agree_with_captum(ours, theirs):
    net, x = averaging(), picture((3, 20, 20))
    found = ours(net, (3, 20, 20))(dict(net.state_dict()), {"input": x, "direction": onehot(2, 4)})[
        "attribution"
    ]
    wanted = theirs(net).attribute(x.requires_grad_(), target=2).detach()
    assert wanted.abs().max() > 0
    torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-7)


def test_neither_is_the_gradient_nor_the_other():
    net, x = averaging(), picture((3, 20, 20))
    feeds = {"input": x, "direction": onehot(2, 4)}
    guided, deconvolved = (
        method(net, (3, 20, 20))(dict(net.state_dict()), feeds)["attribution"]
        for method in (guided_backpropagation, deconvolution)
    )
    x = x.clone().requires_grad_()
    net(x)[0, 2].backward()
    scale = x.grad.abs().max()
    assert (guided - x.grad).abs().max() > 0.1 * scale
    assert (deconvolved - x.grad).abs().max() > 0.1 * scale
    assert (deconvolved - guided).abs().max() > 0.1 * scale


def test_a_reused_in_place_relu_and_a_skip_are_followed(residual):
    # Where all that comes back is positive and every ReLU is open, guided is the gradient.
    x = picture((3, 21, 21))
    net = residual.eval()
    feeds = {"input": x, "direction": onehot(1, 3)}
    found = guided_backpropagation(net, (3, 21, 21))(dict(net.state_dict()), feeds)
    assert found["attribution"].shape == x.shape
    assert found["attribution"].abs().max() > 0


def test_a_model_without_relu_is_told_that_it_would_see_the_gradient():
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    for method in (guided_backpropagation, deconvolution):
        with pytest.raises(GraphError, match="no ReLU"):
            method(net, (2,))
