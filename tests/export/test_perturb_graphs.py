"""What attacks ask becomes graphs that agree with PyTorch, on nets that nothing was made for."""

import os
from pathlib import Path

import pytest
import torch

from generator.compute.architecture import trace
from generator.compute.perturb.slopes import odds_slope, two_slopes
from generator.compute.reading import reading
from generator.export.graphs import export_graph
from generator.export.weights import weights_file
from generator.figure import Source
from generator.models import load_model

FOREIGN = Path(__file__).parents[1] / "sites/foreign/models"
NETS = ["residual-net"]
if os.environ.get("EXPLORABLE_TRIAL"):
    NETS += ["plain-mlp", "colour-tiles", "../../../../models/photo-net"]


@pytest.mark.long
@pytest.mark.parametrize("name", NETS)
def test_slopes_agree_with_pytorch_as_graphs(name: str) -> None:
    model = load_model(FOREIGN / name)
    how = reading(trace(model.module, model.card.input))
    low, high = model.card.range
    draw = torch.Generator().manual_seed(0)
    picture = low + (high - low) * torch.rand(1, *model.card.input, generator=draw)
    direction = torch.zeros(1, len(model.card.outputs))
    direction[0, -1] = 1
    feeds = {"input": picture, "direction": direction}
    for make, outputs in ((odds_slope, {"gradient"}), (two_slopes, {"own", "others"})):
        source = Source(make(model.module, how), model.weights, feeds, [feeds])
        graph = export_graph("tried", source, weights_file(model.weights))
        assert set(graph.outputs) == outputs | {"output"}
        assert max(graph.errors.values()) < 1e-4
