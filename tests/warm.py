"""What every build with figures loads, loaded: a process that imports this splits into builds."""

import os
from importlib import import_module
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import torch

import generator.figures
import generator.produce  # noqa: F401
from generator.export.convert import convert
from generator.export.graphs import export_graph  # noqa: F401
from generator.export.trace import trace

for file in Path(generator.figures.__file__).parent.glob("[!_]*.py"):
    import_module(f"generator.figures.{file.stem}")

# The exporter gathers its rules when it is first used. No slope and no session: both start threads.
torch.set_num_threads(1)
convert(
    trace(lambda weights, inputs: {"y": torch.relu(inputs["x"])}, {}, {"x": torch.ones(1, 2)}),
    ("x",),
)
