"""MathML as the page can use it: its policy forbids inline style, which becomes classes.

The size of a part stands on ``mstyle`` around it: a checker of HTML knows it nowhere else.
"""

from __future__ import annotations

import re

from generator.read.tex import COLOURS

STYLE = re.compile(r' (?:class="([^"]*)" )?style="([^"]*)"')
SELECTED = re.compile("([\u210a-\u2134\U0001d49c-\U0001d4cf])[\ufe00\ufe01]")
# Every declaration that the converter writes, and its class in css/math.css; "" for what another
# declaration beside it says already.
CLASSES = {
    "width: 100%": "m-wide",
    "width: 50%": "m-number",
    "width: 7.5%": "m-number m-narrow",
    "text-align: right": "m-right",
    "justify-items: end": "",
    "text-align: left": "m-left",
    "justify-items: start": "",
    "padding-right: 0": "m-close-right",
    "padding-left: 0": "m-close-left",
    "padding-top: 0": "m-close-top",
    "padding-bottom: 0": "m-close-bottom",
    "padding-left: 1em": "m-apart-left",
    "padding-left: 0.1em": "m-thin-left",
    "padding-right: 0.1em": "m-thin-right",
    "padding-right: 0.1667em": "m-roof-right",
    "padding-top: 0.1667em": "m-roof",
    "border-top: 0.05em solid currentcolor": "m-line-top",
    "border-right: 0.05em solid currentcolor": "m-line-right",
    "border-left: 0.05em solid currentcolor": "m-line-left",
    "border-top: 0.05em dashed currentcolor": "m-dash-top",
    "border-right: 0.05em dashed currentcolor": "m-dash-right",
    "border-left: 0.05em dashed currentcolor": "m-dash-left",
    "math-shift: compact": "m-cramped",
    "font-variant-caps: small-caps": "m-caps",
}
MOST_BACK = 18
TAG = re.compile(r"<(/?)(\w+)([^>]*?)(/?)>")
SIZE = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"')
LEVEL = re.compile(r' scriptlevel="(\d)"')
# Within these a formula is smaller than around it.
SMALLER = {"msub", "msup", "msubsup", "mmultiscripts", "munder", "mover", "munderover", "mfrac",
           "mroot", "mstyle"}  # fmt: skip


def restyled(mathml: str) -> str:
    """The same formula with classes for inline style, and without a script letter's selector.

    The face has one script alphabet; a selector behind a letter would send browsers in search of
    the other through every part of it.

    Raises:  ValueError for a colour or a length that css/math.css has no class for.
    """
    return _sized(STYLE.sub(_classes, SELECTED.sub(r"\1", mathml)))


def _sized(mathml: str) -> str:
    """The same formula with an ``mstyle`` around each part that says its own size."""
    waiting: list[tuple[str, str]] = []

    def tag(match: re.Match[str]) -> str:
        closes, name, attributes, whole = match.groups()
        if closes:
            return match[0] + waiting.pop()[1]
        size, inside = "", attributes
        if name == "mtable":
            # It may be as wide as the page, so it is wrapped only where its level is not this one.
            level, inside = LEVEL.search(attributes), LEVEL.sub("", attributes)
            if level and (level[1] != "0" or any(above in SMALLER for above, _ in waiting)):
                size = level[0]
        elif name not in ("math", "mstyle"):
            size, inside = "".join(SIZE.findall(attributes)), SIZE.sub("", attributes)
        before, after = (f"<mstyle{size}>", "</mstyle>") if size else ("", "")
        if whole:
            return f"{before}<{name}{inside}/>{after}"
        waiting.append((name, after))
        return f"{before}<{name}{inside}>"

    return TAG.sub(tag, mathml)


def _classes(match: re.Match[str]) -> str:
    names = [match.group(1)] if match.group(1) else []
    for declaration in filter(None, (part.strip() for part in match.group(2).split(";"))):
        name, value = (part.strip() for part in declaration.split(":", 1))
        names.append(_class(name, value))
    found = " ".join(name for name in names if name)
    return f' class="{found}"' if found else ""


def _class(name: str, value: str) -> str:
    known = CLASSES.get(f"{name}: {value}")
    if known is not None:
        return known
    if name == "color":
        if value not in COLOURS:
            raise ValueError(f"a formula's colours are {', '.join(COLOURS.values())}")
        return f"m-{COLOURS[value]}"
    # A step back is counted in eighteenths of an em, TeX's own small unit.
    back = re.fullmatch(r"-([\d.]+)em", value) if name == "margin-left" else None
    if back and 0 < round(float(back.group(1)) * 18) <= MOST_BACK:
        return f"m-back-{round(float(back.group(1)) * 18)}"
    raise ValueError(f"the page cannot show this ({name}: {value})")
