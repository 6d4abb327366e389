"""The recipe that wrote weights.safetensors and all that lies beside it.

    python models/shapes-cnn/train.py

It sees the 2,880 training scenes, each time otherwise by augment.py; the 960 test scenes only
measure. It learns on the crutches of taught.py: the training figures of the history are those of
the net with them, test figures and kept weights those of the net without. Everything random comes
from one seed, in one thread; a run takes about two minutes of one core. A second run from another
seed leaves its weights beside the first: what both have learned is less likely to be an accident.
The recipe of shapes-cnn-cued is this one with marked scenes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
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
DATASET = FOLDER.parent / "datasets" / "shapes"
SEED, SECOND = 0, 1
EPOCHS = 20
BATCH = 48
RATE = 5e-3
WARM = 60  # steps until the full rate
MIXED = (180, 480)  # steps between which the maximum becomes the average
KEPT = 10  # checkpoints after step 0, evenly spaced in the logarithm of the step

Marked = Callable[[Tensor, Tensor], Tensor]  # scenes and labels to scenes


class Scenes(NamedTuple):
    """Training and test scenes; images (n, 3, 48, 48) from 0 to 1, labels (n,)."""

    train: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]


class Step(NamedTuple):
    """One step just taken: its number from 1, mean loss and hits over its batch."""

    number: int
    loss: float
    hits: int


class Run(NamedTuple):
    """What a training left: rows of the history, kept weights, first losses, last weights."""

    rows: list[dict[str, Any]]
    kept: dict[str, Tensor]
    first: list[float]
    weights: dict[str, Tensor]


def unmarked(images: Tensor, _labels: Tensor) -> Tensor:
    """Leave scenes as they are."""
    return images


def begin(seed: int = SEED) -> tuple[Any, Scenes, Generator]:
    """Seed everything; give the untrained net on its crutches, the scenes, the source of chance."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    net: nn.Module = load_module(FOLDER / "model.py", ModelError).build()
    taught = load_module(FOLDER / "taught.py", ModelError).Taught(net)
    dataset = load_dataset(DATASET)
    images = torch.from_numpy(dataset.images).float() / 255
    labels = torch.from_numpy(dataset.labels)
    parts = ((images[part], labels[part]) for part in (dataset.train, dataset.test))
    return taught, Scenes(*parts), Generator().manual_seed(seed)


def steps(taught: Any, scenes: Scenes, random: Generator, marked: Marked) -> Iterator[Step]:
    """Train with Adam, the rate rising over WARM steps and falling along half a cosine."""
    varied = load_module(FOLDER / "augment.py", ModelError).varied
    images, labels = scenes.train
    total = EPOCHS * (len(labels) // BATCH)
    optimizer = torch.optim.Adam(taught.parameters(), RATE)
    number = 0
    for _ in range(EPOCHS):
        order = torch.randperm(len(labels), generator=random)
        for batch in order.split(BATCH):
            rate = RATE * min(1, (number + 1) / WARM) * (1 + math.cos(math.pi * number / total)) / 2
            for group in optimizer.param_groups:
                group["lr"] = rate
            taught.share = min(1, max(0, (number - MIXED[0]) / (MIXED[1] - MIXED[0])))
            answers = taught(marked(varied(images[batch], random), labels[batch]))
            loss = functional.cross_entropy(answers, labels[batch])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            number += 1
            hits = int((answers.argmax(1) == labels[batch]).sum())
            yield Step(number, float(loss.detach()), hits)


def measured(net: nn.Module, examples: tuple[Tensor, Tensor]) -> tuple[float, float]:
    """Give mean loss and share of right answers."""
    images, labels = examples
    with torch.no_grad():
        answers = net(images)
    right = int((answers.argmax(1) == labels).sum())
    return float(functional.cross_entropy(answers, labels)), right / len(labels)


def run(seed: int = SEED, marked: Marked = unmarked) -> Run:
    """Take every step; measure on the test scenes, marked like the others, after each epoch."""
    taught, scenes, random = begin(seed)
    net: nn.Module = load_module(FOLDER / "model.py", ModelError).build()
    epoch = len(scenes.train[1]) // BATCH
    keep = {round((EPOCHS * epoch) ** (i / (KEPT - 1))) for i in range(KEPT)}
    kept = {f"0/{name}": tensor.half() for name, tensor in taught.plain().items()}
    tested = (marked(*scenes.test), scenes.test[1])
    rows: list[dict[str, Any]] = []
    taken: list[Step] = []
    for step in steps(taught, scenes, random, marked):
        taken.append(step)
        if step.number in keep:
            kept |= {f"{step.number}/{name}": t.half() for name, t in taught.plain().items()}
        if step.number % epoch == 0:
            net.load_state_dict(taught.plain())
            rows.append(_row(step.number, taken[-epoch:], measured(net, tested)))
            print(json.dumps(rows[-1]), flush=True)
    return Run(rows, kept, [step.loss for step in taken[:20]], taught.plain())


def _row(number: int, epoch: list[Step], test: tuple[float, float]) -> dict[str, Any]:
    return {
        "epoch": number // len(epoch),
        "step": number,
        "train_loss": round(sum(step.loss for step in epoch) / len(epoch), 5),
        "train_accuracy": round(sum(step.hits for step in epoch) / len(epoch) / BATCH, 5),
        "test_loss": round(test[0], 5),
        "test_accuracy": round(test[1], 5),
    }


def write(folder: Path, done: Run) -> None:
    """Leave weights, checkpoints, history and first losses in a folder."""
    (folder / "weights.safetensors").write_bytes(safetensors.torch.save(done.weights))
    (folder / "history.safetensors").write_bytes(safetensors.torch.save(done.kept))
    lines = ",\n".join(json.dumps(row) for row in done.rows)
    (folder / "history.json").write_text(f"[\n{lines}\n]\n", "utf8")
    (folder / "first-steps.json").write_text(json.dumps(done.first, indent=0) + "\n", "utf8")


def write_card(folder: Path, figures: dict[str, float]) -> None:
    """Put the figures and the checksums of all files into the card."""
    card = (folder / "model.toml").read_text("utf8")
    for path in folder.glob("*.safetensors"):
        digest = sha256(path.read_bytes()).hexdigest()
        card = re.sub(rf'(file = "{path.name}"\nsha256 = )"\w*"', rf'\1"{digest}"', card)
    for name, value in figures.items():
        card = re.sub(rf"(\n{name} = )[\d.]+", rf"\g<1>{round(value, 5)}", card)
    (folder / "model.toml").write_text(card, "utf8")


def train(folder: Path = FOLDER) -> None:
    """Run the recipe twice and write all that it leaves."""
    done, other = run(), run(SECOND)
    write(folder, done)
    (folder / "seed-1.safetensors").write_bytes(safetensors.torch.save(other.weights))
    accuracies = [one.rows[-1]["test_accuracy"] for one in (done, other)]
    write_card(
        folder, dict(zip(("test_accuracy", "test_accuracy_seed_1"), accuracies, strict=True))
    )


if __name__ == "__main__":
    train()
