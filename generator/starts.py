"""What `explorable new` puts into a folder: templates/new/ with the names filled in."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from generator.cards import DatasetCard, ModelCard, dataset_card, model_card
from generator.errors import GeneratorError, nearest
from generator.fields import Quantity
from generator.figures import kinds
from generator.package import templates_folder
from generator.project import Project

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HOLE = re.compile("«(\\w+)»")
SHAPES = "shapes"
Say = Callable[[str], None]


def new_article(project: Project, name: str, say: Say) -> Path:
    """An article with the front matter filled in, and a figure of the project's first model.

    Raises:  GeneratorError for a name that cannot be an address, or is taken.
    """
    folder = _free(project.articles, name)
    model = next(iter(_models(project)), None)
    filled = {"title": _title(name), "date": date.today().isoformat(), "figure": ""}
    if model:
        layers = ", ".join(model.layers[:3])
        drawn = (templates_folder() / "new/article/figure.md").read_text("utf8")
        filled["figure"] = _filled(drawn, {"model": model.name, "layers": layers})
    _copy("article", folder, filled, say, leave=("figure.md",))
    return folder


def new_kind(project: Project, name: str, say: Say) -> Path:
    """A kind of figure of the project's own: Python, template, script, style and tests.

    Raises:  GeneratorError for a name that is taken, by us too.
    """
    if name in kinds():
        raise GeneratorError(f"{name!r} is a kind already", hint="choose another name")
    folder = _free(project.figures, name)
    filled = {"name": name, "title": _title(name), "module": name.replace("-", "_")}
    _copy("kind", folder, filled, say)
    return folder


def new_model(project: Project, name: str, dataset: str, say: Say) -> Path:
    """A small network on a dataset of the project; where none has classes, on drawn shapes.

    Raises:  GeneratorError for a name that is taken, and for a dataset that is not there or has no
             classes.
    """
    folder = _free(project.models, name)
    if not dataset:
        cards = map(dataset_card, _datasets(project))
        dataset = next((card.name for card in cards if card.classes), "")
    if not dataset:
        new_dataset(project, say)
    card = dataset_card(_dataset(project, dataset or SHAPES))
    _copy("model", folder, _of(card, name), say)
    return folder


def new_foreign(project: Project, name: str, file: Path, dataset: str, say: Say) -> Path:
    """A model folder around an ONNX file, which is checked before anything is written.

    Raises:  ModelError for a file that cannot be read as a model, by the node that is in the way;
             GeneratorError for a name that is taken or a dataset that does not fit.
    """
    from generator.foreign import opened

    folder = _free(project.models, name)
    content = file.read_bytes()
    found = opened(content, file.name)
    names, measures = tuple(str(index) for index in range(found.outputs)), ""
    if dataset:
        card = dataset_card(_dataset(project, dataset))
        names = (card.quantity.name,) if card.quantity else card.classes
        if card.shape != found.shape or len(names) != found.outputs:
            asks = f"one {card.quantity.name}" if card.quantity else f"{len(names)} classes"
            numbers = "1 number" if found.outputs == 1 else f"{found.outputs} numbers"
            raise GeneratorError(
                f"examples of {dataset!r} have shape {card.shape} and {asks}, "
                f"{file.name} reads {found.shape} and answers {numbers}"
            )
        measures = _measures(card.quantity) if card.quantity else ""
    filled = {
        "file": file.name,
        "shape": ", ".join(map(str, found.shape)),
        "outputs": ", ".join(f'"{one}"' for one in names),
        "layers": ", ".join(f'"{one}"' for one in found.layers),
        "dataset": dataset,
        "quantity": measures,
        "sha256": sha256(content).hexdigest(),
    }
    _copy("foreign", folder, filled, say)
    (folder / "model.onnx").write_bytes(content)
    say(f"  {os.path.relpath(folder / 'model.onnx')}")
    say(found.account())
    return folder


def new_dataset(project: Project, say: Say) -> Path:
    """The drawn shapes, made on the spot."""
    folder = _free(project.models / "datasets", SHAPES)
    _copy("dataset", folder, {}, say)
    run_recipe(folder / "make.py", project.root)
    return folder


def new_site(parent: Path, name: str, say: Say) -> Project:
    """A folder with an article, a dataset and a network that is yet to be trained.

    Raises:  GeneratorError for a name that is taken.
    """
    project = Project(_free(parent, name))
    _copy("site", project.root, {"title": _title(name), "date": date.today().isoformat()}, say)
    (project.root / "gitignore").rename(project.root / ".gitignore")
    new_model(project, "shapes-cnn", "", say)
    return project


def run_recipe(recipe: Path, root: Path) -> None:
    """Run a program of the project, which says on the screen what it does.

    Raises:  GeneratorError where it fails; it has then said why.
    """
    where = recipe.relative_to(root)
    if not recipe.is_file():
        raise GeneratorError("there is no recipe", where=str(where), hint=f"write {recipe.name}")
    done = subprocess.run([sys.executable, str(where)], cwd=root, check=False)
    if done.returncode:
        raise GeneratorError(f"the recipe failed with status {done.returncode}", where=str(where))


def _dataset(project: Project, name: str) -> Path:
    known = {folder.name: folder for folder in _datasets(project)}
    if name not in known:
        raise GeneratorError(f"there is no dataset {name!r}", hint=nearest(name, known))
    return known[name]


def _datasets(project: Project) -> list[Path]:
    return sorted(path.parent for path in project.models.glob("datasets/*/dataset.toml"))


def _models(project: Project) -> list[ModelCard]:
    return [model_card(path.parent) for path in sorted(project.models.glob("*/model.toml"))]


def _measures(quantity: Quantity) -> str:
    """The table of a card that says what is measured."""
    fields = quantity.model_dump(mode="json")
    said = "".join(
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()
    )
    return f"\n[quantity]\n{said}"


def _of(card: DatasetCard, name: str) -> dict[str, str]:
    if card.quantity:
        raise GeneratorError(
            f"{card.name!r} measures {card.quantity.name} and has no classes to tell apart",
            hint="name a dataset that has classes, or write model.py and train.py yourself",
        )
    channels, height, width = card.shape
    if min(height, width) < 4:
        raise GeneratorError(f"the examples of {card.name} are too small for two poolings")
    return {
        "name": name,
        "title": _title(name),
        "dataset": card.name,
        "shape": f"{channels}, {height}, {width}",
        "channels": str(channels),
        "height": str(height),
        "width": str(width),
        "outputs": str(len(card.classes)),
        "classes": ", ".join(f'"{one}"' for one in card.classes),
        "epochs": "12",
    }


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _free(parent: Path, name: str) -> Path:
    folder = parent / name
    if not NAME.fullmatch(name):
        raise GeneratorError(
            f"{name!r} cannot be a name here",
            hint="small letters and digits, joined by hyphens, as it becomes part of an address",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GeneratorError("there is something already", where=str(folder), hint="choose a name")
    return folder


def _copy(
    start: str, folder: Path, filled: Mapping[str, str], say: Say, leave: tuple[str, ...] = ()
) -> None:
    source = templates_folder() / "new" / start
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.name in leave or "__pycache__" in path.parts:
            continue
        target = folder / _filled(str(path.relative_to(source)), filled)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.write_text(_filled(path.read_text("utf8"), filled), "utf8")
        say(f"  {os.path.relpath(target)}")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return HOLE.sub(lambda hole: values[hole.group(1)], text)
