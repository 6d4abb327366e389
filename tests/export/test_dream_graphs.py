"""What an ascent asks as a graph: it agrees with PyTorch, on a net that nothing was made for."""

import os
from pathlib import Path

import pytest
import torch

from generator.compute.dream.goals import one_of
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import noise, parts
from generator.compute.dream.run import Plan, asked
from generator.compute.dream.slope import picture_slope
from generator.export.graphs import export_graph
from generator.export.weights import weights_file
from generator.figure import Source
from generator.models import load_model

FOREIGN = Path(__file__).parents[1] / "sites/foreign/models"
NETS = [("residual-net", "blocks.1")]
if os.environ.get("EXPLORABLE_TRIAL"):
    NETS += [("plain-mlp", "second"), ("colour-tiles", "mix"), ("residual-net", "scores")]


@pytest.mark.parametrize(("name", "layer"), NETS)
def test_a_step_agrees_with_pytorch_as_a_graph(name: str, layer: str) -> None:
    model = load_model(FOREIGN / name)
    shape: tuple[int, int, int] = model.card.input  # type: ignore[assignment]
    taps = []
    with model.module.get_submodule(layer).register_forward_hook(
        lambda *seen: taps.append(seen[2])
    ):
        model.module(torch.zeros(1, *shape))
    answer = tuple(taps[0].shape[1:])
    made = parts(noise(shape, 1) * 3, True, torch.eye(shape[0]).numpy())
    rows, columns = Moves(2, 0.1, 0.5).at(shape[1:], 0, 0)
    moves = {"rows": torch.from_numpy(rows).float(), "columns": torch.from_numpy(columns).float()}
    goal = one_of("class" if len(answer) == 1 else "channel", answer, 1)
    plan = Plan((1,), 1, 0, 0.05, Moves(), 0.1, 0.1)
    near = torch.eye(answer[0])[None] / answer[0] ** 0.5
    start = torch.from_numpy(noise(shape, 0))[None]
    feeds = {"numbers": start, **made.feeds(), **moves, **asked(goal, plan, near)}
    function = picture_slope(model.module, layer, shape, model.card.range)
    source = Source(function, model.weights, feeds, [feeds])
    graph = export_graph("tried", source, weights_file(model.weights))
    assert set(graph.outputs) == {"gradient", "picture", "answer", "worth", "texture"}
    assert max(graph.errors.values()) < 1e-4
    assert graph.work.refused == ""
