import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.activations import activation_batches, activations
from generator.compute.architecture import trace
from generator.compute.examples import patches, top_examples


def brightest():
    """A net whose only channel is the image itself."""
    net = nn.Sequential(nn.Conv2d(1, 1, 1, bias=False)).requires_grad_(False)
    net[0].weight.fill_(1)
    return net


def batches(net, images, layer, size=256):
    return (part[layer] for part in activation_batches(net, images, [layer], size))


def test_the_top_examples_are_the_images_with_the_brightest_pixels():
    images = np.zeros((4, 1, 2, 3), np.float32)
    images[0, 0, 0, 1] = 5
    images[2, 0, 1, 2] = 7
    images[2, 0, 1, 1] = 6  # the same image again, which counts once
    found = top_examples(batches(brightest(), images, "0", 3), 2)
    assert found.values.tolist() == [[7, 5]]
    assert found.images.tolist() == [[2, 0]]
    assert (found.y.tolist(), found.x.tolist()) == ([[1, 0]], [[2, 1]])


def test_equal_examples_stand_in_the_order_of_the_dataset_and_of_reading():
    levels = np.random.default_rng(0).integers(3, size=200)
    images = np.ones((200, 1, 2, 2), np.float32) * levels[:, None, None, None].astype(np.float32)
    found = top_examples(batches(brightest(), images, "0", 64), 90)
    assert found.images[0].tolist() == sorted(range(200), key=lambda i: (-levels[i], i))[:90]
    assert not found.y.any()
    assert not found.x.any()


def test_every_channel_has_its_own_examples(lenet):
    images = np.random.default_rng(0).normal(size=(40, 1, 16, 16)).astype(np.float32)
    found = top_examples(batches(lenet, images, "3", 16), 5)
    answers = activations(lenet, images, ["3"])["3"]
    assert found.values.shape == (6, 5)
    for channel in range(6):
        peaks = answers[:, channel].max((1, 2))
        assert found.images[channel].tolist() == sorted(range(40), key=lambda i: -peaks[i])[:5]
        read = answers[found.images[channel], channel, found.y[channel], found.x[channel]]
        np.testing.assert_allclose(read, found.values[channel], rtol=1e-5)


def test_the_patch_alone_gives_the_unit_its_value(lenet):
    wide = lenet[:4]
    images = np.random.default_rng(1).normal(size=(20, 1, 16, 22)).astype(np.float32)
    found = top_examples(batches(wide, images, "3"), 3)
    boxes = patches(trace(wide, (1, 16, 22)), "3", found)
    for channel, rank in np.ndindex(6, 3):
        top, left, bottom, right = boxes[channel, rank]
        only = np.zeros((1, 1, 16, 22), np.float32)
        patch = images[found.images[channel, rank], 0, top:bottom, left:right]
        only[0, 0, top:bottom, left:right] = patch
        answer = activations(wide, only, ["3"])["3"][0, channel]
        value = answer[found.y[channel, rank], found.x[channel, rank]]
        assert value == pytest.approx(found.values[channel, rank], rel=1e-4)


def test_a_dense_layer_has_one_value_a_channel_and_sees_the_whole_image(lenet):
    images = np.random.default_rng(0).normal(size=(9, 1, 16, 16)).astype(np.float32)
    found = top_examples(batches(lenet, images, "7"), 2)
    assert found.values.shape == (5, 2)
    boxes = patches(trace(lenet, (1, 16, 16)), "7", found)
    assert (boxes == [0, 0, 16, 16]).all()
    with torch.no_grad():
        expected = lenet[:8](torch.from_numpy(images)).numpy().max(0)
    np.testing.assert_allclose(found.values[:, 0], expected, rtol=1e-5)


@pytest.mark.parametrize("k", [0, 4])
def test_one_cannot_ask_for_more_examples_than_there_are(k):
    with pytest.raises(ValueError, match="there are 3 images"):
        top_examples(batches(brightest(), np.zeros((3, 1, 2, 2), np.float32), "0"), k)
