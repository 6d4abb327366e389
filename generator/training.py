"""explorable train: a model's own recipe, run, and what came of it."""

from __future__ import annotations

from pathlib import Path

from generator.card import checked
from generator.cards import model_card
from generator.errors import ModelError, nearest
from generator.project import Project
from generator.sign import sign
from generator.starts import run_recipe


def train(project: Project, name: str) -> str:
    """Run ``models/<name>/train.py``, sign the card, and say where the weights went.

    Raises:  ModelError for a model that is not there and for a recipe that leaves no weights;
             GeneratorError where the recipe fails.
    """
    folder = project.models / name.strip("/").removeprefix("models/")
    known = sorted(path.parent.name for path in project.models.glob("*/model.toml"))
    if folder.name not in known:
        raise ModelError(f"there is no model {name!r}", hint=nearest(name, known))
    run_recipe(folder / "train.py", project.root)
    sign(folder)
    card = model_card(folder)
    weights = folder / card.weights.file
    if not weights.is_file():
        raise ModelError(
            f"the recipe left no {card.weights.file}", where=f"models/{folder.name}/train.py",
            hint="let it write the file that the card names",
        )  # fmt: skip
    checked(card, card.weights)
    return _account(weights, project.root)


def _account(weights: Path, root: Path) -> str:
    size = weights.stat().st_size / 1000
    return f"wrote {weights.relative_to(root)} ({size:.0f} kB) and signed its card"
