"""Layer-wise relevance propagation: the score handed back in shares. It is not the gradient.

Relevance starts as direction * output. Each layer divides what it has among what it read; ReLU and
its like hand it on, max pooling to where the maximum came from.
"""

from collections.abc import Callable

from torch import Tensor, nn, where, zeros_like
from torch.func import functional_call

from generator.compute.attribution.reverse import Reversible, Rule, Step, pulled
from generator.compute.graphs import Function, Tensors
from generator.errors import GraphError

PASSED = ("relu", "leaky_relu", "hardtanh", "tanh", "identity")
MOVED = ("flatten", "cat", "max_pool")
SHARED = ("conv", "linear", "avg_pool", "adaptive_avg_pool", "add", "batch_norm", "scale")

Shape = tuple[int, ...]


def epsilon_relevance(module: nn.Module, shape: Shape) -> Function:
    """Relevance in proportion to each term of a layer's sums, held down where a sum is small.

    R_i = sum over j of a_i w_ij R_j / (z_j + epsilon sign z_j),  z_j = sum_i a_i w_ij + b_j

    What falls to biases and to `epsilon` is lost: `total`, all relevance, is less than `score`.

    Shape:   `shape` is that of one input, without the batch; `epsilon` a scalar; attribution
             (1, C, H, W); total and score scalars.
    Raises:  GraphError naming a layer that has no rule; ModelError as `tracing.traced`.
    Source:  Bach et al. 2015, doi:10.1371/journal.pone.0130140, equation 58.
    """

    def rule(inputs: Tensors) -> Rule:
        return lambda step, relevance: _share(step, relevance, inputs["epsilon"])

    return _relevance(module, shape, rule)


def alpha_beta_relevance(module: nn.Module, shape: Shape) -> Function:
    """Relevance divided apart among what raised and what lowered each sum.

    R_i = sum over j of (alpha p_ij / sum_i p_ij - beta n_ij / sum_i n_ij) R_j,  beta = alpha - 1

    with p and n the positive and negative parts of the terms a_i w_ij. Biases take no share, so
    that `total` stays `score` except where a sum has no positive or no negative term. Plain
    additions share by their positive terms, or by their negative ones where they have no other:
    two terms that nearly cancel would else be given shares without bound.

    Shape:   `shape` is that of one input, without the batch; `alpha` a scalar, at least 1;
             attribution (1, C, H, W); total and score scalars.
    Raises:  GraphError naming a layer that has no rule; ModelError as `tracing.traced`.
    Source:  Bach et al. 2015, doi:10.1371/journal.pone.0130140, equation 60.
    """

    def rule(inputs: Tensors) -> Rule:
        def divide(step: Step, relevance: Tensor) -> tuple[Tensor, ...]:
            if step.op in ("conv", "linear"):
                return (_divided(step, relevance, inputs["alpha"]),)
            if step.op == "batch_norm":  # one term alone: it has it all
                return (relevance,)
            if step.op == "add":
                return _added(step, relevance)
            return _share(step, relevance, zeros_like(inputs["alpha"]))

        return divide

    return _relevance(module, shape, rule)


def _relevance(module: nn.Module, shape: Shape, rule: Callable[[Tensors], Rule]) -> Function:
    network = Reversible(module, shape)
    for name, op in network.named().items():
        if op not in ("input", *PASSED, *MOVED, *SHARED):
            raise GraphError(
                f"layer {name!r} {f'is a {op}' if op else 'computes something'} that relevance "
                "propagation has no rule for",
                hint="integrated gradients work with any model that has a gradient",
            )

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        direction = inputs["direction"]
        found, output = network.run(
            weights, inputs["input"], lambda output: direction * output, rule(inputs)
        )
        score = (direction * output).sum()
        return {"attribution": found, "total": found.sum(), "score": score}

    return function


def _share(step: Step, relevance: Tensor, epsilon: Tensor) -> tuple[Tensor, ...]:
    if step.op in PASSED:
        return (relevance,)
    if step.op in MOVED:
        return step.back(relevance)
    sum_ = step.gave
    held = sum_ + where(sum_ < 0, -epsilon, epsilon)
    backs = step.back(_ratio(relevance, held))
    return tuple(read * back for read, back in zip(step.reads, backs, strict=True))


def _divided(step: Step, relevance: Tensor, alpha: Tensor) -> Tensor:
    """The alpha-beta rule for a layer of sums of products."""
    (read,) = step.reads
    up, down = read.clamp(min=0), read.clamp(max=0)
    weight = step.weights["weight"]
    raising, lowering = weight.clamp(min=0), weight.clamp(max=0)
    positive = _terms(step, ((up, raising), (down, lowering)), relevance)
    negative = _terms(step, ((up, lowering), (down, raising)), relevance)
    return alpha * positive - (alpha - 1) * negative


def _terms(step: Step, pairs: tuple[tuple[Tensor, Tensor], ...], relevance: Tensor) -> Tensor:
    """Relevance divided among the terms read * weight of these pairs, which have one sign."""
    runs = [pulled(_without_bias(step, weight), read) for read, weight in pairs]
    share = _ratio(relevance, runs[0][0] + runs[1][0])
    parts = [read * pull(share)[0] for (read, _), (_, pull) in zip(pairs, runs, strict=True)]
    return parts[0] + parts[1]


def _added(step: Step, relevance: Tensor) -> tuple[Tensor, ...]:
    """Shares of an addition by what raised it, or, where nothing did, by what lowered it."""
    up = [read.clamp(min=0) for read in step.reads]
    raised = step.again(*up)
    parts = [
        where(raised > 0, raising, read.clamp(max=0))
        for raising, read in zip(up, step.reads, strict=True)
    ]
    share = _ratio(relevance, step.again(*parts))
    backs = step.back(share)
    return tuple(part * back for part, back in zip(parts, backs, strict=True))


def _without_bias(step: Step, weight: Tensor) -> Callable[[Tensor], Tensor]:
    if step.module is None:
        raise TypeError(f"{step.name} has no module")
    module, held = step.module, {"weight": weight}
    if "bias" in step.weights:
        held["bias"] = zeros_like(step.weights["bias"])
    return lambda read: functional_call(module, held, (read,))


def _ratio(relevance: Tensor, sum_: Tensor) -> Tensor:
    """relevance / sum, and 0 where the sum is 0: nothing was there to be given a share."""
    empty = sum_ == 0
    return where(empty, zeros_like(relevance), relevance / where(empty, 1.0, sum_))
