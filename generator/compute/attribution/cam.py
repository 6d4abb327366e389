"""Attribution by the maps of a layer, each weighted by what it does to the score."""

from torch import Tensor, nn, zeros
from torch.func import functional_call, grad

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
            hint="grad_cam works with any layer that has maps",
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
    found = trace(module, shape)[layer]
    if len(found.shape) != 3:
        raise GraphError(
            f"layer {layer!r} has no maps but {found.channels} single values",
            hint="name a convolution, or what follows one",
        )
    whole = expanded(module, shape)

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        def score(push: Tensor) -> tuple[Tensor, Tensor]:
            kept: list[Tensor] = []

            def nudge(_module: nn.Module, _arguments: object, answer: Tensor) -> Tensor:
                kept.append(answer.clone())
                return answer + push

            handle = whole.get_submodule(found.name).register_forward_hook(nudge)
            try:
                output = functional_call(whole, dict(weights), (inputs["input"],))
            finally:
                handle.remove()
            return (inputs["direction"] * output).sum(), kept[0]

        slope, maps = grad(score, has_aux=True)(zeros(1, *found.shape))
        signed = (slope.mean((2, 3), keepdim=True) * maps).sum(1)
        return {
            "signed": signed,
            "evidence": signed.clamp(min=0),
            "counter": (-signed).clamp(min=0),
        }

    return function
