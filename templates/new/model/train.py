"""The recipe that made the weights: run it with `explorable train «name»`.

Everything random comes from one seed and one thread, so that anyone who runs it gets these weights.
"""

from __future__ import annotations

import json
from pathlib import Path

import safetensors.torch
import torch
from generator.datasets import load_dataset
from generator.errors import ModelError
from generator.sign import sign
from generator.source import load_module
from torch import Tensor, nn
from torch.nn import functional

FOLDER = Path(__file__).resolve().parent
DATASET = FOLDER.parent / "datasets" / "«dataset»"
SEED, EPOCHS, BATCH, RATE = 0, «epochs», 32, 3e-3
# Epochs after which the weights are kept, for figures that show how the network learned.
KEPT = (1, 2, 4, 8, EPOCHS)


def measured(net: nn.Module, images: Tensor, labels: Tensor) -> tuple[float, float]:
    """Give mean loss and share of right answers."""
    with torch.no_grad():
        answers = net(images)
    right = (answers.argmax(1) == labels).float().mean()
    return round(float(functional.cross_entropy(answers, labels)), 5), round(float(right), 5)


def main() -> None:
    """Train, and write weights, history and the card's figures."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    dataset = load_dataset(DATASET)
    images = torch.from_numpy(dataset.images).float() / 255
    labels = torch.from_numpy(dataset.labels)
    train, test = torch.from_numpy(dataset.train), torch.from_numpy(dataset.test)
    net: nn.Module = load_module(FOLDER / "model.py", ModelError).build()
    optimizer = torch.optim.Adam(net.parameters(), RATE)
    kept = {f"0/{name}": tensor.half() for name, tensor in net.state_dict().items()}
    rows, step = [], 0
    for epoch in range(1, EPOCHS + 1):
        for batch in train[torch.randperm(len(train))].split(BATCH):
            loss = functional.cross_entropy(net(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
        row: dict[str, float] = {"epoch": epoch, "step": step}
        row["train_loss"], row["train_accuracy"] = measured(net, images[train], labels[train])
        row["test_loss"], row["test_accuracy"] = measured(net, images[test], labels[test])
        rows.append(row)
        print(f"epoch {epoch} of {EPOCHS}: {row['test_accuracy']:.1%} of the test examples right")
        if epoch in KEPT:
            kept |= {f"{step}/{name}": tensor.half() for name, tensor in net.state_dict().items()}
    (FOLDER / "weights.safetensors").write_bytes(safetensors.torch.save(net.state_dict()))
    (FOLDER / "history.safetensors").write_bytes(safetensors.torch.save(kept))
    (FOLDER / "history.json").write_text(json.dumps(rows, indent=1) + "\n", "utf8")
    sign(FOLDER, measured={"test_accuracy": rows[-1]["test_accuracy"]})


if __name__ == "__main__":
    main()
