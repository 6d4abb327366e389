"""TeX to MathML, with the line of whatever it does not know, and numbers for its equations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from math_core import LatexError, LatexToMathML

from generator.errors import ArticleError, nearest
from generator.read.mathml import restyled
from generator.read.parts import Label
from generator.read.tex import COMMANDS, ENVIRONMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from generator.read.labels import Labels
    from generator.read.reader import Reader

BLOCKS = ("math_block", "math_block_label", "amsmath")
CELL = re.compile(r'(<mtd class="m-number[^"]*")(?: id="([^"]*)")?><mtext>\((\d+)\)</mtext>')
REFERENCE = re.compile(r'<a href="#([^"]*)">\([^<]*\)</a>')
TAGGED = re.compile(r'<mtd class="m-number[^"]*" id="([^"]*)"><mtext>([^<]*)</mtext>')


def inline(token: Token, line: int, reader: Reader) -> None:
    """A formula within a line."""
    mathml = formula(token.content, False, line, reader)
    token.meta |= {"mathml": mathml, "where": reader.where(line)}


def read(token: Token, line: int, name: tuple[str, str] | None, reader: Reader) -> None:
    """A formula on lines of its own; one with a label, or an environment that counts, is numbered.

    Raises:  ArticleError for what TeX's mathematics does not know, and for a label that is taken.
    """
    if token.type == "math_block_label":
        where = reader.where(line)
        if name:
            raise ArticleError(f"{name[0]!r} and {token.info!r} name one equation", where=where)
        name = (token.info, where)
    display(token, token.content, line, name, reader)


def display(
    token: Token, tex: str, line: int, name: tuple[str, str] | None, reader: Reader
) -> None:
    """Make `token` the formula of `tex`, which starts at `line`, and number it."""
    where = reader.where(line)
    mathml, counts = _numbered(formula(tex, True, line, reader), tex, line, reader)
    if counts and name:
        raise ArticleError(
            "this environment numbers its lines itself",
            where=where,
            hint=f"write \\label{{{name[0]}}} in the line that is meant",
        )
    token.type = "math_block"
    token.meta |= {"mathml": mathml, "where": where, "number": "", "anchor": ""}
    if name:
        number = reader.number("equation")
        reader.label(Label(name[0], "equation", number, "", name[1]))
        token.meta |= {"number": number, "anchor": name[0]}


def formula(tex: str, displayed: bool, line: int, reader: Reader) -> str:
    """MathML for TeX that starts at `line`.

    Raises:  ArticleError at the line where the mistake is, with the nearest command.
    """
    start = len(tex) - len(tex.lstrip())
    mathml, problem = _convert(tex.strip(), displayed)
    if not problem:
        return mathml
    match = re.fullmatch(r"(\d+): (.*)", problem, re.DOTALL)
    offset, what = (int(match.group(1)), match.group(2)) if match else (0, problem)
    place = line + tex.count("\n", 0, start + offset)
    raise ArticleError(f"mathematics: {what}", where=reader.where(place), hint=_hint(what))


@lru_cache(maxsize=4096)
def _convert(tex: str, displayed: bool) -> tuple[str, str]:
    """MathML, or what is wrong with the TeX."""
    converter = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
    try:
        return restyled(converter.convert_with_local_state(tex, displaystyle=displayed)), ""
    except LatexError as problem:
        return "", str(problem)
    except ValueError as problem:
        return "", f"0: {problem}"


def _hint(what: str) -> str:
    command = re.match(r'Unknown command "\\(.+)"', what)
    if command:
        return _close(command.group(1))
    environment = re.match(r'Unknown environment "(.+)"', what)
    return nearest(environment.group(1), ENVIRONMENTS) if environment else ""


def _close(name: str) -> str:
    """The nearest command, or nothing: there are too many to list."""
    hint = nearest(name, COMMANDS.split())
    return hint if hint.startswith("did you") else ""


def resolve(tokens: Iterable[Token], labels: Labels) -> None:
    r"""Fill in what ``\\eqref`` in a formula leads to, once all equations are known.

    Raises:  ArticleError for an equation that is not there.
    """
    for token in tokens:
        if "<a href=" not in token.meta.get("mathml", ""):
            continue

        def filled(match: re.Match[str], where: str = token.meta["where"]) -> str:
            name = unquote(match.group(1))
            equations = [label.name for label in labels.values() if label.sort == "equation"]
            if name not in equations:
                what = f"no equation is called {name!r}"
                raise ArticleError(what, where=where, hint=nearest(name, equations))
            return f'<a href="#{name}">({labels[name].number})</a>'

        token.meta["mathml"] = REFERENCE.sub(filled, token.meta["mathml"])


def _numbered(mathml: str, tex: str, line: int, reader: Reader) -> tuple[str, int]:
    """Put the article's numbers where TeX counted from one, and take the labels."""
    seen: list[str] = []

    def label(anchor: str | None, found: str) -> str:
        if not anchor:
            return ""
        name = unquote(anchor)
        seen.append(name)
        places = [one.start() for one in re.finditer(rf"\\label\s*{{{re.escape(name)}}}", tex)]
        place = places[min(seen.count(name), len(places)) - 1] if places else 0
        where = reader.where(line + tex.count("\n", 0, place))
        reader.label(Label(name, "equation", found, "", where))
        return f' id="{name}"'

    def number(match: re.Match[str]) -> str:
        found = reader.number("equation")
        return f"{match.group(1)}{label(match.group(2), found)}><mtext>({found})</mtext>"

    for match in TAGGED.finditer(mathml):
        if not CELL.match(match.group(0)):
            label(match.group(1), match.group(2).strip("()"))
    return CELL.subn(number, mathml)
