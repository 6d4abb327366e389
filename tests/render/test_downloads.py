"""What a reader can keep of a figure, and by which names."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from generator.render.downloads import downloads, table_file


def payload(**parts: object) -> dict[str, object]:
    return {"arrays": None, "more": {}, "graphs": {}, "table": None, **parts}


def test_files_have_the_figures_name_and_weights_the_one_their_graph_knows(tmp_path: Path) -> None:
    graph = {"file": "g.onnx", "weights": "w.safetensors", "location": "weights.safetensors"}
    files = {name: tmp_path / name for name in ("a", "m", "g.onnx", "w.safetensors")}
    for path in files.values():
        path.write_bytes(b"123")
    found = downloads(
        "fig-a", payload(arrays="a", more={"tsne/1": "m"}, graphs={"step": graph}), files, tmp_path
    )
    assert [(one.part, one.name, one.path.name) for one in found] == [
        ("arrays", "fig-a.safetensors", "a"),
        ("more", "fig-a.tsne-1.safetensors", "m"),
        ("graph", "fig-a.step.onnx", "g.onnx"),
        ("weights", "weights.safetensors", "w.safetensors"),
    ]
    assert found[2].weights == files["w.safetensors"]
    assert found[0].bytes == 3


def test_two_graphs_of_one_model_share_one_download_of_its_weights(tmp_path: Path) -> None:
    graph = {"file": "g", "weights": "w", "location": "weights.safetensors"}
    files = {name: tmp_path / name for name in ("g", "w")}
    found = downloads("f", payload(graphs={"a": graph, "b": graph}), files, tmp_path)
    assert [one.part for one in found] == ["graph", "graph", "weights"]


def test_a_graph_that_takes_its_weights_as_inputs_brings_none(tmp_path: Path) -> None:
    graph = {"file": "g", "weights": None, "location": "weights.safetensors"}
    found = downloads("f", payload(graphs={"step": graph}), {"g": tmp_path / "g"}, tmp_path)
    assert [(one.part, one.weights) for one in found] == [("graph", None)]


def test_a_table_is_csv_with_quotes_where_commas_are() -> None:
    table = {"caption": "C", "columns": ["what", "how much"], "rows": [['5, "five"', 0.125]]}
    assert table_file(table) == b'what,how much\r\n"5, ""five""",0.125\r\n'


@pytest.mark.parametrize(("dtype", "readable"), [(np.float32, True), (np.float16, False)])
def test_a_graph_cannot_read_half_floats_as_they_travel(
    tmp_path: Path, dtype: type[np.float32] | type[np.float16], readable: bool
) -> None:
    graph = {"file": "g", "weights": "w", "location": "weights.safetensors"}
    files = {name: tmp_path / name for name in ("g", "w")}
    save_file({"a": np.zeros(2, np.float32), "b": np.zeros(3, dtype)}, files["w"])
    found = downloads("f", payload(graphs={"a": graph}), files, tmp_path)
    assert found[0].readable is readable
