"""What named layers of a module answer to a batch of inputs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.compute.threads import single_thread
from generator.errors import ModelError, nearest

# Always the same, as the last bits of an answer depend on how many are computed together.
BATCH = 256


def activations(
    module: nn.Module, images: NDArray[np.float32], layers: Sequence[str], batch: int = BATCH
) -> dict[str, NDArray[np.float32]]:
    """Outputs of submodules, by dotted name, in eval mode and without gradients.

    Shape:   images (n, ...) as the module takes them; each answer (n, ...) as the layer gives it.
    Units:   activations; a layer that works in place does not touch its predecessor's answer.
    Error:   float32; the batch size may change the last bits.
    Raises:  ModelError for a layer that does not exist, gives no tensor, is never called, or is
             called twice, which would leave open whose answer is meant.
    """
    parts = list(activation_batches(module, images, layers, batch))
    return {layer: np.concatenate([part[layer] for part in parts]) for layer in layers}


def activation_batches(
    module: nn.Module, images: NDArray[np.float32], layers: Sequence[str], batch: int = BATCH
) -> Iterator[dict[str, NDArray[np.float32]]]:
    """As `activations`, one batch after the other, for layers that would not fit in memory."""
    parts = (images[start : start + batch] for start in range(0, len(images), batch))
    return forward(module, parts, layers)


def forward(
    module: nn.Module, batches: Iterable[NDArray[np.float32]], layers: Sequence[str]
) -> Iterator[dict[str, NDArray[np.float32]]]:
    """Run a module on each batch; beside the layers, the empty name is its own answer.

    Shape, units, error and raises: as `activations`.
    """
    training = module.training
    module.eval()
    try:
        for images in batches:
            inputs = torch.from_numpy(np.ascontiguousarray(images))
            with single_thread(), torch.no_grad(), recorded(module, layers) as answers:
                output = module(inputs)
            # A layer that forward never reached leaves no entry.
            found = {layer: _answer(answers, layer) for layer in layers} | {"": output}
            yield {layer: answer.float().numpy() for layer, answer in found.items()}
    finally:
        module.train(training)


@contextmanager
def recorded(module: nn.Module, layers: Sequence[str]) -> Iterator[dict[str, Tensor]]:
    """Give a dictionary that each call of the module inside the block fills, gradients attached.

    Shape:   layer name -> (n, ...).
    Raises:  ModelError as `activations`, except for layers that are never called: the entry is
             absent.
    """
    answers: dict[str, Tensor] = {}
    submodules = dict(module.named_modules())
    with ExitStack() as stack:
        for layer in layers:
            if not layer or layer not in submodules:
                hint = nearest(layer, (name for name in submodules if name))
                raise ModelError(f"the model has no layer {layer!r}", hint=hint)
            hook = submodules[layer].register_forward_hook(_keep(layer, answers))
            stack.callback(hook.remove)
        # Cleared before each pass, so that only a second call within one pass counts as two.
        first = module.register_forward_pre_hook(lambda *_: answers.clear())
        stack.callback(first.remove)
        yield answers


def _keep(layer: str, answers: dict[str, Tensor]) -> Callable[..., None]:
    def hook(_module: nn.Module, _inputs: tuple[Any, ...], output: Any) -> None:
        if not isinstance(output, Tensor):
            raise ModelError(f"layer {layer!r} gives a {type(output).__name__}, not a tensor")
        if layer in answers:
            raise ModelError(
                f"layer {layer!r} is called more than once in one pass",
                hint="give each use a module of its own, or name the block around it",
            )
        answers[layer] = output.clone()  # a later ReLU may work in place

    return hook


def _answer(answers: dict[str, Tensor], layer: str) -> Tensor:
    if layer not in answers:
        raise ModelError(f"layer {layer!r} is never called by the model's forward")
    return answers[layer]
