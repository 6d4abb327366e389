"""Features of a named layer, and the small pictures of captures."""

import numpy as np
import torch
from torch import nn

from generator.compute.teach.features import WIDEST, asked, features, overlaps, shrunk
from generator.compute.teach.learned import kept_back


def net(channels: int = 3) -> nn.Sequential:
    torch.manual_seed(2)
    return nn.Sequential(
        nn.Conv2d(1, channels, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.LazyLinear(4)
    )


def test_features_are_the_layer_s_answer_at_length_one() -> None:
    module = net()
    pictures = torch.rand(5, 1, 6, 6)
    module(pictures)
    weights = dict(module.state_dict())
    found = asked(features(module, "1"), weights, pictures.numpy(), (1, 6, 6))
    wanted = torch.relu(module[0](pictures)).flatten(1)
    wanted = wanted / wanted.norm(dim=1, keepdim=True)
    np.testing.assert_allclose(found, wanted.detach().numpy(), atol=1e-6)


def test_maps_of_a_large_layer_become_their_means() -> None:
    module = net(5)
    side = int((WIDEST / 5) ** 0.5) + 1
    pictures = torch.rand(2, 1, side, side)
    module(pictures)
    found = features(module, "0")(dict(module.state_dict()), {"input": pictures})["features"]
    means = module[0](pictures).mean((2, 3))
    torch.testing.assert_close(found, means / means.norm(dim=1, keepdim=True))


def test_a_layer_of_zeros_gives_zeros_and_no_nan() -> None:
    module = nn.Sequential(nn.Flatten(), nn.ReLU(), nn.Linear(4, 2))
    found = features(module, "1")(dict(module.state_dict()), {"input": -torch.ones(1, 2, 2)})
    assert found["features"].tolist() == [[0.0] * 4]


def test_small_pictures_are_means_of_what_each_pixel_covers() -> None:
    picture = np.arange(36, dtype=np.uint8).reshape(1, 1, 6, 6)
    means = picture[0, 0].reshape(3, 2, 3, 2).mean((1, 3))
    np.testing.assert_array_equal(shrunk(picture, (1, 3, 3))[0, 0], np.floor(means + 0.5))
    np.testing.assert_array_equal(shrunk(picture, (1, 6, 6)), picture)
    np.testing.assert_allclose(overlaps(3, 2), [[2 / 3, 1 / 3, 0], [0, 1 / 3, 2 / 3]])


def test_every_fifth_capture_of_a_class_is_kept_back() -> None:
    held = kept_back(np.array([0] * 11 + [1] * 4))
    assert np.flatnonzero(held).tolist() == [4, 9]
