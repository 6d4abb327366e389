"""VisualBackProp: mean maps multiplied from the deepest layer back to the image, forward only."""

from torch import Tensor, nn, ones, zeros
from torch.nn.functional import conv2d

from generator.compute.architecture import Architecture, Layer, trace
from generator.compute.attribution.reverse import pulled
from generator.compute.expanded import expanded
from generator.compute.graphs import Function, Tensors, forward
from generator.compute.operations import ELEMENTWISE
from generator.errors import GraphError

SPATIAL = ("conv", "max_pool", "avg_pool")


def visual_backprop(module: nn.Module, shape: tuple[int, ...]) -> Function:
    """Where information that reaches the last convolution came from.

    mask_K = mean_K;  mask_k = mean_k * spread(mask_{k+1});  mask = spread(mask_1)

    with mean_k the mean over channels of what follows the k-th convolution, and spread the adjoint
    of the steps between two of them with every weight one. No gradient is computed. The answers
    `mean.LAYER` and `mask.LAYER` are the recursion's parts; the deepest mask is its mean.

    Shape:   `shape` is that of one input, without the batch; mask (1, H, W).
    Raises:  GraphError for a model without convolution, or one that is no chain, naming the layer.
    Source:  Bojarski et al. 2018, arXiv:1611.05418, section III.
    """
    stages = _stages(trace(module, shape))
    taps = [tap for tap, _ in stages]
    answers = forward(expanded(module, shape), [tap.name for tap in taps])

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        found = answers(weights, inputs)
        means = {tap.name: found[tap.name].mean(1, keepdim=True) for tap in taps}
        result = {f"mean.{name}": mean[:, 0] for name, mean in means.items()}
        mask: Tensor | None = None
        for tap, steps in reversed(stages):
            mean = means[tap.name]
            if mask is None:
                mask = mean
            else:
                mask = mean * mask
                result[f"mask.{tap.name}"] = mask[:, 0]
            for layer, size in reversed(steps):
                mask = _spread(mask, layer, size)
        if mask is not None:
            result["mask"] = mask[:, 0]
        return result

    return function


Stage = tuple[Layer, list[tuple[Layer, tuple[int, int]]]]


def _stages(architecture: Architecture) -> list[Stage]:
    """Each convolution's last elementwise step, with the spatial steps since the one before.

    A step comes with the size of what it reads.
    """
    stages: list[Stage] = []
    steps: list[tuple[Layer, tuple[int, int]]] = []
    before = architecture.layers[0]
    for layer in architecture.layers[1:]:
        if len(layer.shape) != 3:
            break
        if layer.inputs != (before.name,):
            raise GraphError(
                f"layer {layer.name!r} reads {' and '.join(layer.inputs)}, and VisualBackProp "
                "follows a single chain of layers",
                hint="Grad-CAM works with any layer that has maps",
            )
        if layer.op in SPATIAL:
            steps.append((layer, before.size))
        if layer.op == "conv":
            stages.append((layer, steps))
            steps = []
        elif layer.op in (*ELEMENTWISE, "batch_norm", "scale") and stages and not steps:
            stages[-1] = (layer, stages[-1][1])
        before = layer
    if not stages:
        raise GraphError("the model has no convolution, so VisualBackProp has no maps to follow")
    return stages


def _spread(mask: Tensor, layer: Layer, size: tuple[int, int]) -> Tensor:
    """Put each value back over the whole window that it was made from."""
    at = layer.attributes
    kernel = ones(1, 1, *at["kernel"])

    def window(image: Tensor) -> Tensor:
        return conv2d(image, kernel, None, at["stride"], at["padding"], at.get("dilation", [1, 1]))[
            :, :, : mask.shape[2], : mask.shape[3]
        ]

    return pulled(window, zeros(1, 1, *size))[1](mask)[0]
