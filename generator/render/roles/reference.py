"""References to what has a name: by number, by title or in the author's own words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.read.roles.reference import target

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose

CLASSES = {"numref": "numref", "eq": "eqref", "ref": "ref"}


def html(role: Role, prose: Prose) -> str:
    """A link; in ``{numref}`Fig. %s <name>``` the number stands where the author wants it."""
    words, name = target(role)
    label = prose.article.labels[name]
    if role.name == "numref" and words:
        shown = words.replace("%s", label.number).replace("{number}", label.number)
    elif role.name == "numref":
        shown = prose.numbered(label)
    else:
        shown = words or prose.called(label)
    shown = escape(shown).replace("\u00a0", "&nbsp;")
    return f'<a class="{CLASSES[role.name]}" href="{prose.to(name)}">{shown}</a>'
