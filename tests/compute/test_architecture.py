import json

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from generator.compute.activations import activations
from generator.compute.architecture import trace
from generator.compute.expanded import expanded
from generator.errors import ModelError


class Calls(nn.Module):
    """A net whose forward is the given function of itself and x."""

    def __init__(self, forward, **layers):
        super().__init__()
        self.steps = forward
        for name, layer in layers.items():
            setattr(self, name, layer)

    def forward(self, x):
        return self.steps(self, x)


def ops(architecture):
    return [layer.op for layer in architecture]


def test_layers_come_in_order_with_the_names_of_their_modules(lenet):
    architecture = trace(lenet, (1, 16, 16))
    assert [layer.name for layer in architecture] == ["input", *map(str, range(9))]
    assert ops(architecture) == (
        ["input", "conv", "relu", "max_pool", "conv", "relu", "avg_pool"]
        + ["flatten", "linear", "softmax"]
    )
    assert [layer.inputs for layer in architecture][:3] == [(), ("input",), ("0",)]
    assert architecture["3"].shape == (6, 6, 6)
    assert architecture["3"].tensors == {"weight": "3.weight", "bias": "3.bias"}


def test_function_calls_are_named_by_operation_and_the_block_they_stand_in(residual):
    architecture = trace(residual, (3, 20, 20))
    names = [layer.name for layer in architecture]
    assert {"sub", "truediv", "relu", "max_pool2d", "blocks.0.add", "cat", "mean"} <= set(names)
    assert {"blocks.1.relu:1", "blocks.1.relu:2"} <= set(names)
    assert len(set(names)) == len(names)
    assert architecture["blocks.0.add"].inputs == ("blocks.0.conv2", "max_pool2d")


def test_the_second_call_of_a_function_is_numbered():
    net = Calls(lambda self, x: functional.relu(x) + functional.relu(-1.0 * x))
    names = [layer.name for layer in trace(net, (4,))]
    assert names == ["input", "relu", "mul", "relu:2", "add"]


def test_a_blocks_name_stands_for_its_last_inner_layer(residual):
    architecture = trace(residual, (3, 20, 20))
    assert architecture["blocks.0"].name == "blocks.0.relu:2"
    assert architecture["blocks"].name == "blocks.1.relu:2"


def test_batch_norm_names_its_four_vectors(residual):
    layer = trace(residual, (3, 20, 20))["blocks.0.bn1"]
    assert set(layer.tensors) == {"weight", "bias", "mean", "variance"}
    assert set(layer.tensors.values()) <= set(residual.state_dict())
    assert layer.attributes == {"eps": 1e-5}


def test_a_function_and_its_module_are_the_same_operation():
    by_function = trace(
        Calls(lambda self, x: functional.max_pool2d(x, 3, stride=2, padding=1)), (1, 8, 8)
    )
    by_module = trace(nn.Sequential(nn.MaxPool2d(3, 2, 1)), (1, 8, 8))
    assert by_function.layers[1].attributes == by_module.layers[1].attributes


def test_adding_a_layer_to_itself_reads_it_twice():
    assert trace(Calls(lambda self, x: x + x), (3,))["add"].inputs == ("input", "input")


@pytest.mark.parametrize(
    "flatten",
    [
        lambda self, x: torch.flatten(x, 1),
        lambda self, x: x.flatten(1),
        lambda self, x: x.view(x.size(0), -1),
        lambda self, x: x.reshape(x.shape[0], -1),
        lambda self, x: x.view(-1, 12),
    ],
)
def test_every_way_to_flatten_is_a_flatten(flatten):
    assert ops(trace(Calls(flatten), (3, 2, 2))) == ["input", "flatten"]


def test_layers_that_do_not_lead_to_the_output_are_left_out():
    def forward(self, x):
        self.idle(x)
        return self.used(x)

    net = Calls(forward, idle=nn.PReLU(), used=nn.ReLU())
    assert [layer.name for layer in trace(net, (3,))] == ["input", "used"]


def test_the_description_is_json(residual):
    described = trace(residual, (3, 20, 20)).describe()
    again = json.loads(json.dumps(described))
    assert again["layers"][3]["attributes"] == {
        **{"kernel": [5, 5], "stride": [2, 2], "padding": [2, 2], "dilation": [1, 1], "groups": 1}
    }
    assert again["layers"][3]["inputs"] == ["truediv"]
    assert again["blocks"]["blocks"] == "blocks.1.relu:2"


@pytest.mark.parametrize("net", ["lenet", "residual", "perceptron", "mixed"])
def test_expanding_a_model_changes_neither_its_answers_nor_its_weights(net, request):
    shapes = {"lenet": (1, 16, 16), "residual": (3, 20, 20), "perceptron": (12,)}
    net, shape = request.getfixturevalue(net), shapes.get(net, (2, 9, 11))
    wide = expanded(net, shape)
    given = np.random.default_rng(0).normal(size=(2, *shape)).astype(np.float32)
    architecture = trace(net, shape)
    found = activations(wide, given, [layer.name for layer in architecture])
    expected = net(torch.from_numpy(given)).numpy()
    np.testing.assert_array_equal(found[architecture.layers[-1].name], expected)
    np.testing.assert_array_equal(found["input"], given)
    assert all(found[layer.name].shape[1:] == layer.shape for layer in architecture)
    assert set(wide.state_dict()) == set(net.state_dict())


def test_a_hook_on_a_function_call_can_change_what_follows():
    net = Calls(lambda self, x: 2.0 * functional.relu(x))
    wide = expanded(net, (1,))
    wide.get_submodule("relu").register_forward_hook(lambda *_: torch.tensor([[5.0]]))
    assert wide(torch.ones(1, 1)).item() == 10


@pytest.mark.parametrize(
    ("net", "shape", "message"),
    [
        (nn.Sequential(nn.Conv2d(1, 1, 3), nn.PReLU()), (1, 5, 5), "'1' is a PReLU"),
        (nn.Sequential(nn.ConvTranspose2d(1, 1, 3)), (1, 5, 5), "'0' is a ConvTranspose2d"),
        (
            nn.Sequential(nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect")),
            *((1, 5, 5), "'0' pads by 'reflect'"),
        ),
        (nn.Sequential(nn.Linear(5, 2)), (1, 5, 5), "'0' is dense but reads shape"),
        (nn.Sequential(nn.Softmax(dim=2)), (2, 5, 5), "'0' is a softmax over dimension 2"),
        (nn.Sequential(nn.Flatten(1, 2)), (2, 5, 5), r"'0' has activations of shape \(10, 5\)"),
        (Calls(lambda self, x: x * x), (3,), "'mul' multiplies activations"),
        (Calls(lambda self, x: torch.sin(x)), (3,), "'sin' calls sin"),
        (Calls(lambda self, x: functional.dropout(x)), (3,), "'dropout' drops at random"),
        (Calls(lambda self, x: torch.cat([x, x], 2)), (1, 3, 3), "'cat' concatenates along"),
        (Calls(lambda self, x: x + x[:, :1]), (3, 2, 2), "'getitem' calls getitem"),
        (Calls(lambda self, x: x.mean(1)), (3, 2, 2), r"'mean' has activations of shape \(2, 2\)"),
        (Calls(lambda self, x: x.mean((1, 2))), (3, 2, 2), "'mean' takes a mean over other axes"),
        (
            Calls(lambda self, x: functional.linear(x, self.w), w=nn.Parameter(torch.ones(2, 3))),
            *((3,), "'linear' uses a tensor that belongs to no layer"),
        ),
        (
            Calls(lambda self, x: (functional.relu(x, inplace=True), x)[1]),
            *((3,), "'relu' works in place"),
        ),
        (Calls(lambda self, x: x if x.sum() > 0 else -x), (3,), "depends on the values"),
        (Calls(lambda self, x: (x, x)), (3,), "gives several results"),
        (Calls(lambda self, x: x.reshape(-1)), (3,), "it mixes them"),
        (nn.Sequential(nn.BatchNorm1d(3, track_running_stats=False)), (3,), "'0' normalizes by"),
        (
            nn.Sequential(nn.utils.parametrizations.weight_norm(nn.Linear(3, 2))),
            *((3,), "Parametrized"),
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(net, shape, message):
    with pytest.raises(ModelError, match=message):
        trace(net, shape)


def test_an_unknown_layer_is_answered_with_the_nearest(residual):
    with pytest.raises(ModelError, match=r"no layer 'block'\n.*blocks"):
        trace(residual, (3, 20, 20))["block"]
