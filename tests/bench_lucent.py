"""Feature visualization at build beside lucent, the PyTorch port of lucid, for `make bench`.

The peer is the package ``lucent`` (``torch-lucent`` in registries) in the folder that PEERS names,
with all that it imports. Both climb on digits-cnn for channels of its second convolution.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from generator.compute.ascent import Ascent, climb
from generator.compute.objectives import channel
from generator.models import Model, load_model

ROOT = Path(__file__).parents[1]
LAYER, CHANNELS, SEEDS, STEPS = "conv2", 16, 4, 512
BATCH = 8
"""Of the peer; ours takes all channels at once, as the build does."""


def visualizations_a_second(line: Callable[[str, str, str], None]) -> None:
    """Pictures a second on one thread, and the final activation in the middle of all."""
    torch.set_num_threads(1)
    model = load_model(ROOT / "models/digits-cnn")
    pace, reached = _ours(model)
    line(f"{CHANNELS * SEEDS} pictures of {LAYER}, {STEPS} steps, a second", f"{pace:.2f}", "none")
    line("  activation that the middle one of them reaches", f"{reached:.2f}", "none")
    sys.path.append(os.environ.get("PEERS", "peers"))
    if importlib.util.find_spec("lucent") is None:
        line("  beside lucent", "no peer", "7 times")
        return
    theirs = _lucent(model)
    line("  beside lucent", f"{pace / theirs:.1f} times", "7 times")


def _ours(model: Model) -> tuple[float, float]:
    begun, worths = time.perf_counter(), []
    for seed in range(SEEDS):
        objective = channel(LAYER, range(CHANNELS))
        shape = tuple(model.card.input)
        how = Ascent(frames=(STEPS,), bounds=model.card.range)
        worths += climb(model.module, shape, objective, [seed] * CHANNELS, how).values[-1].tolist()
    taken = time.perf_counter() - begun
    return CHANNELS * SEEDS / taken, sorted(worths)[len(worths) // 2]


def _lucent(model: Model) -> float:
    """One batch of its pictures, with its own standard movements; it is as slow for each batch."""
    render: Any = importlib.import_module("lucent.optvis.render")
    param: Any = importlib.import_module("lucent.optvis.param")
    objectives: Any = importlib.import_module("lucent.optvis.objectives")
    side = model.card.input[-1]
    goal = sum(objectives.channel(LAYER, one, batch=one) for one in range(BATCH))
    begun = time.perf_counter()
    render.render_vis(
        model.module.eval(),
        goal,
        lambda: param.image(side, batch=BATCH, channels=model.card.input[0]),
        thresholds=(STEPS,),
        preprocess=False,
        show_image=False,
        progress=False,
    )
    return BATCH / (time.perf_counter() - begun)
