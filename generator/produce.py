"""Stages 3 and 4 for one figure: compute its payload and export the parts.

This is what runs in a process of its own when payloads are missing.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from generator.export.arrays import arrays_file
from generator.export.images import image_file
from generator.figures import kind as our_kind
from generator.own import load
from generator.sources import ProjectSources

if TYPE_CHECKING:
    from generator.figure import Payload
    from generator.resolve import Figure
    from generator.shared import Shared

WEIGHTS = "weights.safetensors"


def produce(figure: Figure, folder: Path, shared: Shared) -> None:
    """Compute one figure and write the parts of its payload into a folder.

    What other figures may need too is found in `shared`, or left there.

    Raises:  GeneratorError for what its author can mend.
    """
    import torch
    from tqdm import tqdm

    # PyTorch's progress bars would lock across processes, and a process that is stopped leaves
    # such a lock behind, with a warning.
    tqdm.set_lock(RLock())
    torch.set_num_threads(1)
    torch.manual_seed(figure.options.seed)
    kind = load(figure.home) if figure.home else our_kind(figure.kind)
    payload: Payload = kind.payload(figure.options.computed(), ProjectSources(figure, shared))
    _export(payload, figure, folder)


def _export(payload: Payload, figure: Figure, folder: Path) -> None:
    record: dict[str, Any] = {
        "kind": figure.kind,
        "values": payload.values,
        "alt": payload.alt,
        "table": payload.table and vars(payload.table),
        "still": _stills(payload, folder),
        "arrays": None,
        "more": {},
        "images": {},
        "graphs": _graphs(payload, folder),
        "charts": {},
    }
    if payload.arrays:
        record["arrays"] = _write(folder, "arrays.safetensors", arrays_file(payload.arrays))
    for group, arrays in payload.more.items():
        name = f"more-{group.replace('/', '-')}.safetensors"
        record["more"][group] = _write(folder, name, arrays_file(arrays))
    for name, image in payload.images.items():
        height, width = image.pixels.shape[:2]
        file = _write(folder, f"image-{name}.webp", image_file(image))
        record["images"][name] = {"file": file, "width": width, "height": height}
    for name, spec in payload.charts.items():
        text = json.dumps(spec, sort_keys=True).encode()
        record["charts"][name] = _write(folder, f"chart-{name}.json", text)
    content = json.dumps(record, ensure_ascii=False, allow_nan=False, default=_number)
    (folder / "payload.json").write_text(content, "utf8")


def _stills(payload: Payload, folder: Path) -> dict[str, str | None]:
    still = payload.still
    if still is None:
        from generator.export.charts import chart_still

        still = chart_still(payload.charts["main"])
    dark = still.dark and _write(folder, "still-dark.svg", still.dark.encode())
    return {"light": _write(folder, "still.svg", still.light.encode()), "dark": dark}


def _graphs(payload: Payload, folder: Path) -> dict[str, Any]:
    if not payload.graphs:
        return {}
    from generator.export.graphs import export_graph
    from generator.export.weights import weights_file

    record: dict[str, Any] = {}
    for name, source in payload.graphs.items():
        weights = weights_file(source.weights) if source.shared else None
        graph = export_graph(name, source, weights, WEIGHTS)
        record[name] = {
            "file": _write(folder, f"graph-{name}.onnx", graph.onnx),
            "weights": weights and _write(folder, WEIGHTS, weights),
            "location": WEIGHTS,
            "inputs": {key: vars(spec) for key, spec in graph.inputs.items()},
            "outputs": {key: vars(spec) for key, spec in graph.outputs.items()},
            "errors": graph.errors,
            "work": vars(graph.work),
        }
    return record


def _write(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    if path.is_file() and path.read_bytes() != content:
        raise ValueError(f"two parts of one payload are called {name}")
    path.write_bytes(content)
    return name


def _number(value: Any) -> Any:
    """NumPy and PyTorch scalars as the numbers they hold."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot stand in a payload's values")
