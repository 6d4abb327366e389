import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.activations import activations
from generator.compute.architecture import trace
from generator.compute.expanded import expanded
from generator.compute.explain import explain
from generator.errors import ModelError


def seen(net, shape, seed=0):
    """Architecture, the values of all layers for one random input, and the weights."""
    architecture = trace(net, shape)
    given = np.random.default_rng(seed).normal(size=(1, *shape)).astype(np.float32)
    names = [layer.name for layer in architecture]
    values = activations(expanded(net, shape), given, names)
    weights = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    return architecture, {name: value[0] for name, value in values.items()}, weights


@pytest.mark.parametrize(
    ("net", "shape"),
    [
        ("lenet", (1, 16, 16)),
        ("residual", (3, 20, 20)),
        ("perceptron", (3, 2, 2)),
        ("mixed", (2, 10, 11)),  # in ten rows, ceil mode reaches beyond the padding
    ],
)
def test_every_unit_computed_by_hand_has_the_value_the_model_gave_it(net, shape, request):
    architecture, values, weights = seen(request.getfixturevalue(net), shape)
    for layer in architecture.layers[1:]:
        expected = values[layer.name].reshape(layer.channels, *layer.size)
        # Both are the same sums; float32 rounding of a few hundred products stays below this.
        limit = 1e-5 * max(1, abs(expected).max())
        for channel, y, x in np.ndindex(*expected.shape):
            found = explain(architecture, (layer.name, channel, y, x), values, weights)
            assert abs(found.result - expected[channel, y, x]) < limit, (layer.name, channel, y, x)


def test_the_terms_of_a_convolution_are_its_patch_times_its_filter():
    net = nn.Sequential(nn.Conv2d(1, 1, 2)).requires_grad_(False)
    net[0].weight.copy_(torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]]))
    net[0].bias.fill_(0.5)
    image = np.arange(9, dtype=np.float32).reshape(1, 3, 3)
    weights = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    found = explain(trace(net, (1, 3, 3)), ("0", 0, 1, 0), {"input": image}, weights)
    assert [(t.y, t.x, t.value, t.weight, t.product) for t in found.terms] == [
        (1, 0, 3, 1, 3),
        (1, 1, 4, 2, 8),
        (2, 0, 6, 3, 18),
        (2, 1, 7, 4, 28),
    ]
    assert (found.sum, found.bias, found.result) == (57, 0.5, 57.5)


def test_padding_gives_no_term_and_groups_read_their_own_channels(residual):
    architecture, values, weights = seen(residual, (3, 20, 20))
    corner = explain(architecture, ("blocks.0.conv2", 3, 0, 0), values, weights)
    # dilation 2, padding 2: of the taps at -2, 0, 2 two lie inside; the second group reads 2 and 3
    assert {(t.channel, t.y, t.x) for t in corner.terms} == {
        (c, y, x) for c in (2, 3) for y in (0, 2) for x in (0, 2)
    }


def test_a_dense_layer_names_the_places_of_the_map_that_was_flattened(lenet):
    architecture, values, weights = seen(lenet, (1, 16, 16))
    found = explain(architecture, ("7", 2, 0, 0), values, weights)
    term = found.terms[9 * 4 + 3 * 1 + 2]
    assert term.layer == "5"  # the average pooling: "6" is the flatten
    assert (term.channel, term.y, term.x) == (4, 1, 2)
    assert term.value == values[term.layer][4, 1, 2]
    assert term.weight == weights["7.weight"][2, 9 * 4 + 3 * 1 + 2]


def test_the_first_of_equal_values_wins_a_maximum_pooling():
    architecture = trace(nn.Sequential(nn.MaxPool2d(2)), (1, 2, 2))
    values = {"input": np.array([[[1.0, 3.0], [3.0, 2.0]]], np.float32)}
    found = explain(architecture, ("0", 0, 0, 0), values, {})
    assert [term.weight for term in found.terms] == [0, 1, 0, 0]
    assert found.result == 3


def test_a_softmax_is_one_units_share_of_the_sum():
    architecture = trace(nn.Sequential(nn.Softmax(dim=1)), (2,))
    values = {"input": np.log(np.array([1.0, 3.0]))}
    found = explain(architecture, ("0", 0, 0, 0), values, {})
    assert found.sum == pytest.approx(4 / 3)
    assert found.result == pytest.approx(1 / 4)


def test_a_unit_that_does_not_exist_is_refused(lenet):
    architecture, values, weights = seen(lenet, (1, 16, 16))
    with pytest.raises(IndexError, match=r"0 has no unit \(4, 0, 0\)"):
        explain(architecture, ("0", 4, 0, 0), values, weights)
    with pytest.raises(ModelError, match="no layer 'conv9'"):
        explain(architecture, ("conv9", 0, 0, 0), values, weights)
    with pytest.raises(ValueError, match="given, not computed"):
        explain(architecture, ("input", 0, 0, 0), values, weights)
