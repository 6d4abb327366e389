"""Guided backpropagation and deconvolution: backwards, with another rule for ReLU.

What they give is not the gradient.
"""

from torch import Tensor, nn

from generator.compute.attribution.reverse import Reversible, Rule, Step
from generator.compute.graphs import Function, Tensors
from generator.errors import GraphError

RECTIFIERS = ("relu", "hardtanh")


def guided_backpropagation(module: nn.Module, shape: tuple[int, ...]) -> Function:
    """Backwards as the gradient goes, but ReLU hands on only what is positive.

    back = [0 < x] max(g, 0) at each ReLU, also [x < 6] at a ReLU6; this is not the gradient

    Shape:   `shape` is that of one input, without the batch; attribution (1, C, H, W).
    Raises:  GraphError for a model without ReLU; ModelError as `tracing.traced`.
    Source:  Springenberg et al. 2015, arXiv:1412.6806, section 3.4.
    """

    def rule(step: Step, signal: Tensor) -> tuple[Tensor, ...]:
        return step.back(signal.clamp(min=0) if step.op in RECTIFIERS else signal)

    return _backwards(module, shape, rule)


def deconvolution(module: nn.Module, shape: tuple[int, ...], layer: str = "") -> Function:
    """Backwards with ReLU applied to what comes back, whatever went forwards.

    It starts at the output, or at a layer.

    back = max(g, 0) at each ReLU; max pooling puts values back where they came from (switches).
    This is not the gradient.

    Shape:   `shape` is that of one input, without the batch; attribution (n, C, H, W), direction as
             the output or the layer.
    Raises:  GraphError for a model without ReLU; ModelError as `tracing.traced`.
    Source:  Zeiler and Fergus 2014, arXiv:1311.2901, section 2.1.
    """

    def rule(step: Step, signal: Tensor) -> tuple[Tensor, ...]:
        return (signal.clamp(min=0),) if step.op in RECTIFIERS else step.back(signal)

    return _backwards(module, shape, rule, layer)


def _backwards(module: nn.Module, shape: tuple[int, ...], rule: Rule, layer: str = "") -> Function:
    network = Reversible(module, shape)
    if not set(network.named().values()) & set(RECTIFIERS):
        raise GraphError(
            "the model has no ReLU, so this method would only repeat the gradient",
            hint="show the gradient itself",
        )

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        direction = inputs["direction"]
        found, _ = network.run(weights, inputs["input"], lambda _: direction.clone(), rule, layer)
        return {"attribution": found}

    return function
