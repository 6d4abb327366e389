"""What attacks ask a network: how its answer moves with every number of a picture, as graphs.

As in `generator.compute.graphs`, each answers `function(weights, inputs) -> outputs`. Among the
inputs are `input`, pictures as the module takes them, and `direction`, a one-hot row (n, outputs)
that names a class for each.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vjp

from generator.compute.graphs import Function, Tensors

HIDDEN = 1e9
LEAST = 1e-30


def logits(output: Tensor, reading: str) -> Tensor:
    """Numbers whose softmax is what the model says: its answers, or their logarithms.

    Shape:   (n, outputs) in and out; `reading` as `generator.compute.reading` gives it.
    Range:   probabilities below 1e-30 count as 1e-30.
    """
    flat = output.flatten(1)
    return flat.clamp(min=LEAST).log() if reading == "as they are" else flat


def log_odds(values: Tensor, direction: Tensor) -> Tensor:
    """log p / (1 - p) of one class: its logit, less the log-sum-exp of the others.

    Its gradient is that of the cross-entropy, divided by -(1 - p): the same signs, and no zeros
    where the network is so sure that 1 - p is rounded to nothing.

    Shape:   values and direction (n, classes), at least two classes; answer (n,).
    """
    others = (values - HIDDEN * direction).logsumexp(1)
    return (values * direction).sum(1) - others


def odds_slope(module: nn.Module, reading: str) -> Function:
    """The gradient of a class's log-odds with respect to the `input`.

    Shape:   gradient as input; output as the module answers.
    Source:  the gradient that Goodfellow et al. 2015 follow, arXiv:1412.6572, up to its length.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        def score(pictures: Tensor) -> tuple[Tensor, Tensor]:
            output = functional_call(module, dict(weights), (pictures,))
            return log_odds(logits(output, reading), inputs["direction"]).sum(), output

        gradient, output = grad(score, has_aux=True)(inputs["input"])
        return {"gradient": gradient, "output": output}

    return function


def two_slopes(module: nn.Module, reading: str) -> Function:
    """The two sums of the Jacobian's rows that a saliency map is made of.

    own = d logit_c / d input,  others = sum over all other classes of d logit_j / d input

    No more of the Jacobian is needed, so two backward passes do, however many classes there are.

    Shape:   own and others as input; output as the module answers.
    Source:  Papernot et al. 2016, doi:10.1109/EuroSP.2016.36, equation 8.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        def ask(pictures: Tensor) -> tuple[Tensor, Tensor]:
            output = functional_call(module, dict(weights), (pictures,))
            return logits(output, reading), output

        values, back, output = vjp(ask, inputs["input"], has_aux=True)  # type: ignore[misc]
        direction = inputs["direction"].to(values.dtype)
        (own,) = back(direction)
        (others,) = back(torch.ones_like(direction) - direction)
        return {"own": own, "others": others, "output": output}

    return function
