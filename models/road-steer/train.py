"""The recipe that wrote weights.safetensors and all that lies beside it.

    python models/road-steer/train.py

It sees the frames of the 96 training clips one by one, half of them mirrored with the angle's sign
turned, in changing light; the 24 test clips only measure. It learns by the smooth L1 loss of the
angle in units of 10 degrees. Everything random comes from one seed, in one thread; it takes about a
minute of one core.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import safetensors.torch
import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from generator.datasets import load_dataset
from generator.errors import ModelError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent
DATASET = FOLDER.parent / "datasets" / "roads"
SEED = 0
EPOCHS = 16
BATCH = 48
RATE = 2e-3
WARM = 60  # steps until the full rate
UNIT = 10.0  # degrees
KEPT = 10  # checkpoints after step 0, evenly spaced in the logarithm of the step


class Frames(NamedTuple):
    """Training and test frames; images (n, 3, 48, 96) from 0 to 1, angles (n, 1) in degrees."""

    train: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]


class Step(NamedTuple):
    """One step just taken: its number from 1 and the mean loss of its batch."""

    number: int
    loss: float


def begin() -> tuple[nn.Module, Frames, Generator]:
    """Seed everything; give the untrained net, the frames and the source of chance."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    net: nn.Module = load_module(FOLDER / "model.py", ModelError).build()
    for part in net.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
    dataset = load_dataset(DATASET)
    images = torch.from_numpy(dataset.images).float() / 255
    angles = torch.from_numpy(dataset.targets)[:, None]
    parts = ((images[part], angles[part]) for part in (dataset.train, dataset.test))
    return net, Frames(*parts), Generator().manual_seed(SEED)


def varied(images: Tensor, angles: Tensor, random: Generator) -> tuple[Tensor, Tensor]:
    """Mirror half of the frames, with their angles, and change the light of all."""
    n = len(images)
    mirror = torch.rand(n, generator=random) < 0.5
    images = torch.where(mirror[:, None, None, None], images.flip(-1), images)
    angles = torch.where(mirror[:, None], -angles, angles)
    contrast = 1 + 0.15 * torch.randn(n, 1, 1, 1, generator=random)
    light = 0.08 * torch.randn(n, 1, 1, 1, generator=random)
    grain = 0.02 * torch.randn(images.shape, generator=random)
    return ((images - 0.5) * contrast + 0.5 + light + grain).clamp(0, 1), angles


def steps(net: nn.Module, frames: Frames, random: Generator) -> Iterator[Step]:
    """Train with Adam, the rate rising over WARM steps and falling along half a cosine."""
    images, angles = frames.train
    total = EPOCHS * (len(angles) // BATCH)
    optimizer = torch.optim.Adam(net.parameters(), RATE)
    number = 0
    for _ in range(EPOCHS):
        order = torch.randperm(len(angles), generator=random)
        for batch in order.split(BATCH):
            rate = RATE * min(1, (number + 1) / WARM) * (1 + math.cos(math.pi * number / total)) / 2
            for group in optimizer.param_groups:
                group["lr"] = rate
            seen, wanted = varied(images[batch], angles[batch], random)
            loss = functional.smooth_l1_loss(net(seen) / UNIT, wanted / UNIT)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            number += 1
            yield Step(number, float(loss.detach()))


def measured(net: nn.Module, examples: tuple[Tensor, Tensor]) -> dict[str, float]:
    """Give loss, mean error in degrees, and the share of the angles' variance that is explained."""
    images, angles = examples
    with torch.no_grad():
        answers = net(images)
    error = answers - angles
    return {
        "test_loss": float(functional.smooth_l1_loss(answers / UNIT, angles / UNIT)),
        "test_error": float(error.abs().mean()),
        "explained": float(1 - error.square().mean() / angles.var(correction=0)),
    }


def train(folder: Path = FOLDER) -> None:
    """Run the recipe and write weights, history, first losses and the card's figures."""
    net, frames, random = begin()
    epoch = len(frames.train[1]) // BATCH
    keep = {round((EPOCHS * epoch) ** (i / (KEPT - 1))) for i in range(KEPT)}
    kept = {f"0/{name}": tensor.half() for name, tensor in net.state_dict().items()}
    rows: list[dict[str, Any]] = []
    losses: list[float] = []
    for step in steps(net, frames, random):
        losses.append(step.loss)
        if step.number in keep:
            kept |= {f"{step.number}/{name}": t.half() for name, t in net.state_dict().items()}
        if step.number % epoch == 0:
            found = measured(net, frames.test)
            row = {"train_loss": sum(losses[-epoch:]) / epoch, **found}
            numbers = {"epoch": step.number // epoch, "step": step.number}
            rows.append({**numbers, **{name: round(value, 5) for name, value in row.items()}})
            print(json.dumps(rows[-1]), flush=True)
    _write(folder, net, kept, rows, losses[:20])


def _write(
    folder: Path,
    net: nn.Module,
    kept: dict[str, Tensor],
    rows: list[dict[str, Any]],
    first: list[float],
) -> None:
    (folder / "weights.safetensors").write_bytes(safetensors.torch.save(net.state_dict()))
    (folder / "history.safetensors").write_bytes(safetensors.torch.save(kept))
    lines = ",\n".join(json.dumps(row) for row in rows)
    (folder / "history.json").write_text(f"[\n{lines}\n]\n", "utf8")
    (folder / "first-steps.json").write_text(json.dumps(first, indent=0) + "\n", "utf8")
    card = (folder / "model.toml").read_text("utf8")
    for file in ("weights.safetensors", "history.safetensors"):
        digest = sha256((folder / file).read_bytes()).hexdigest()
        card = re.sub(rf'(file = "{file}"\nsha256 = )"\w*"', rf'\1"{digest}"', card)
    for name in ("test_error", "explained"):
        card = re.sub(rf"(\n{name} = )[\d.]+", rf"\g<1>{rows[-1][name]}", card)
    (folder / "model.toml").write_text(card, "utf8")


if __name__ == "__main__":
    train()
