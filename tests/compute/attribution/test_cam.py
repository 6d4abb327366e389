"""Class activation maps: their sums, their relation to Grad-CAM, and captum's Grad-CAM."""

import pytest
import torch
from captum.attr import GuidedGradCam, LayerGradCam
from torch import nn

from generator.compute.attribution.cam import cam, grad_cam, guided_grad_cam
from generator.compute.attribution.rectified import guided_backpropagation
from generator.errors import GraphError, ModelError
from tests.compute.attribution.nets import averaging, onehot, picture


def test_a_class_activation_map_is_the_score_but_for_the_bias():
    net = averaging()
    feeds = {"input": picture((3, 20, 20)), "direction": onehot(2, 4)}
    found = cam(net, (3, 20, 20))(dict(net.state_dict()), feeds)
    assert found["map"].shape == (1, 10, 10)
    torch.testing.assert_close(found["map"].mean() + found["bias"], found["score"])
    torch.testing.assert_close(found["score"], net(feeds["input"])[0, 2])


def test_grad_cam_at_the_last_maps_is_the_class_activation_map_over_its_places():
    # The slope of a mean over 100 places is a hundredth of the weight.
    net = averaging()
    feeds = {"input": picture((3, 20, 20)), "direction": onehot(1, 4)}
    weights = dict(net.state_dict())
    own = cam(net, (3, 20, 20))(weights, feeds)["map"]
    found = grad_cam(net, (3, 20, 20), "relu2")(weights, feeds)["signed"]
    torch.testing.assert_close(found * 100, own, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("layer", ["conv1", "relu1", "conv2", "relu2"])
def test_grad_cam_agrees_with_captum_at_every_layer(layer):
    net = averaging()
    x = picture((3, 20, 20))
    found = grad_cam(net, (3, 20, 20), layer)(
        dict(net.state_dict()), {"input": x, "direction": onehot(3, 4)}
    )
    wanted = LayerGradCam(net, getattr(net, layer)).attribute(x, target=3)[:, 0].detach()
    torch.testing.assert_close(found["signed"], wanted, rtol=1e-4, atol=1e-7)
    torch.testing.assert_close(found["evidence"], wanted.clamp(min=0), rtol=1e-4, atol=1e-7)
    torch.testing.assert_close(found["counter"], (-wanted).clamp(min=0), rtol=1e-4, atol=1e-7)


@pytest.mark.filterwarnings("ignore:Setting backward hooks on ReLU")
@pytest.mark.parametrize("layer", ["conv1", "relu2"])
def test_guided_grad_cam_agrees_with_captum(layer):
    net = averaging()
    x = picture((3, 20, 20))
    weights, feeds = dict(net.state_dict()), {"input": x, "direction": onehot(1, 4)}
    signed = grad_cam(net, (3, 20, 20), layer)(weights, feeds)["signed"]
    guided = guided_backpropagation(net, (3, 20, 20))(weights, feeds)["attribution"][0]
    found = guided_grad_cam(guided, signed)
    wanted = GuidedGradCam(net, getattr(net, layer)).attribute(
        x.requires_grad_(), target=1, interpolate_mode="bilinear"
    )
    assert found.abs().max() > 0
    torch.testing.assert_close(found, wanted[0].detach(), rtol=1e-4, atol=1e-8)


def test_grad_cam_takes_names_of_function_calls_too(residual):
    x = picture((3, 21, 21))
    feeds = {"input": x, "direction": onehot(0, 3)}
    found = grad_cam(residual, (3, 21, 21), "blocks.0.add")(dict(residual.state_dict()), feeds)
    assert found["signed"].abs().max() > 0


def test_counter_evidence_is_evidence_against():
    net = averaging()
    weights = dict(net.state_dict())
    x, function = picture((3, 20, 20)), grad_cam(net, (3, 20, 20), "relu2")
    there = function(weights, {"input": x, "direction": onehot(0, 4)})
    back = function(weights, {"input": x, "direction": -onehot(0, 4)})
    torch.testing.assert_close(there["counter"], back["evidence"])


def test_a_model_without_a_head_of_averages_is_told_what_would_work(lenet):
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(32, 3))
    with pytest.raises(GraphError, match="layer '3' does not read averages over whole maps") as it:
        cam(net, (1, 6, 6))
    assert "Grad-CAM" in it.value.hint
    with pytest.raises(GraphError, match="no class activation map"):
        cam(lenet, (1, 16, 16))  # ends in a softmax


def test_a_layer_of_single_values_has_no_grad_cam():
    with pytest.raises(GraphError, match="layer 'logits' has no maps but 4 single values"):
        grad_cam(averaging(), (3, 20, 20), "logits")
    with pytest.raises(ModelError, match="no layer 'relu9'"):
        grad_cam(averaging(), (3, 20, 20), "relu9")
