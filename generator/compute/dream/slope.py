"""What an ascent asks a network at each step, as one graph: the picture, its worth, its slope.

As in `generator.compute.graphs`, `function(weights, inputs) -> outputs`.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.func import functional_call, grad

from generator.compute.dream.picture import drawn
from generator.compute.graphs import Function, Tensors
from generator.compute.objectives import smooth

TINY = 1e-12


def worth(answer: Tensor, direction: Tensor, energy: Tensor) -> Tensor:
    """direction . answer + energy * mean(answer^2), one number a picture.

    A unit, a channel and a class are directions, a layer is energy alone, and minus the distance to
    a code is both: see `goals`.

    Shape:   answer and direction (n, ...) alike; energy a scalar; result (n,).
    """
    flat = answer.flatten(1)
    return (flat * direction.flatten(1)).sum(1) + energy * flat.square().mean(1)


def texture(answer: Tensor) -> Tensor:
    """Which channels answer together, wherever that is: their Gram matrix at length 1.

    Shape:   answer (n, channels, ...); result (n, channels, channels).
    Source:  Gatys, Ecker and Bethge 2015, arXiv:1505.07376, section 2.
    """
    maps = answer.flatten(2) if answer.ndim > 2 else answer[:, :, None]
    gram = maps @ maps.transpose(1, 2)
    length = (gram.square().sum((1, 2), keepdim=True) + TINY).sqrt()
    return gram / length


def picture_slope(
    module: nn.Module, layer: str, shape: tuple[int, ...], bounds: tuple[float, float]
) -> Function:
    """The gradient, with respect to a picture's numbers, of all that is asked of the picture.

    worth(layer's answer) - apart * (texture . others) - smooth * total variation

    The network sees the picture moved: rows (height, height) picture columns (width, width)^T, or
    one such pair for each picture, (n, 1, ...).

    Inputs:  numbers (n, channels, height, width), what `Parts.feeds` names, rows, columns,
             direction (n, ...), others (n, channels of the layer, the same), and the scalars
             energy, apart and smooth.
    Outputs: gradient as numbers; picture, shares of the range; and of the picture unmoved: answer
             of the layer, worth (n,) and texture.
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007; apart is their
             "Diversity", the textures of the other pictures taken as they were a step ago.
    """
    low, high = bounds
    variation = smooth(1.0).score

    def answer(weights: Tensors, picture: Tensor) -> Tensor:
        taps: list[Tensor] = []
        # A copy, since a layer behind may write in place.
        keep = dict(module.named_modules())[layer].register_forward_hook(
            lambda _module, _arguments, found: taps.append(found.clone())
        )
        with keep:
            read = low + (high - low) * picture
            functional_call(module, dict(weights), (read.reshape(-1, *shape),))
        return taps[0]

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        given = dict(inputs)

        def score(numbers: Tensor) -> tuple[Tensor, Tensor]:
            picture = drawn(numbers, given)
            seen = answer(weights, inputs["rows"] @ picture @ inputs["columns"].mT)
            asked = worth(seen, inputs["direction"], inputs["energy"])
            alike = (texture(seen) * inputs["others"]).sum((1, 2))
            rough = -variation({"input": picture})
            total = asked - inputs["apart"] * alike - inputs["smooth"] * rough
            return total.sum(), picture

        gradient, picture = grad(score, has_aux=True)(inputs["numbers"])
        said = answer(weights, picture)
        return {
            "gradient": gradient,
            "picture": picture,
            "answer": said,
            "worth": worth(said, inputs["direction"], inputs["energy"]),
            "texture": texture(said),
        }

    return function
