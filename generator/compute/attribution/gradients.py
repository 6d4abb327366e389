"""Attribution by the gradient: times the input, smoothed by noise, integrated along a path."""

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad

from generator.compute.graphs import Function, Tensors


def slopes(module: nn.Module, weights: Tensors, images: Tensor, direction: Tensor) -> Tensor:
    """d score / d image for each image of a batch by itself.

    Shape:   images (n, C, H, W) in and out; direction (1, outputs).
    """

    def score(batch: Tensor) -> Tensor:
        output: Tensor = functional_call(module, dict(weights), (batch,))
        return (output * direction).sum()

    slope: Tensor = grad(score)(images)
    return slope


def gradient_times_input(module: nn.Module) -> Function:
    """Each pixel's value times the score's slope there.

    attribution = input * d score / d input

    Shape:   attribution as `input`.
    Source:  Shrikumar et al. 2016, arXiv:1605.01713, section 3.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        image = inputs["input"]
        return {"attribution": image * slopes(module, weights, image, inputs["direction"])}

    return function


def smooth_gradient(module: nn.Module) -> Function:
    """The mean slope over noisy copies of the image.

    attribution = mean over i of d score / d input at input + sigma noise_i

    Shape:   `noise` (n, C, H, W), standard normal; `sigma` a scalar; attribution as `input`.
    Source:  Smilkov et al. 2017, arXiv:1706.03825, section 2.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        noisy = inputs["input"] + inputs["sigma"] * inputs["noise"]
        slope = slopes(module, weights, noisy, inputs["direction"])
        return {"attribution": slope.mean(0, keepdim=True)}

    return function


def integrated_gradients(module: nn.Module, steps: int) -> Function:
    """The slope along the straight way from a baseline to the image, times the way.

    attribution = (input - baseline) * mean over k of the slope at
                  baseline + (k + 1/2) / steps * (input - baseline)

    `total`, the sum of all attributions, tends to `difference`, the score of the image less that of
    the baseline, as steps grow: completeness.

    Shape:   `baseline` and attribution as `input`; total and difference scalars.
    Source:  Sundararajan et al. 2017, arXiv:1703.01365, section 3 and proposition 1.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        way = inputs["input"] - inputs["baseline"]
        share = (torch.arange(steps) + 0.5) / steps
        points = inputs["baseline"] + share.reshape(-1, *[1] * (way.ndim - 1)) * way
        slope = slopes(module, weights, points, inputs["direction"])
        attribution = way * slope.mean(0, keepdim=True)
        ends = torch.cat([inputs["input"], inputs["baseline"]])
        answers = functional_call(module, dict(weights), (ends,)) @ inputs["direction"][0]
        difference = answers[0] - answers[1]
        return {"attribution": attribution, "total": attribution.sum(), "difference": difference}

    return function
