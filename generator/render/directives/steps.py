"""Stops of a figure as a list that reads from top to bottom; the page's script makes it move."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.read.directives.steps import Steps
    from generator.render.prose import Prose
    from generator.rules import Scalar


def html(part: Steps, prose: Prose) -> str:
    """A group with its stops as an ordered list, each with all that is set once it is reached."""
    stops = "".join(
        f'<li class="step" id="{escape(part.anchor(step))}" data-step="{escape(step.name)}" '
        f'data-set="{escape(json.dumps(values, ensure_ascii=False))}">'
        f'<p class="step-title">{escape(step.title)}</p>{prose.html(step.contents[0])}</li>\n'
        for step, values in zip(part.steps, _reached(part, prose), strict=True)
    )
    label = escape(part.title or "Steps")
    return (
        f'<div class="{part.sort}" id="{escape(part.name)}" role="group" aria-label="{label}">'
        f'{prose.html(part.before)}<ol class="steps">\n{stops}</ol>{prose.html(part.after)}</div>\n'
    )


def _reached(part: Steps, prose: Prose) -> Iterator[dict[str, Scalar | None]]:
    """What is set at each stop: what the steps so far have set, and all else as it starts."""
    known = prose.variables
    keys = dict.fromkeys(one.key for step in part.steps for one in step.assignments)
    now = {key: known.start(key) for key in keys}
    for step in part.steps:
        now |= {one.key: known.value(one) for one in step.assignments}
        yield dict(now)
