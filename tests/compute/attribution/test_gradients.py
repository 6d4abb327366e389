"""Gradients times inputs, smoothed and integrated, against captum, by hand and by their axioms."""

import pytest
import torch
from captum.attr import InputXGradient, IntegratedGradients
from torch import nn

from generator.compute.attribution.gradients import (
    gradient_times_input,
    integrated_gradients,
    smooth_gradient,
)


def weights_of(net):
    return dict(net.state_dict())


def image(shape, seed=0):
    return torch.rand(1, *shape, generator=torch.Generator().manual_seed(seed))


def onehot(index, count):
    return nn.functional.one_hot(torch.tensor([index]), count).float()


@pytest.fixture
def linear():
    net = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))
    net[1].weight.data = torch.tensor([[1.0, 2, 3, 4], [0.5, -1, 0, 2]])
    net[1].bias.data = torch.tensor([0.3, -0.1])
    return net


PICTURE = torch.tensor([[[[1.0, -2.0], [0.5, 3.0]]]])


def test_a_linear_model_gives_each_pixel_its_weight_times_its_value(linear):
    wanted = torch.tensor([[[[0.5, 2.0], [0.0, 6.0]]]])
    feeds = {"input": PICTURE, "direction": onehot(1, 2)}
    found = gradient_times_input(linear)(weights_of(linear), feeds)["attribution"]
    torch.testing.assert_close(found, wanted)
    path = {**feeds, "baseline": torch.zeros(1, 1, 2, 2)}
    found = integrated_gradients(linear, 3)(weights_of(linear), path)
    torch.testing.assert_close(found["attribution"], wanted)
    assert found["total"] == pytest.approx(8.5)
    assert found["difference"] == pytest.approx(8.5)  # the bias is in both scores


def test_gradient_times_input_agrees_with_captum(lenet):
    x = image((1, 16, 16))
    found = gradient_times_input(lenet)(weights_of(lenet), {"input": x, "direction": onehot(3, 5)})[
        "attribution"
    ]
    wanted = InputXGradient(lenet).attribute(x.requires_grad_(), target=3)
    torch.testing.assert_close(found, wanted.detach())


def test_integrated_gradients_agree_with_captum_at_the_same_steps(lenet):
    x, baseline = image((1, 16, 16)), image((1, 16, 16), 1) * 0.2
    feeds = {"input": x, "baseline": baseline, "direction": onehot(3, 5)}
    found = integrated_gradients(lenet, 16)(weights_of(lenet), feeds)
    wanted, gap = IntegratedGradients(lenet).attribute(
        x, baseline, target=3, n_steps=16, method="riemann_middle", return_convergence_delta=True
    )
    torch.testing.assert_close(found["attribution"], wanted.float(), rtol=1e-4, atol=1e-7)
    # Differences of numbers near one, in single precision.
    assert found["total"] - found["difference"] == pytest.approx(float(gap), abs=1e-6)


def test_completeness_comes_nearer_with_more_steps(residual):
    x = image((3, 21, 21))
    feeds = {"input": x, "baseline": torch.zeros_like(x), "direction": onehot(1, 3)}
    gaps = []
    for steps in (1, 8, 64, 256):
        found = integrated_gradients(residual, steps)(weights_of(residual), feeds)
        gaps.append(abs(float(found["total"] - found["difference"])))
    assert gaps[-1] < 0.02 * abs(float(found["difference"]))
    assert gaps[-1] < gaps[0] / 10


def test_smoothed_gradients_are_the_mean_of_autograd_s_over_the_noisy_copies(residual):
    x = image((3, 21, 21))
    noise = torch.randn(5, 3, 21, 21, generator=torch.Generator().manual_seed(2))
    feeds = {"input": x, "noise": noise, "sigma": torch.tensor(0.2), "direction": onehot(2, 3)}
    found = smooth_gradient(residual)(weights_of(residual), feeds)["attribution"]
    slopes = []
    for one in noise:
        noisy = (x + 0.2 * one).requires_grad_()
        residual(noisy)[0, 2].backward()
        slopes.append(noisy.grad)
    # Single precision through a net that divides by small deviations.
    torch.testing.assert_close(found, torch.stack(slopes).mean(0), rtol=1e-4, atol=1e-4)


def test_without_noise_the_smoothed_gradient_is_the_gradient(lenet):
    x = image((1, 16, 16))
    feeds = {"input": x, "noise": torch.randn(3, 1, 16, 16), "sigma": torch.tensor(0.0)}
    found = smooth_gradient(lenet)(weights_of(lenet), {**feeds, "direction": onehot(0, 5)})
    x.requires_grad_()
    lenet(x)[0, 0].backward()
    torch.testing.assert_close(found["attribution"], x.grad)


def test_a_difference_of_two_classes_is_the_difference_of_their_attributions(lenet):
    x, function = image((1, 16, 16)), gradient_times_input(lenet)
    both, first, second = (
        function(weights_of(lenet), {"input": x, "direction": direction})["attribution"]
        for direction in (onehot(1, 5) - onehot(4, 5), onehot(1, 5), onehot(4, 5))
    )
    torch.testing.assert_close(both, first - second, rtol=1e-4, atol=1e-7)
