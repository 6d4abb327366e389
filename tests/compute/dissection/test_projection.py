"""From a unit back to the pixels: captum's, by hand, and how far a unit of known reach looks."""

import numpy as np
import pytest
import torch
from captum.attr import Deconvolution
from torch import nn

from generator.compute.dissection.fields import changes, extent, slid
from generator.compute.dissection.projection import cut, pictured, projected

pytestmark = pytest.mark.filterwarnings("ignore:Setting backward hooks on ReLU:UserWarning")


def foreign() -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 5, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(5 * 3 * 5, 3),
    ).eval()


def test_a_projection_is_captums_times_what_the_unit_answered() -> None:
    net = foreign()
    images = torch.rand(3, 2, 10, 14)
    units, places = np.array([0, 4, 2]), np.array([[0, 0], [2, 3], [1, 4]])
    found = projected(net, "3", images.numpy(), units, places)
    compared = 0
    for i, (unit, (y, x)) in enumerate(zip(units, places, strict=True)):
        front = net[:4]
        answer = front(images[i : i + 1])[0, unit, y, x].item()
        one = images[i : i + 1].clone().requires_grad_()
        wanted = Deconvolution(front).attribute(one, target=(int(unit), int(y), int(x)))
        # On the way back a positive factor comes through, a negative one does not.
        if answer > 0:
            compared += 1
            assert wanted.abs().max() > 0
            torch.testing.assert_close(
                torch.from_numpy(found[i]), answer * wanted[0].detach(), rtol=1e-4, atol=1e-6
            )
    assert compared


def test_the_first_layer_gives_back_its_own_weights() -> None:
    net = foreign()
    image = torch.rand(1, 2, 10, 14)
    answer = net[0](image)[0, 1, 5, 6].item()
    found = projected(net, "0", image.numpy(), np.array([1]), np.array([[5, 6]]))[0]
    weight = net[0].weight[1].detach().numpy()
    assert np.allclose(found[:, 4:7, 5:8], answer * weight, atol=1e-6)
    found[:, 4:7, 5:8] = 0
    assert not found.any()


def test_many_at_once_are_what_each_is_alone() -> None:
    net = foreign()
    images = torch.rand(40, 2, 10, 14).numpy()
    units, places = np.arange(40) % 5, np.stack([np.arange(40) % 3, np.arange(40) % 5], 1)
    together = projected(net, "3", images, units, places)
    for i in (0, 31, 32, 39):
        alone = projected(net, "3", images[i : i + 1], units[i : i + 1], places[i : i + 1])
        assert np.allclose(together[i], alone[0], atol=1e-6)


def test_zero_is_grey_and_the_largest_is_black_or_full() -> None:
    back = np.zeros((2, 3, 1, 2), np.float32)
    back[0, 0, 0, 0], back[0, 1, 0, 0] = 4, -2
    shown = pictured(back)
    assert shown[0, 0].tolist() == [[255, 64, 128], [128, 128, 128]]
    assert (shown[1] == 128).all()
    assert pictured(back[:, :1])[0, 0].tolist() == [[255] * 3, [128] * 3]


def test_tiles_hold_each_box_in_their_corner() -> None:
    pictures = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)
    tiles = cut(pictures, np.array([[0, 1, 2, 4], [3, 0, 4, 2]]))
    assert tiles.shape == (2, 2, 3, 3)
    assert (tiles[0] == pictures[0, :2, 1:4]).all()
    assert (tiles[1, :1, :2] == pictures[1, 3:, :2]).all()
    assert (tiles[1, 1] == 128).all()


def looking(weights: list[list[float]]) -> nn.Module:
    layer = nn.Conv2d(1, 1, 5, padding=2, bias=False)
    with torch.no_grad():
        layer.weight[0, 0] = 0
        layer.weight[0, 0, 1:4, 1:4] = torch.tensor(weights)
    return nn.Sequential(layer).eval()


@pytest.mark.parametrize(
    ("weights", "reads"),
    [
        ([[0, 0, 0], [0, 1, 0], [0, 0, 0]], 1),
        ([[1, 1, 1], [1, 1, 1], [1, 1, 1]], 3),
        ([[0, 0, 0], [1, 1, 1], [0, 0, 1]], 2),
    ],
)
def test_a_unit_looks_at_what_its_weights_let_it(weights: list[list[float]], reads: int) -> None:
    net = looking(weights)
    images = np.ones((2, 1, 15, 15), np.float32)
    places = np.array([[7, 7], [6, 8]])
    cover = slid(1, 5)
    found = changes(
        net, "0", images, 0, places, places.astype(np.float32), cover, np.zeros(1, np.float32)
    )
    # A cover of one pixel takes away one weight, wherever the unit stands.
    middle = len(cover.offsets) // 2
    inner = found[middle - 1 : middle + 2, middle - 1 : middle + 2]
    assert np.allclose(inner, weights)
    assert np.allclose(found.sum(), np.sum(weights))
    assert extent(found, cover) == reads
    assert extent(np.zeros_like(found), cover) == 0


def test_the_covers_own_width_is_taken_off() -> None:
    net = looking([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    images, places = np.ones((1, 1, 15, 15), np.float32), np.array([[7, 7]])
    cover = slid(3, 5)
    found = changes(
        net, "0", images, 0, places, places.astype(np.float32), cover, np.zeros(1, np.float32)
    )
    assert (found > 0).any()
    assert extent(found, cover) == 1
