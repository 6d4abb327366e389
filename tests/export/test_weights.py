"""Half floats travel as half floats and are floats to every graph; others stay as they are."""

import json
import struct

import numpy as np
import pytest
import torch
from safetensors.torch import load, save
from torch import nn

from generator.compute.graphs import forward
from generator.errors import GraphError
from generator.export.graphs import export_graph
from generator.export.weights import slots, weights_file, widened
from generator.figure import Source

HALF = torch.tensor([1.0, -2.5, 2.0**-24, 65504.0])  # the least and the greatest among them
FULL = torch.tensor([0.1, 1 / 3, 1e-20])


def types(file: bytes) -> dict[str, str]:
    size = struct.unpack("<Q", file[:8])[0]
    return {name: entry["dtype"] for name, entry in json.loads(file[8 : 8 + size]).items()}


def test_a_tensor_is_narrowed_only_where_that_loses_nothing() -> None:
    nearly = torch.tensor([1.0, 1.0 + 2**-12])  # one number too fine
    large = torch.tensor([70000.0])  # one beyond the greatest half
    count = torch.tensor(7)
    file = weights_file({"half": HALF, "full": FULL, "nearly": nearly, "large": large, "n": count})
    assert types(file) == {
        "half": "F16", "full": "F32", "nearly": "F32", "large": "F32", "n": "I64"
    }  # fmt: skip
    for name, wanted in (("half", HALF), ("full", FULL), ("nearly", nearly), ("large", large)):
        assert torch.equal(load(file)[name].float(), wanted)


def test_the_order_in_which_weights_come_changes_no_byte() -> None:
    assert weights_file({"a": HALF, "b": FULL}) == weights_file({"b": FULL, "a": HALF})


def test_a_widened_file_has_every_tensor_as_floats_where_its_slot_says() -> None:
    weights = {"a": FULL, "half": HALF, "z": torch.tensor([[3.0]]), "n": torch.tensor([1, 2])}
    file = weights_file(weights)
    wide = widened(file)
    for name, slot in slots(file).items():
        kind = {"n": "<i8"}.get(name, "<f4")
        found = np.frombuffer(wide[slot.offset : slot.offset + slot.length], kind)
        assert found.reshape(slot.shape).tolist() == weights[name].tolist()
        assert slot.offset % found.itemsize == 0
    assert len(wide) == max(slot.offset + slot.length for slot in slots(file).values())


def test_a_file_without_half_floats_is_left_as_it_is() -> None:
    file = save({"a": FULL})
    assert widened(file) == file


def test_a_truncated_file_is_refused() -> None:
    file = weights_file({"a": FULL, "half": HALF})
    for short in (file[:-1], file[:20], b""):
        with pytest.raises(GraphError):
            widened(short)


def test_a_graph_of_half_floats_agrees_with_pytorch_and_its_file_is_half_the_size() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 64, 3), nn.ReLU6(), nn.Conv2d(64, 64, 3, groups=64)).eval()
    net.half().float()
    weights = {name: tensor.detach() for name, tensor in net.state_dict().items()}
    image = {"input": torch.rand(1, 3, 9, 9)}
    source = Source(forward(net, ["output"]), weights, image, [image])
    file = weights_file(weights)
    graph = export_graph("half", source, file)
    assert max(graph.errors.values()) < 1e-5
    assert len(file) < 0.6 * len(save(weights))
