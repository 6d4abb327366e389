"""Attribution by the maps of a layer, each weighted by what it does to the score."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from torch import Tensor, nn, zeros
from torch.func import functional_call, grad
from torch.nn.functional import interpolate

from generator.compute.architecture import Architecture, Layer, trace
from generator.compute.expanded import expanded
from generator.compute.graphs import Function, Tensors, forward
from generator.errors import GraphError

Shape = tuple[int, ...]


def cam(module: nn.Module, shape: Shape) -> Function:
    """Class activation map: the last maps, weighted as the score weights their means.

    map = sum over k of w_k A_k,  score = mean(map) + bias,  with w = direction . weight

    Shape:   `shape` is that of one input, without the batch; map (1, h, w); bias and score scalars.
    Raises:  GraphError for a model that does not end in an average over maps and one dense layer.
    Source:  Zhou et al. 2016, arXiv:1512.04150, section 2.
    """
    maps, dense = _head(trace(module, shape))
    whole = expanded(module, shape)
    answers = forward(whole, [maps.name, dense.name])
    weight, bias = dense.tensors["weight"], dense.tensors.get("bias")

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        found = answers(weights, inputs)
        share = inputs["direction"] @ weights[weight]
        result = {
            "map": (share[:, :, None, None] * found[maps.name]).sum(1),
            "score": (inputs["direction"] * found[dense.name]).sum(),
        }
        if bias:
            result["bias"] = (inputs["direction"] * weights[bias]).sum()
        return result

    return function


def _head(architecture: Architecture) -> tuple[Layer, Layer]:
    """The layer whose maps are averaged, and the dense layer that reads the averages."""
    dense = architecture.layers[-1]
    read = dense
    while read is dense or read.op in ("flatten", "identity"):
        if len(read.inputs) != 1:
            break
        read = architecture[read.inputs[0]]
    pooled = read.op in ("adaptive_avg_pool", "avg_pool") and read.size == (1, 1)
    if dense.op != "linear" or not pooled:
        raise GraphError(
            f"no class activation map: layer {dense.name!r} does not read averages over whole maps",
            hint="Grad-CAM works with any layer that has maps",
        )
    return architecture[read.inputs[0]], dense


def grad_cam(module: nn.Module, shape: Shape, layer: str) -> Function:
    """The maps of any layer, weighted by the score's mean slope over each.

    signed = sum over k of a_k A_k,  a_k = mean over places of d score / d A_k
    evidence = max(signed, 0),  counter = max(-signed, 0)

    Shape:   `shape` is that of one input, without the batch; all answers (1, h, w).
    Raises:  ModelError for a layer that does not exist, GraphError for one without maps.
    Source:  Selvaraju et al. 2017, arXiv:1610.02391, sections 3 and 3.3 (counterfactuals).
    """
    every = grad_cams(module, shape, [layer])

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        signed = every(weights, inputs)[f"signed.{layer}"]
        return {
            "signed": signed,
            "evidence": signed.clamp(min=0),
            "counter": (-signed).clamp(min=0),
        }

    return function


def grad_cams(module: nn.Module, shape: Shape, layers: Sequence[str]) -> Function:
    """`grad_cam` of several layers in one pass: the answers are `signed.LAYER`.

    Raises:  as `grad_cam`; GraphError for no layer at all.
    """
    architecture = trace(module, shape)
    if not layers:
        raise GraphError("no layer of the model has maps", hint="occlusion needs none")
    for layer in layers:
        if len(architecture[layer].shape) != 3:
            raise GraphError(
                f"layer {layer!r} has no maps but {architecture[layer].channels} single values",
                hint="name a convolution, or what follows one",
            )
    found = {layer: architecture[layer] for layer in layers}
    whole = expanded(module, shape)

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        def score(pushes: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
            kept: dict[str, Tensor] = {}

            def nudge(layer: str) -> Callable[[nn.Module, object, Tensor], Tensor]:
                def hook(_module: nn.Module, _arguments: object, answer: Tensor) -> Tensor:
                    kept[layer] = answer.clone()
                    return answer + pushes[layer]

                return hook

            with ExitStack() as hooks:
                for layer, at in found.items():
                    part = whole.get_submodule(at.name)
                    hooks.callback(part.register_forward_hook(nudge(layer)).remove)
                output = functional_call(whole, dict(weights), (inputs["input"],))
            return (inputs["direction"] * output).sum(), kept

        still = {layer: zeros(1, *at.shape) for layer, at in found.items()}
        slopes, maps = grad(score, has_aux=True)(still)
        return {
            f"signed.{layer}": (slopes[layer].mean((2, 3), keepdim=True) * maps[layer]).sum(1)
            for layer in layers
        }

    return function


def guided_grad_cam(guided: Tensor, signed: Tensor) -> Tensor:
    """Guided backpropagation, weighted at each pixel by the evidence of a layer's maps.

    product = guided * enlarged(max(signed, 0)), by straight lines between centres of places

    Shape:   `guided` (C, H, W), `signed` (1, h, w) of `grad_cam`; answer as guided.
    Source:  Selvaraju et al. 2017, arXiv:1610.02391, section 3.2.
    """
    wide = interpolate(signed.clamp(min=0)[None], guided.shape[-2:], mode="bilinear")
    return guided * wide[0]
