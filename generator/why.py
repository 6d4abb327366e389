"""Which part of a figure's key has changed since the last build."""

from generator.errors import FigureError, nearest
from generator.keys import key
from generator.project import Project
from generator.read import read
from generator.resolve import resolve
from generator.store import Store


def explain(project: Project, name: str) -> str:
    """One line per part that changed, came or went; or that nothing did.

    Raises:  FigureError for a name that no figure, or more than one, has.
    """
    named = {}
    for article in read(project):
        for block in article.blocks:
            named[f"{article.slug}/{block.name}"] = (block, article)
    matches = [full for full in named if name in (full, full.split("/", 1)[1])]
    if len(matches) != 1:
        what = "is the name of more than one figure" if matches else "is no figure's name"
        raise FigureError(f"{name!r} {what}", hint=nearest(name, matches or named))
    block, article = named[matches[0]]
    now = key(resolve(block, article, project)).parts
    before = Store(project.store, project.common).latest(matches[0])
    if not before:
        return f"{matches[0]} has not been built yet"
    lines = [_line(part, before, now) for part in sorted(before.keys() | now.keys())]
    changed = [line for line in lines if line]
    return (
        "\n".join([f"{matches[0]} will be computed again:", *changed])
        if changed
        else (f"{matches[0]} is up to date: none of its {len(now)} parts has changed")
    )


def _line(part: str, before: dict[str, str], now: dict[str, str]) -> str:
    if part not in before:
        return f"  new: {part}"
    if part not in now:
        return f"  gone: {part}"
    if before[part] == now[part]:
        return ""
    short = len(before[part]) < 60 and len(now[part]) < 60
    return f"  changed: {part}" + (f" ({before[part]} -> {now[part]})" if short else "")
