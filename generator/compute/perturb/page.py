"""A perturbation figure as the page and the still need it: values, arrays, images and graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute import shelf
from generator.compute.architecture import trace
from generator.compute.graphs import forward
from generator.compute.inputs import from_bytes
from generator.compute.perturb.attacks import ATTACKS
from generator.compute.perturb.curves import curves, defended
from generator.compute.perturb.guard import DEFENCES, DRAWS, QUALITIES, Guard
from generator.compute.perturb.jpeg import BRIGHTNESS, COLOUR
from generator.compute.perturb.shown import Drawn, Shown, percent
from generator.compute.perturb.slopes import odds_slope, two_slopes
from generator.compute.perturb.victim import Victim
from generator.compute.reading import reading
from generator.errors import FigureError
from generator.figure import Image as Picture
from generator.figure import Payload, Source, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.compute.answers import Answers
    from generator.datasets import Dataset
    from generator.figures.perturb import Options
    from generator.models import Model

LARGE = 30_000
"""Numbers in a picture beyond which the page asks about few at once."""


def besieged(model: Model) -> Victim:
    """A classifier that can be attacked.

    Raises:  FigureError for one with a single output, whose answer is not one among others.
    """
    if len(model.card.outputs) < 2:
        raise FigureError(
            f"{model.card.name} has one output alone, so there is no other class to be taken for",
            hint="name a model with at least two outputs",
        )
    how = reading(trace(model.module, model.card.input))
    count = len(model.card.outputs)
    return Victim(model.module, model.weights, model.card.input, model.card.range, how, count)


def assembled(
    options: Options,
    model: Model,
    dataset: Dataset,
    asked: Answers,
    victim: Victim,
    draw: Callable[[Drawn], str],
) -> Payload:
    """Change the first example, measure how often each attack succeeds, name every part."""
    indices = (
        np.array(options.examples, np.int64)
        if options.examples
        else shelf.chosen(dataset, shelf.guessed(dataset, asked), options.count, options.seed)
    )
    pictures = shares(dataset, indices)
    answers = _outputs(victim, pictures)
    target = model.card.outputs.index(options.target) if options.target else -1
    shown = Shown.of(victim, pictures[0], options, target, model, dataset, int(indices[0]))
    measured = _measured(options, victim, dataset)
    tiles = shelf.thumbnails(dataset, indices)
    first, *others = (int(index) for index in indices)
    values = {
        "model": model.card.name,
        "dataset": dataset.card.name,
        "outputs": model.card.outputs,
        "reading": victim.reading,
        "shape": dataset.card.shape,
        "range": model.card.range,
        "picks": [
            {
                "index": int(index),
                "label": shelf.label(dataset, int(index)),
                "read": model.card.outputs[int(row.argmax())],
                "answer": row.tolist(),
            }
            for index, row in zip(indices, answers, strict=True)
        ],
        "thumbnails": {"columns": tiles.columns, "size": tiles.size},
        "attacks": [
            {"name": one.name, "title": one.title, "counts": one.counts, "what": one.what}
            for one in ATTACKS.values()
        ],
        "defences": [{"name": name, "title": title} for name, title in DEFENCES.items()],
        "guard": _settings(Guard()),
        "jpeg": {"brightness": BRIGHTNESS, "colour": COLOUR, "qualities": QUALITIES},
        "draws": DRAWS,
        "attack": options.attack,
        "target": target,
        "strength": options.strength,
        "most": options.most,
        "step": options.step,
        "steps": options.steps,
        "strengths": options.strengths,
        "first": shown.answer.tolist(),
        **measured,
    }
    return Payload(
        still=Still(draw(shown.drawn(measured, options.strengths))),
        alt=shown.alternative(),
        values=values,
        arrays={"picture": dataset.images[first], "perturbed": shown.perturbed},
        more={f"example-{index}": {"picture": dataset.images[index]} for index in others},
        images={"thumbnails": Picture(tiles.atlas()), **shown.images()},
        graphs=graphs(victim, from_bytes(dataset.images[indices[:2]], victim.bounds), answers[:2]),
        table=_table(values),
    )


def shares(dataset: Dataset, indices: NDArray[np.int64]) -> NDArray[np.float32]:
    """Examples as shares of the range."""
    return from_bytes(dataset.images[indices])


def batch(victim: Victim) -> int:
    """Pictures that the page asks about in one pass."""
    return max(1, min(8, LARGE // int(np.prod(victim.shape))))


def graphs(
    victim: Victim, inputs: NDArray[np.float32], answers: NDArray[np.float32]
) -> dict[str, Source]:
    """What the page asks, tried on real examples and the classes that they are taken for."""
    together = np.resize(inputs, (batch(victim), *victim.shape))
    single = {"input": _tensor(inputs[:1].reshape(1, *victim.shape))}
    many = {"input": _tensor(together)}
    function = forward(victim.module, ["output"])
    found = {"answer": Source(function, victim.weights, single, [single])}
    found["answers"] = Source(function, victim.weights, many, [many])
    feeds = [
        {
            "input": _tensor(image[None].reshape(1, *victim.shape)),
            "direction": torch.nn.functional.one_hot(
                torch.tensor([int(row.argmax())]), victim.classes
            ).float(),
        }
        for image, row in zip(inputs, answers, strict=True)
    ]
    for name, make in (("slope", odds_slope), ("slopes", two_slopes)):
        found[name] = Source(make(victim.module, victim.reading), victim.weights, feeds[0], feeds)
    return found


def _tensor(array: NDArray[np.float32]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


def _outputs(victim: Victim, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    with torch.no_grad():
        rows = [victim.module(victim.read(one[None])).flatten(1) for one in pictures]
    found: NDArray[np.float32] = torch.cat(rows).numpy()
    return found


def _settings(guard: Guard) -> dict[str, float]:
    names = ("blur", "levels", "quality", "noise", "copies")
    return {name: getattr(guard, name) for name in names}


def _measured(options: Options, victim: Victim, dataset: Dataset) -> dict[str, Any]:
    order = np.random.default_rng(options.seed).permutation(dataset.test)[: options.tests]
    pictures, labels = shares(dataset, order), dataset.labels[order]
    few = min(options.defended, len(order))
    behind: dict[str, Any] = {}
    if few:
        some = pictures[:few]
        behind = defended(victim, some, labels[:few], options.strengths, Guard())
    return {
        "tests": len(order),
        "curves": curves(victim, pictures, labels, options.strengths),
        "few": few,
        "behind": behind,
    }


def _table(values: dict[str, Any]) -> Table:
    """Accuracy by strength, one column an attack, then the iterated one behind each defence."""
    titles = {one["name"]: one["title"] for one in values["attacks"]}
    rows = []
    for i, strength in enumerate(values["strengths"]):
        row = [f"{strength:g}", *(percent(values["curves"][name][i]) for name in titles)]
        for name in values["behind"]:
            row += [percent(values["behind"][name][how][i]) for how in ("unaware", "aware")]
        rows.append(tuple(row))
    known = {"none": "No defence", **DEFENCES}
    columns = [f"{known[name]}, {how}" for name in values["behind"] for how in ("unaware", "aware")]
    caption = (
        f"Right answers on {values['tests']} test examples by strength; behind a defence, the "
        f"iterated attack on {values['few']}"
    )
    return Table(caption, ("strength", *titles.values(), *columns), tuple(rows))
