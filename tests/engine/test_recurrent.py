"""Recurrent layers, which the export unrolls: forward, gradient and a training step agree with
eager PyTorch in the light engine."""

from collections.abc import Mapping

import numpy as np
import pytest
import safetensors.torch
import torch
from torch import Tensor, nn

from generator.compute.graphs import input_gradient, sgd_step, still
from generator.export.graphs import export_graph
from generator.figure import Source
from tests.engine.node import Task, run

# Floats, summed in another order over two steps.
TOLERANCE = 1e-5
RATE, MOMENTUM = 0.1, 0.9


class Reader(nn.Module):
    """Reads sequences of three numbers each, and judges by what it knows at their ends."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.core = getattr(nn, kind)(3, 5, batch_first=True)
        self.logits = nn.Linear(5, 4)

    def forward(self, x: Tensor) -> Tensor:
        known, _ = self.core(x)
        found: Tensor = self.logits(known[:, -1])
        return found


def made(kind: str) -> tuple[Reader, dict[str, Tensor], Tensor]:
    """A network, its weights, and two sequences of two."""
    torch.manual_seed(1)
    module = Reader(kind)
    weights = {name: value.detach().clone() for name, value in module.state_dict().items()}
    return module, weights, torch.randn(2, 2, 3)


def answer(source: Source, weights: bytes | None) -> Mapping[str, np.ndarray]:
    graph = export_graph("tried", source, weights)
    assert graph.work.refused == ""
    feeds = source.inputs if source.shared else {**source.weights, **source.inputs}
    given = {name: value.numpy() for name, value in feeds.items()}
    (found,) = run([Task(graph.onnx, given, {"weights.safetensors": weights} if weights else {})])
    assert not isinstance(found, str), found
    return found


def close(found: np.ndarray, wanted: Tensor) -> bool:
    gap = np.abs(found - wanted.detach().numpy()).max()
    return bool(gap <= TOLERANCE * wanted.detach().abs().max().item())


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "RNN"])
def test_a_recurrent_network_runs_unrolled_in_the_light_engine(kind: str) -> None:
    module, weights, x = made(kind)
    feeds = {"input": x, "direction": torch.eye(4)[:2]}
    image = x.clone().requires_grad_()
    output = module(image)
    (slope,) = torch.autograd.grad((output * feeds["direction"]).sum(), image)
    source = Source(input_gradient(module), weights, feeds, [feeds])
    found = answer(source, safetensors.torch.save(weights))
    assert close(found["output"], output)
    assert close(found["gradient"], slope)


def test_a_training_step_of_one_runs_there_too() -> None:
    module, weights, x = made("LSTM")
    batch = {"input": x, "label": torch.tensor([1, 3])}
    scalars = {"rate": torch.tensor(RATE), "momentum": torch.tensor(MOMENTUM)}
    feeds = {**batch, **scalars, **still(weights)}
    source = Source(sgd_step(module), weights, feeds, [feeds], shared=False)
    found = answer(source, None)
    optimizer = torch.optim.SGD(module.parameters(), lr=RATE, momentum=MOMENTUM)
    loss = nn.functional.cross_entropy(module(x), batch["label"])
    loss.backward()
    optimizer.step()
    assert close(found["loss"], loss)
    for name, value in module.named_parameters():
        assert close(found[f"next.{name}"], value), name
