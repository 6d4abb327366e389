"""The small convolutional network on which graphs are tried, and its three graphs."""

import torch
from safetensors.torch import save
from torch import Tensor, nn

from generator.compute.graphs import forward, input_gradient, sgd_step, still
from generator.figure import Source

TAPS = ["conv1", "relu1", "pool2", "output"]


class LeNet(nn.Module):
    """Two convolutions and two dense layers on 28 x 28; one ReLU writes in place."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.relu1, self.pool1 = nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(True), pool()
        self.conv2, self.relu2, self.pool2 = nn.Conv2d(6, 16, 5), nn.ReLU(), pool()
        self.dense, self.logits = nn.Linear(400, 60), nn.Linear(60, 10)

    def forward(self, image: Tensor) -> Tensor:
        image = self.pool1(self.relu1(self.conv1(image)))
        image = self.pool2(self.relu2(self.conv2(image)))
        return self.logits(torch.relu(self.dense(image.flatten(1))))


def pool() -> nn.Module:
    return nn.MaxPool2d(2)


def lenet() -> LeNet:
    torch.manual_seed(0)
    return LeNet().eval()


def weights_of(net: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in net.state_dict().items()}


def digit(count: int = 1) -> Tensor:
    """Strokes of ones on zeros: like a drawing, mostly ties."""
    generator = torch.Generator().manual_seed(1)
    image = torch.zeros(count, 1, 28, 28)
    for i in range(count):
        row, column = torch.randint(4, 20, (2,), generator=generator).tolist()
        image[i, 0, row : row + 4, 4:24] = 1
        image[i, 0, 4:24, column : column + 3] = 1
    return image


def batch(net: nn.Module) -> dict[str, Tensor]:
    """32 images, labels and settings of one training step, before the first."""
    labels = torch.arange(32) % 10
    settings = {"rate": torch.tensor(0.1), "momentum": torch.tensor(0.9)}
    return {"input": digit(32), "label": labels, **settings, **still(weights_of(net))}


def sources() -> dict[str, Source]:
    net = lenet()
    weights, image, step = weights_of(net), {"input": digit()}, batch(net)
    probe = {**image, "direction": torch.eye(10)[3:4]}
    return {
        "forward": Source(forward(net, TAPS), weights, image, [image]),
        "gradient": Source(input_gradient(net), weights, probe, [probe]),
        "step": Source(sgd_step(net), weights, step, [step], shared=False),
    }


def weights_file() -> bytes:
    return save(weights_of(lenet()))
