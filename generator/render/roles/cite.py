"""Citations as numbers that lead to the list of references."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """Links in brackets, each with the work's title to hover over."""
    numbers = {ref.key: i for i, ref in enumerate(prose.article.references, start=1)}
    references = {ref.key: ref for ref in prose.article.references}
    links = []
    for key in (part.strip() for part in role.text.split(",")):
        hover = escape(f"{references[key].short}: {references[key].title}")
        links.append(
            f'<a class="citation" href="#ref-{escape(key)}" title="{hover}">{numbers[key]}</a>'
        )
    return f'<span class="citations">[{", ".join(links)}]</span>'
