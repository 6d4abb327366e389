"""Names that references lead to: each is an anchor of the page, so each is taken once."""

from __future__ import annotations

import re

from generator.errors import ArticleError, FigureError
from generator.read.parts import Label

NAME = re.compile(r"[^\W\d_][\w-]*")
# Anchors of the page itself, and of what the build numbers.
PAGE = ("main", "voice", "site-data", "references", "changes", "reuse", "cite-this", "notes")
BUILT = re.compile(r"(fn|fnref)\d+|(ref|eq)-.*|.*-caption")
WORDS = {
    "figure": "figure",
    "table": "table",
    "equation": "equation",
    "code": "listing",
    "section": "section",
    "place": "place",
}


class Labels(dict[str, Label]):
    """All labels of an article by name."""

    def take(self, label: Label) -> None:
        """Add one.

        Raises:  ArticleError for a name that is no anchor, is the page's own, or is taken.
        """
        error = FigureError if label.sort == "figure" else ArticleError
        if not NAME.fullmatch(label.name):
            raise error(
                f"{label.name!r} cannot be a {WORDS[label.sort]}'s name",
                where=label.where,
                hint="a letter, then letters, digits and hyphens",
            )
        if label.name in PAGE or BUILT.fullmatch(label.name):
            raise error(f"the page itself uses the name {label.name!r}", where=label.where)
        if label.name in self:
            other = self[label.name]
            raise error(
                f"the name {label.name!r} is taken by the {WORDS[other.sort]} at {other.where}",
                where=label.where,
            )
        self[label.name] = label

    def free(self, name: str) -> str:
        """The name itself, or with the first number behind it that makes it free."""
        candidate, count = name, 1
        while candidate in self or candidate in PAGE or BUILT.fullmatch(candidate):
            count += 1
            candidate = f"{name}-{count}"
        return candidate
