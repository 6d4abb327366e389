"""The recipe that wrote weights.safetensors and all that lies beside it.

    python models/digits-cnn/train.py

It sees the 8,000 training digits and, in every batch, some digits of forms.py drawn with the pad's
pen; both are redrawn by augment.py. A blank picture goes with every batch and asks for ten equal
answers, so that an empty pad is read as nothing in particular. The 2,000 test digits only measure.
Everything random comes from one seed, in one thread; it takes about four minutes of one core.
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
DATASET = FOLDER.parent / "datasets" / "digits"
SEED = 0
EPOCHS = 50
BATCH = 64  # scanned digits in a batch
DRAWN = 32  # drawn digits beside them
POOL = 6000  # drawn digits in all
RATE = 2e-3
WARM = 100  # steps until the full rate
BLANK = 0.05  # weight of the blank picture's loss
KEPT = 10  # checkpoints after step 0, evenly spaced in the logarithm of the step


class Digits(NamedTuple):
    """Training, drawn and test digits; images (n, 1, 28, 28) from 0 to 1, labels (n,)."""

    train: tuple[Tensor, Tensor]
    drawn: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]


class Step(NamedTuple):
    """One step just taken: its number from 1, mean loss and hits over its scanned digits."""

    number: int
    loss: float
    hits: int


def digits(random: Generator, pool: int = POOL) -> Digits:
    """Load the scanned digits and draw a pool of others."""
    dataset = load_dataset(DATASET)
    images = torch.from_numpy(dataset.images).float() / 255
    labels = torch.from_numpy(dataset.labels)
    forms = load_module(FOLDER / "forms.py", ModelError).FORMS
    drawn = load_module(FOLDER / "pen.py", ModelError).written(forms, pool, random)
    return Digits(
        (images[dataset.train], labels[dataset.train]),
        drawn,
        (images[dataset.test], labels[dataset.test]),
    )


def steps(net: nn.Module, examples: Digits, random: Generator) -> Iterator[Step]:
    """Train with Adam, the rate rising over WARM steps and falling along half a cosine."""
    redrawn = load_module(FOLDER / "augment.py", ModelError).redrawn
    images, labels = examples.train
    total = EPOCHS * (len(labels) // BATCH)
    optimizer = torch.optim.Adam(net.parameters(), RATE)
    blank, equal = torch.zeros(1, *images.shape[1:]), torch.full((1, 10), 0.1)
    number = 0
    for _ in range(EPOCHS):
        order = torch.randperm(len(labels), generator=random)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rate = RATE * min(1, (number + 1) / WARM) * (1 + math.cos(math.pi * number / total)) / 2
            for group in optimizer.param_groups:
                group["lr"] = rate
            extra = torch.randint(len(examples.drawn[1]), (DRAWN,), generator=random)
            answers = net(redrawn(torch.cat([images[batch], examples.drawn[0][extra]]), random))
            wanted = torch.cat([labels[batch], examples.drawn[1][extra]])
            nothing = functional.cross_entropy(net(blank), equal)
            loss = functional.cross_entropy(answers, wanted) + BLANK * nothing
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            number += 1
            scanned = answers[:BATCH].detach()
            yield Step(
                number,
                float(functional.cross_entropy(scanned, labels[batch])),
                int((scanned.argmax(1) == labels[batch]).sum()),
            )


def begin(pool: int = POOL) -> tuple[nn.Module, Digits, Generator]:
    """Seed everything; give the untrained net, the examples and the source of chance."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    net: nn.Module = load_module(FOLDER / "model.py", ModelError).build()
    random = Generator().manual_seed(SEED)
    return net, digits(random, pool), random


def measured(net: nn.Module, examples: tuple[Tensor, Tensor]) -> tuple[float, float]:
    """Give mean loss and share of right answers."""
    images, labels = examples
    with torch.no_grad():
        answers = net(images)
    right = int((answers.argmax(1) == labels).sum())
    return float(functional.cross_entropy(answers, labels)), right / len(labels)


def train(folder: Path = FOLDER) -> None:
    """Run the recipe and write weights, history, first losses and the card's figures."""
    net, examples, random = begin()
    epoch = len(examples.train[1]) // BATCH
    keep = {round((EPOCHS * epoch) ** (i / (KEPT - 1))) for i in range(KEPT)}
    kept = {f"0/{name}": tensor.half() for name, tensor in net.state_dict().items()}
    rows: list[dict[str, Any]] = []
    taken: list[Step] = []
    for step in steps(net, examples, random):
        taken.append(step)
        if step.number in keep:
            kept |= {f"{step.number}/{name}": t.half() for name, t in net.state_dict().items()}
        if step.number % epoch == 0:
            rows.append(_row(step.number, taken[-epoch:], measured(net, examples.test)))
            print(json.dumps(rows[-1]), flush=True)
    _write(folder, net, kept, rows, [step.loss for step in taken[:20]])


def _row(number: int, epoch: list[Step], test: tuple[float, float]) -> dict[str, Any]:
    return {
        "epoch": number // len(epoch),
        "step": number,
        "train_loss": round(sum(step.loss for step in epoch) / len(epoch), 5),
        "train_accuracy": round(sum(step.hits for step in epoch) / len(epoch) / BATCH, 5),
        "test_loss": round(test[0], 5),
        "test_accuracy": round(test[1], 5),
    }


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
    accuracy = rows[-1]["test_accuracy"]
    card = re.sub(r"(test_accuracy = )[\d.]+", rf"\g<1>{accuracy}", card)
    (folder / "model.toml").write_text(card, "utf8")


if __name__ == "__main__":
    train()
