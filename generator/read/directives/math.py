"""``:::{math}``: an equation on lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token
from pydantic import Field

from generator.errors import ArticleError
from generator.read import mathematics
from generator.read.options import Options, checked
from generator.read.parts import Part

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("math",)


class MathOptions(Options):
    """What an equation may set."""

    label: str = Field("", description="a name that {eq} leads to; it gives the equation a number")
    name: str = Field("", description="the same")


def read(raw: Raw, reader: Reader) -> Part:
    """The text is TeX.

    Raises:  ArticleError at the line of whatever TeX's mathematics does not know.
    """
    options = checked(MathOptions, raw)
    given = [(raw.options[key].text, raw.options[key].where) for key in raw.options]
    if len(given) > 1:
        what = f"{options.label!r} and {options.name!r} name one equation"
        raise ArticleError(what, where=raw.where)
    token = Token("math_block", "math", 0)
    tex, line = (raw.body, raw.line) if raw.body.strip() else (raw.argument, raw.title_line)
    mathematics.display(token, tex, line, given[0] if given else None, reader)
    return Part(family="math", where=raw.where, contents=([token],))
