"""A foreign model: an ONNX graph read as a PyTorch module, checked against onnxruntime.

    model.onnx ──graph──> nodes without a batch ──operators──> layers named after them ──> module

Whatever draws or exports a model then takes it like any other, gradients included. No pickle is
read and no code of the model is run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from generator.errors import ModelError
from generator.foreign.graph import read_graph
from generator.foreign.network import network


@dataclass(frozen=True)
class Opened:
    """What is known of a foreign model once it has been read."""

    shape: tuple[int, ...]
    outputs: int
    layers: tuple[str, ...]
    difference: float
    hindrance: str

    def account(self) -> str:
        """For who brings the model: how well it was read and which kinds can show it."""
        read = f"{len(self.layers)} layers, agrees with onnxruntime within {self.difference:.0e}"
        if self.hindrance:
            return f"{read}\n'network' and 'units' cannot show it: {self.hindrance}"
        return f"{read}; every kind that needs no training history can show it"


# The share of the greatest output by which two readings of one graph may differ.
AGREES = 1e-4


def module_of(content: bytes, shape: tuple[int, ...], bounds: tuple[float, float]) -> nn.Module:
    """Read an ONNX file as a module in eval mode that takes batches of `shape`.

    Raises:  ModelError for a file that is no graph of this shape, by the name of the first node
             that cannot be read, and where PyTorch and onnxruntime disagree.
    """
    graph = read_graph(content)
    if graph.shape and graph.shape != shape:
        raise ModelError(f"the graph reads inputs of shape {graph.shape}, the card says {shape}")
    module = network(graph, shape)
    difference = disagreement(module, content, shape, bounds)
    if not difference <= AGREES:
        raise ModelError(
            f"our reading of the graph is off by {difference:.1e} of its greatest answer",
            hint="write the model as model.py instead",
        )
    return module


def opened(content: bytes, where: str) -> Opened:
    """Read a foreign model of which no card exists yet.

    Raises:  ModelError as `module_of`, and for a graph that leaves the size of its input open.
    """
    from generator.compute.architecture import trace

    bounds = (0.0, 1.0)
    try:
        shape = read_graph(content).shape
        if not shape:
            raise ModelError("the size of an input is left open", hint="export with a fixed size")
        module = module_of(content, shape, bounds)
        with torch.no_grad():
            answer = module(torch.zeros(1, *shape))
        if answer.dim() != 2:
            raise ModelError(f"an answer has shape {tuple(answer.shape[1:])}; read is a row")
    except ModelError as problem:
        problem.where = problem.where or where
        raise
    hindrance = ""
    try:
        trace(module, shape)
    except ModelError as problem:
        hindrance = problem.what
    layers = tuple(name for name, _ in module.named_children())
    difference = disagreement(module, content, shape, bounds)
    return Opened(shape, answer.shape[1], layers, difference, hindrance)


def disagreement(
    module: nn.Module, content: bytes, shape: tuple[int, ...], bounds: tuple[float, float]
) -> float:
    """Greatest difference to onnxruntime on a blank and on random inputs, max|a - b| / max|b|."""
    from onnxruntime import InferenceSession

    session = InferenceSession(content, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    low, high = bounds
    random = np.random.default_rng(0)
    worst = 0.0
    for scale in (0, 1, 1):
        given = low + scale * (high - low) * random.random((1, *shape), np.float32)
        (wanted,) = session.run(None, {name: given.astype(np.float32)})
        with torch.no_grad():
            found = module(torch.from_numpy(given.astype(np.float32))).numpy()
        if found.shape != wanted.shape:
            raise ModelError(f"our reading of the graph answers shape {found.shape[1:]}")
        worst = max(worst, float(np.abs(found - wanted).max() / max(np.abs(wanted).max(), 1e-30)))
    return worst
