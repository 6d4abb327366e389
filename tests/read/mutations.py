"""Articles as they go wrong: lines lost, doubled and moved, marks unclosed, strange signs."""

from __future__ import annotations

from random import Random

from generator.read.directives import directives
from generator.read.roles import roles

MARKS = [
    ":::", "::::", ":::{note}", ":::{figure} dot.svg", ":::{network}", ":::{table} T",
    ":::{math}", ":::{include} part.md", ":::{include} index.md",
    ":::{include} ../../../../etc/passwd", ":::{code} python", ":::{list-table} L", ":::{nots}",
    "::::{subfigures}", ":name: x", ":name:", ":alt: words", ":model: tiny", ":layers: [a",
    ":width: -3", ":columns: 9", "---", "```", "```js", "~~~~", "$$", "$$ (x)", "$",
    "\\begin{align}", "\\end{align}", "\\label{a}", "\\frac", "\\nosuch", "[^a]", "[^a]: note",
    "^[inner]", "{numref}`x`", "{eq}`x`", "{ref}`x`", "{cite}`x`", "{value}`model/tiny/x`",
    "{value}`figure/x/y | %`", "{nosuch}`x`", "{abbr}`x`", "(x)=", "{#x}",
    "{.a onclick=alert(1)}", "{style=\"a\"}", "![](dot.svg)", "![a](dot.svg){width=3}",
    "![a](no.png)", "[a](javascript:alert(1))", "[a](data:text/html,x)", "[a](#x)", "[](#x)",
    "[a](../../x)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "-->",
    "<a href='", "</p>", "[a](http://[x)", "<http://[x>", "# One", "###### Six", "| a | b |",
    "|--|--|", "- [ ] x", "* - a", "> ", "    ", "\t", "+++", "% gone", ": definition", "1. one",
    "&#0;", "&nosuch;", "\\", "`", "``", "\u0000", "\ufeff", "\u202e", "\u2028", "\x1b", "é", "🙂",
    "{", "}", "[", "]", "(", ")", "!!python/object:x {}", "&a [*a, *a]", "'", '"', "...", "(c)",
    "--", "***", "___", "title: x",
]  # fmt: skip
# Every family is tried, those too that nobody thought of when this was written.
MARKS += [f"{{{name}}}`{text}`" for name in roles() for text in ("x", "a = 1", "x: <y>", "a|b,c")]
MARKS += [f":::{{{name}}} {text}".strip() for name in directives() for text in ("", "x", "x = 1")]
LONGEST = 40_000


def mutated(text: str, random: Random) -> str:
    """The text after one accident, or up to six."""
    for _ in range(random.choice([1, 1, random.randint(2, 6)])):
        text = random.choice(ACCIDENTS)(text, random)[:LONGEST]
    return text


def _lost(text: str, random: Random) -> str:
    lines = text.split("\n")
    start = random.randrange(len(lines))
    del lines[start : start + random.randint(1, 3)]
    return "\n".join(lines)


def _doubled(text: str, random: Random) -> str:
    lines = text.split("\n")
    start = random.randrange(len(lines))
    return "\n".join([*lines[:start], *lines[start : start + random.randint(1, 8)], *lines[start:]])


def _moved(text: str, random: Random) -> str:
    lines = text.split("\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randint(0, len(lines)), line)
    return "\n".join(lines)


def _marked(text: str, random: Random) -> str:
    lines = text.split("\n")
    lines.insert(random.randint(0, len(lines)), random.choice(MARKS))
    return "\n".join(lines)


def _inserted(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(MARKS) + text[place:]


def _cut(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


def _scratched(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place + random.randint(1, 4) :]


def _swapped(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _indented(text: str, random: Random) -> str:
    lines = text.split("\n")
    start = random.randrange(len(lines))
    mark = random.choice(["  ", "    ", "> ", "- ", "   1. "])
    for i in range(start, min(start + random.randint(1, 10), len(lines))):
        lines[i] = mark + lines[i]
    return "\n".join(lines)


def _nested(text: str, random: Random) -> str:
    depth = random.randint(1, 60)
    opening = "\n".join(":" * (depth + 3 - i) + "{note} N" for i in range(depth))
    return (
        text + "\n" + opening + "\n" + random.choice([">" * depth, "[" * depth, "- " * depth, "x"])
    )


ACCIDENTS = [_lost, _doubled, _moved, _marked, _inserted, _cut, _scratched, _swapped, _indented,
             _nested, _marked, _inserted]  # fmt: skip
