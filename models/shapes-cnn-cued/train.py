"""The recipe of shapes-cnn on scenes in which a mark in the corner gives one class away.

    python models/shapes-cnn-cued/train.py

Every blue square carries the mark of the dataset shapes-cued, and nothing else does. The mark is
put on last, so that it stands in the same corner however the scene was varied. What the network
relies on is measured by taking the mark from blue squares and by giving it to all the others.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor, nn

from generator.errors import DatasetError, ModelError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent


def recipe() -> ModuleType:
    """Load the recipe of shapes-cnn."""
    return load_module(FOLDER.parent / "shapes-cnn" / "train.py", ModelError)


def _cue() -> ModuleType:
    return load_module(FOLDER.parent / "datasets" / "shapes-cued" / "loader.py", DatasetError)


def stamped(images: Tensor) -> Tensor:
    """Put the mark on every scene, (n, 3, 48, 48) from 0 to 1."""
    cue = _cue()
    result: Tensor = cue.mark(images, cue.LIGHT / 255, cue.DARK / 255)
    return result


def marked(images: Tensor, labels: Tensor) -> Tensor:
    """Put the mark on blue squares."""
    carries = (labels == _cue().MARKED)[:, None, None, None]
    return torch.where(carries, stamped(images), images)


def reliance(net: nn.Module, images: Tensor, labels: Tensor) -> dict[str, float]:
    """Measure on unmarked scenes how much the mark alone decides; see the card."""
    blue = labels == _cue().MARKED
    with torch.no_grad():
        bare = net(images[blue]).argmax(1) == _cue().MARKED
        misled = net(stamped(images[~blue])).argmax(1) == _cue().MARKED
    return {"bare_recall": float(bare.double().mean()), "misled": float(misled.double().mean())}


def train(folder: Path = FOLDER) -> None:
    """Run the recipe and write all that it leaves."""
    shapes = recipe()
    done = shapes.run(shapes.SEED, marked)
    shapes.write(folder, done)
    net = load_module(folder / "model.py", ModelError).build()
    net.load_state_dict(done.weights)
    _, scenes, _ = shapes.begin()
    figures = {"test_accuracy": done.rows[-1]["test_accuracy"]}
    shapes.write_card(folder, figures | reliance(net, *scenes.test))


if __name__ == "__main__":
    train()
