"""Every attribution becomes a graph that agrees with PyTorch, groups and depthwise included."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from generator.compute.attribution.cam import cam, grad_cam
from generator.compute.attribution.gradients import (
    gradient_times_input,
    integrated_gradients,
    smooth_gradient,
)
from generator.compute.attribution.occlusion import occlusion
from generator.compute.attribution.rectified import deconvolution, guided_backpropagation
from generator.compute.attribution.relevance import alpha_beta_relevance, epsilon_relevance
from generator.compute.attribution.visual_backprop import visual_backprop
from generator.compute.graphs import Function, input_gradient
from generator.errors import ModelError
from generator.export.graphs import export_graph
from generator.export.weights import weights_file
from generator.figure import Source
from generator.models import load_model
from generator.source import load_module
from tests.compute.attribution.nets import onehot, picture

ROOT = Path(__file__).parents[2]
Shape = tuple[int, ...]
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """As a build computes; sums in another order can take the other side of a kink of ReLU6."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def blocks() -> tuple[nn.Module, tuple[int, ...]]:
    """Two blocks of photo-net, one of which halves the image and one of which adds."""
    block = load_module(ROOT / "models/photo-net/model.py", ModelError).Block
    torch.manual_seed(0)
    net = nn.Sequential(
        *(nn.Conv2d(3, 8, 4, 2, padding=1), nn.ReLU6()),
        *(block(8, 12, 3, 2, 6), block(12, 12, 5, 1, 6)),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 5)),
    )
    return net.eval().requires_grad_(False), (3, 24, 24)


def committed(path: str) -> tuple[nn.Module, tuple[int, ...]]:
    model = load_model(ROOT / path)
    return model.module, model.card.input


COLOUR: Callable[[], tuple[nn.Module, Shape]] = lambda: committed(  # noqa: E731
    "tests/sites/foreign/models/colour-tiles"
)
NETS: dict[str, Callable[[], tuple[nn.Module, Shape]]] = {"blocks of photo-net": blocks}
if TRIAL:
    NETS |= {
        "colour-tiles": COLOUR,
        "residual-net": lambda: committed("tests/sites/foreign/models/residual-net"),
        "shapes-cnn": lambda: committed("models/shapes-cnn"),
        "road-steer": lambda: committed("models/road-steer"),
        "photo-net": lambda: committed("models/photo-net"),
    }


def feeds(module: nn.Module, shape: tuple[int, ...], **more: Tensor) -> dict[str, Tensor]:
    count = module(torch.zeros(1, *shape)).shape[1]
    return {"input": picture(shape, 5), "direction": onehot(count - 1, count), **more}


def noise(shape: tuple[int, ...]) -> Tensor:
    return torch.randn(3, *shape, generator=torch.Generator().manual_seed(1))


PATCHES = {"top": torch.tensor([0, 3, 9]), "left": torch.tensor([2, 0, 11])}

METHODS: dict[str, Callable[[nn.Module, Shape], tuple[Function, dict[str, Tensor]]]] = {
    "gradient": lambda net, _: (input_gradient(net), {}),
    "gradient x input": lambda net, _: (gradient_times_input(net), {}),
    "smooth": lambda net, shape: (
        smooth_gradient(net),
        {"noise": noise(shape), "sigma": torch.tensor(0.1)},
    ),
    "integrated": lambda net, shape: (
        integrated_gradients(net, 6),
        {"baseline": picture(shape, 6) * 0.1},
    ),
    "occlusion": lambda net, shape: (
        occlusion(net, 5),
        {"fill": torch.full((shape[0],), 0.5), **PATCHES},
    ),
    "guided": lambda net, shape: (guided_backpropagation(net, shape), {}),
    "deconvolution": lambda net, shape: (deconvolution(net, shape), {}),
    "epsilon": lambda net, shape: (
        epsilon_relevance(net, shape),
        {"epsilon": torch.tensor(0.05)},
    ),
    "alpha beta": lambda net, shape: (
        alpha_beta_relevance(net, shape),
        {"alpha": torch.tensor(2.0)},
    ),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", NETS)
def test_every_method_agrees_with_pytorch_as_a_graph(name: str, method: str) -> None:
    module, shape = NETS[name]()
    weights = {key: value.detach() for key, value in module.state_dict().items()}
    function, more = METHODS[method](module, shape)
    inputs = feeds(module, shape, **more)
    graph = export_graph(
        "tried", Source(function, weights, inputs, [inputs]), weights_file(weights)
    )
    assert max(graph.errors.values()) < 1e-4


def test_maps_of_layers_agree_with_pytorch_as_graphs() -> None:
    module, shape = blocks()
    weights = {key: value.detach() for key, value in module.state_dict().items()}
    both = feeds(module, shape)
    for function in (cam(module, shape), grad_cam(module, shape, "3.depthwise")):
        graph = export_graph("map", Source(function, weights, both, [both]), weights_file(weights))
        assert max(graph.errors.values()) < 1e-4
    chain, shape = COLOUR()
    weights = {key: value.detach() for key, value in chain.state_dict().items()}
    image = {"input": picture(shape)}
    source = Source(visual_backprop(chain, shape), weights, image, [image])
    assert "mask" in export_graph("mask", source, weights_file(weights)).outputs


def test_a_modified_rule_is_another_graph_than_the_gradient() -> None:
    module, shape = COLOUR()
    weights = {key: value.detach() for key, value in module.state_dict().items()}
    inputs = feeds(module, shape)
    files = {
        export_graph("one", Source(function, weights, inputs, [inputs]), weights_file(weights)).onnx
        for function in (
            input_gradient(module),
            guided_backpropagation(module, shape),
            deconvolution(module, shape),
        )
    }
    assert len(files) == 3
