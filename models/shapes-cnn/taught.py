"""The net with the crutches that it learns on, and without them again.

Batch norm keeps every layer at work from the first step, and is folded into the convolutions
afterwards: the net that is kept has none. And the average over the last maps begins as a maximum:
from a mean over 144 places the net is slow to find that the object stands in a few of them.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

BLOCKS = ("1", "2", "3")


class Taught(nn.Module):
    """A net as it is trained; `share` goes from 0, the maximum alone, to 1, the average alone."""

    def __init__(self, net: nn.Sequential) -> None:
        super().__init__()
        self.net = net
        self.share = 0.0
        self.norms = nn.ModuleDict()
        for block in BLOCKS:
            layer = net.get_submodule(f"conv{block}")
            if not isinstance(layer, nn.Conv2d):
                raise TypeError(f"conv{block} is no convolution")
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
            self.norms[f"conv{block}"] = nn.BatchNorm2d(layer.out_channels)

    def forward(self, images: Tensor) -> Tensor:
        """Shape: (n, 3, 48, 48) to (n, 16)."""
        maps, gathered = images, images
        for name, layer in self.net.named_children():
            if name == "average":
                gathered = self.share * maps.mean((2, 3)) + (1 - self.share) * maps.amax((2, 3))
            elif name == "logits":
                return torch.as_tensor(layer(gathered))
            elif name != "flatten":
                maps = layer(maps)
                maps = self.norms[name](maps) if name in self.norms else maps
        raise ValueError("the net has no layer 'logits'")

    def plain(self) -> dict[str, Tensor]:
        """Weights that make the net alone answer as it does here in eval mode with share 1.

        w' = w g / sqrt(v + eps),  b' = (b - m) g / sqrt(v + eps) + h, channel by channel, with the
        norm's mean m, variance v, gain g and shift h.
        """
        weights = {name: tensor.detach().clone() for name, tensor in self.net.state_dict().items()}
        for name, norm in self.norms.items():
            if not isinstance(norm, nn.BatchNorm2d) or norm.running_var is None:
                raise TypeError(f"{name} has a norm without statistics")
            gain = norm.weight.detach() / (norm.running_var + norm.eps).sqrt()
            weights[f"{name}.weight"] *= gain[:, None, None, None]
            shifted = weights[f"{name}.bias"] - norm.running_mean
            weights[f"{name}.bias"] = shifted * gain + norm.bias.detach()
        return weights
