"""The card that other sites show beside a link: an article's first still, as a PNG.

The still has no colours of its own; it is drawn with the rules of ``css/still.css`` and the light
palette, by a renderer that knows neither variables nor ``:is()``.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

from generator.package import templates_folder
from generator.palette import LIGHT
from generator.render.figures import Published
from generator.render.stills import PLACED
from generator.settings import Settings

FILE = "card.png"
WIDTH, HEIGHT, MARGIN = 1200, 630, 48
TALL = 0.75
BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# The renderer reads rules without braces inside them, so what stands in @media is left out.
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
AT = re.compile(r"@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
ONE_OF = re.compile(r"^(.*?):is\(([^()]*)\)(.*)$", re.DOTALL)
VARIABLE = re.compile(r"var\(--([\w-]+)\)")
VIEW = re.compile(r"^\s*<svg\b([^>]*)>")


def drawn(published: Sequence[Published], about: Settings, page: Path) -> str:
    """Lay the card of an article beside its page and say what it shows.

    There is none, and nothing to say, without a figure or while the site does not know its address,
    since other sites ask for a picture by its whole address.
    """
    if not (published and about.url):
        return ""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.with_name(FILE).write_bytes(card(published[0]))
    return published[0].figure.options.alt or str(published[0].payload["alt"])


def card(one: Published) -> bytes:
    """A figure's still on the site's paper, as large as it fits into 1200 by 630 pixels."""
    import vl_convert

    svg = PLACED.sub(
        lambda match: f'href="{_inside(one, match.group(1))}"', one.stills["light"] or ""
    )
    # A tall still would be small: of such a one the upper part is shown, as wide as the card.
    box = BOX.search(svg)
    tall = box is not None and float(box[2]) > TALL * float(box[1])
    placed = (
        f'x="{MARGIN}" y="{MARGIN}" width="{WIDTH - 2 * MARGIN}" height="{HEIGHT - 2 * MARGIN}" '
        f'preserveAspectRatio="{"xMidYMin slice" if tall else "xMidYMid meet"}"'
    )
    inner = VIEW.sub(rf"<svg {placed}\1>", svg, count=1)
    _fonts()
    png: bytes = vl_convert.svg_to_png(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_style()}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LIGHT.paper}"/>'
        f'<g fill="{LIGHT.ink}" font-family="Explorable Label">{inner}</g></svg>'
    )
    return png


def _inside(one: Published, name: str) -> str:
    """An image of the figure as an address that holds it, in a format that every renderer reads."""
    from PIL import Image

    held = io.BytesIO()
    Image.open(one.images[name]).save(held, "PNG")
    return f"data:image/png;base64,{b64encode(held.getvalue()).decode()}"


@cache
def _style() -> str:
    text = (templates_folder() / "css/still.css").read_text("utf8")
    text = AT.sub("", COMMENT.sub("", text))
    rules = [".dark-only{display:none}"]
    for selectors, body in RULE.findall(text):
        body = VARIABLE.sub(lambda match: _colour(match.group(1)), body)
        for selector in _split(selectors):
            rules += [f"{plain}{{{' '.join(body.split())}}}" for plain in _plain(selector.strip())]
    return "".join(rules)


def _plain(selector: str) -> Iterator[str]:
    """The selectors that one with ``:is()`` stands for, without what a page has around it."""
    match = ONE_OF.match(selector)
    if match:
        before, choices, after = match.groups()
        for choice in choices.split(","):
            yield from _plain(f"{before}{choice.strip()}{after}")
        return
    last = selector.split()[-1]
    if ":" not in last and last not in (".still", ".life"):
        yield last


def _split(selectors: str) -> list[str]:
    """At commas outside of parentheses."""
    return re.split(r",(?![^()]*\))", selectors)


def _colour(name: str) -> str:
    groups = {"category": "categories", "diverging": "diverging", "sequential": "sequential"}
    group, _, number = name.rpartition("-")
    if group in groups:
        found: str = getattr(LIGHT, groups[group])[int(number)]
        return found
    known = {field.name for field in fields(LIGHT)}
    return str(getattr(LIGHT, name)) if name in known else "inherit"


@cache
def _fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(templates_folder() / "vendor/fonts/ttf"))
