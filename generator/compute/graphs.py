"""A model's computations as pure functions of weights and inputs, ready to become graphs.

Each answers `function(weights, inputs) -> outputs`, all three dicts of tensors by name. The module
lends its structure alone; its own weights are neither read nor changed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, grad_and_value
from torch.nn.functional import cross_entropy

from generator.errors import GraphError, nearest

Tensors = Mapping[str, Tensor]
Function = Callable[[Tensors, Tensors], dict[str, Tensor]]


def forward(module: nn.Module, layers: Sequence[str]) -> Function:
    """What the named layers answer to an `input`; the layer "output" is the module itself.

    Shape:   input as the module takes it; each layer's output under the layer's name.
    Raises:  GraphError for a name that is no layer of the module, or one that did not run.
    """
    parts = {"output": module, **dict(module.named_modules())}
    for name in layers:
        if name not in parts or not name:
            raise GraphError(f"no layer {name!r}", hint=nearest(name, parts))

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        taps: dict[str, Tensor] = {}

        def tap(name: str) -> Callable[[nn.Module, object, Tensor], None]:
            # A copy, since a layer behind may write in place.
            return lambda _module, _arguments, answer: taps.update({name: answer.clone()})

        with ExitStack() as hooks:
            for name in layers:
                handle = parts[name].register_forward_hook(tap(name))
                hooks.callback(handle.remove)
            functional_call(module, dict(weights), (inputs["input"],))
        silent = [name for name in layers if name not in taps]
        if silent:
            raise GraphError(f"layer {silent[0]!r} took no part in the computation")
        return {name: taps[name] for name in layers}

    return function


def input_gradient(module: nn.Module) -> Function:
    """The gradient of a weighted sum of outputs with respect to the `input`.

    gradient = d (direction . output) / d input; a one-hot direction picks one logit.

    Shape:   input as the module takes it; direction and output as it answers; gradient as input.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        def score(image: Tensor) -> tuple[Tensor, Tensor]:
            output = functional_call(module, dict(weights), (image,))
            return (output * inputs["direction"]).sum(), output

        gradient, output = grad(score, has_aux=True)(inputs["input"])
        return {"gradient": gradient, "output": output}

    return function


def sgd_step(module: nn.Module, inputs: Sequence[str] = ()) -> Function:
    """One step of stochastic gradient descent with momentum on the mean cross-entropy.

    velocity' = momentum * velocity + d loss / d weight;  weight' = weight - rate * velocity'

    Inputs are `input`, `label` (int64 classes (N,), or probabilities (N, classes)), the scalars
    `rate` and `momentum`, and `velocity.NAME` for every parameter. Outputs are `loss` before the
    step, `output` (the logits before it), `next.NAME` and `next.velocity.NAME`: each `next.X` is
    what to give as X the next time. Buffers, as of batch norm, are read and stay as they are.
    `inputs` names further inputs, which the module takes behind its first.
    """
    names = [name for name, _ in module.named_parameters()]
    taken = ("input", *inputs)

    def function(weights: Tensors, given: Tensors) -> dict[str, Tensor]:
        parameters = {name: weights[name] for name in names}

        def loss(values: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
            arguments = tuple(given[name] for name in taken)
            output = functional_call(module, {**weights, **values}, arguments)
            return cross_entropy(output, given["label"]), output

        slopes, (value, output) = grad_and_value(loss, has_aux=True)(parameters)
        answers = {"loss": value, "output": output}
        for name in names:
            velocity = given["momentum"] * given[f"velocity.{name}"] + slopes[name]
            answers[f"next.{name}"] = parameters[name] - given["rate"] * velocity
            answers[f"next.velocity.{name}"] = velocity
        return answers

    return function


def still(weights: Tensors) -> dict[str, Tensor]:
    """The velocities before the first step: zeros, as inputs of `sgd_step`."""
    return {f"velocity.{name}": torch.zeros_like(value) for name, value in weights.items()}
