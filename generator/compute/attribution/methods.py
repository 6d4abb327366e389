"""Every attribution method by name: what a reader is told of it, and the function behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import nn

from generator.compute.attribution.cam import cam, grad_cams
from generator.compute.attribution.rectified import deconvolution, guided_backpropagation
from generator.compute.attribution.relevance import alpha_beta_relevance, epsilon_relevance
from generator.compute.attribution.visual_backprop import visual_backprop
from generator.compute.graphs import Function, input_gradient
from generator.errors import GeneratorError

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Method:
    """What the page says of a method.

    graphs   those that it runs: several methods only ask the same one other questions
    signed   True where numbers below zero speak against the answer
    slow     it asks about hundreds of pictures, so that it is measured over fewer examples
    """

    name: str
    title: str
    graphs: tuple[str, ...]
    signed: bool
    what: str
    slow: bool = False


METHODS = {
    method.name: method
    for method in (
        Method(
            *("integrated", "Integrated gradients", ("gradient",), True),
            "The gradient, averaged on the way from a baseline to the picture, times the way.",
        ),
        Method(
            *("gradient", "Gradient", ("gradient",), False),
            "How steeply the score changes with each pixel, whichever way.",
        ),
        Method(
            *("gradient-input", "Gradient × input", ("gradient",), True),
            "The gradient times the pixel itself: what the pixel adds, were the network linear.",
        ),
        Method(
            *("smooth", "SmoothGrad", ("gradient",), False),
            "The gradient, averaged over copies of the picture with noise on them.",
        ),
        Method(
            *("guided", "Guided backpropagation", ("guided",), False),
            "Modified backward rule, not the gradient: ReLU hands back only what is positive both "
            "ways.",
        ),
        Method(
            *("deconvolution", "Deconvolution", ("deconvolution",), False),
            "Modified backward rule, not the gradient: ReLU works on what comes back, whatever "
            "went forwards.",
        ),
        Method(
            *("lrp-epsilon", "LRP, ε rule", ("lrp-epsilon",), True),
            "Modified backward rule, not the gradient: each sum hands its relevance back in "
            "proportion to its terms.",
        ),
        Method(
            *("lrp-alpha-beta", "LRP, αβ rule", ("lrp-alpha-beta",), True),
            "Modified backward rule, not the gradient: what raised and what lowered a sum get "
            "their shares apart.",
        ),
        Method(
            *("occlusion", "Occlusion", ("scores",), True),
            "How far the score falls when a patch that covers the pixel is blotted out.",
        ),
        Method(
            *("difference", "Prediction difference", ("scores",), True),
            "How the odds fall, in bits, when other pictures fill a window: blue speaks for the "
            "answer, orange against.",
            slow=True,
        ),
        Method(
            *("lime", "LIME", ("scores",), True),
            "A straight line fitted to the answers while superpixels go off and on by chance: what "
            "each adds.",
            slow=True,
        ),
        Method(
            *("lime-again", "LIME, another seed", ("scores",), True),
            "The same question with other random pictures. Whatever differs is chance.",
            slow=True,
        ),
        Method(
            *("cam", "Class activation map", ("cam",), True),
            "The last maps, weighted as the last layer weights their averages. No gradient.",
        ),
        Method(
            *("grad-cam", "Grad-CAM", ("grad-cam",), False),
            "A layer's maps, each weighted by the mean gradient of the score over it.",
        ),
        Method(
            *("guided-grad-cam", "Guided Grad-CAM", ("guided", "grad-cam"), False),
            "Guided backpropagation, kept where Grad-CAM of the layer lights up. Modified backward "
            "rule, not the gradient.",
        ),
        Method(
            *("visual-backprop", "VisualBackProp", ("visual-backprop",), False),
            "Mean maps multiplied from the deepest layer back to the picture; it asks about no "
            "class. No gradient.",
        ),
    )
}


def graph_functions(
    module: nn.Module, shape: Shape, layers: Sequence[str]
) -> tuple[dict[str, Function], dict[str, GeneratorError]]:
    """Functions by the name of their graph, and why the model can have no others.

    `scores` is no function of this kind and is not among them: any model has it.

    Shape:   `shape` is that of one input, without the batch; `layers` are those with maps.
    """
    makers: dict[str, Callable[[], Function]] = {
        "gradient": lambda: input_gradient(module),
        "guided": lambda: guided_backpropagation(module, shape),
        "deconvolution": lambda: deconvolution(module, shape),
        "lrp-epsilon": lambda: epsilon_relevance(module, shape),
        "lrp-alpha-beta": lambda: alpha_beta_relevance(module, shape),
        "cam": lambda: cam(module, shape),
        "grad-cam": lambda: grad_cams(module, shape, layers),
        "visual-backprop": lambda: visual_backprop(module, shape),
    }
    made: dict[str, Function] = {}
    refused: dict[str, GeneratorError] = {}
    for name, make in makers.items():
        try:
            made[name] = make()
        except GeneratorError as reason:
            refused[name] = reason
    return made, refused


PAIR = (("integrated", "gradient-input", "smooth", "gradient"), ("grad-cam", "occlusion", "cam"))
"""What stands side by side at first: one about pixels, one about regions, by preference."""


def default_pair(preferred: Sequence[str], possible: Sequence[str]) -> tuple[str, ...]:
    """Two methods that disagree for reasons, taken from `preferred` where it has such.

    Any model can have one of each sort, so that `possible` always does.
    """
    return tuple(
        next(name for names in (preferred, possible) for name in sort if name in names)
        for sort in PAIR
    )
