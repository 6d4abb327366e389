"""``{#id .class lang=de}``: the few attributes that a text may set, and what they may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest

if TYPE_CHECKING:
    from markdown_it.token import Token

ALLOWED = ("id", "class", "width", "height", "alt", "lang")
PICTURE = ("width", "height", "alt")
FORMS = {
    "class": (r"[A-Za-z][\w-]*( [A-Za-z][\w-]*)*", "letters, digits and hyphens"),
    "width": (r"[1-9]\d{0,4}", "a whole number of pixels"),
    "height": (r"[1-9]\d{0,4}", "a whole number of pixels"),
    "lang": (r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language tag such as 'de' or 'pt-BR'"),
}


def check_attributes(token: Token, where: str) -> None:
    """Check what an author set on one token.

    Raises:  ArticleError for an attribute that is not allowed, or not for this, or has no such
             value.
    """
    for name in token.meta.get("insecure_attrs", ()):
        raise ArticleError(
            f"the attribute {name!r} cannot be set", where=where, hint=nearest(name, ALLOWED)
        )
    for name, value in token.attrs.items():
        if name in PICTURE and token.type != "image":
            raise ArticleError(f"{name!r} is for pictures", where=where)
        pattern, words = FORMS.get(name, ("", ""))
        if pattern and not re.fullmatch(pattern, str(value)):
            raise ArticleError(f"{name} {str(value)!r} is not {words}", where=where)
