import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.activations import activation_batches, activations
from generator.errors import ModelError


def images(n, shape, seed=0):
    return np.random.default_rng(seed).normal(size=(n, *shape)).astype(np.float32)


def test_activations_of_a_layer_are_what_the_layers_before_it_compute(lenet):
    given = images(5, (1, 16, 16))
    found = activations(lenet, given, ["3", "8"], batch=2)
    np.testing.assert_allclose(found["3"], lenet[:4](torch.from_numpy(given)), atol=1e-5)
    np.testing.assert_allclose(found["8"].sum(1), 1, atol=1e-6)
    assert found["3"].dtype == np.float32
    assert found["3"].shape == (5, 6, 6, 6)


def test_a_block_has_the_activation_of_its_last_layer(residual):
    given = images(2, (3, 20, 20))
    found = activations(residual, given, ["blocks.1", "blocks"])
    np.testing.assert_array_equal(found["blocks.1"], found["blocks"])


def test_a_relu_that_works_in_place_leaves_its_predecessors_activation_alone():
    net = nn.Sequential(nn.Linear(1, 1, bias=False), nn.ReLU(inplace=True))
    net[0].weight.data.fill_(-3)
    found = activations(net, np.array([[2.0]], np.float32), ["0", "1"])
    assert found["0"].item() == -6
    assert found["1"].item() == 0


def test_dropout_is_off_and_the_module_keeps_its_mode():
    net = nn.Sequential(nn.Dropout(0.5)).train()
    ones = np.ones((3, 10), np.float32)
    np.testing.assert_array_equal(activations(net, ones, ["0"])["0"], ones)
    assert net.training


def test_hooks_are_gone_afterwards(lenet):
    activations(lenet, images(1, (1, 16, 16)), ["0"])
    assert not any(layer._forward_hooks or layer._forward_pre_hooks for layer in lenet.modules())


def test_batches_follow_the_order_of_the_images(lenet):
    sizes = [len(part["0"]) for part in activation_batches(lenet, images(7, (1, 16, 16)), ["0"], 3)]
    assert sizes == [3, 3, 1]


def test_a_misspelt_layer_is_answered_with_the_nearest(residual):
    with pytest.raises(ModelError, match=r"no layer 'blocks.0.conv3'.*\n.*blocks.0.conv"):
        activations(residual, images(1, (3, 20, 20)), ["blocks.0.conv3"])


def test_a_layer_that_is_called_twice_has_no_single_activation(residual):
    with pytest.raises(ModelError, match=r"'blocks.0.relu' is called more than once"):
        activations(residual, images(1, (3, 20, 20)), ["blocks.0.relu"])


def test_a_layer_that_is_never_called_is_named():
    class Idle(nn.Sequential):
        def forward(self, x):
            return self[0](x)

    with pytest.raises(ModelError, match="'1' is never called"):
        activations(Idle(nn.ReLU(), nn.ReLU()), np.ones((1, 2), np.float32), ["1"])
