"""What the pages themselves say, in the article's language: ``templates/words/<language>.toml``."""

from __future__ import annotations

import tomllib
from datetime import date as Date  # noqa: N812
from functools import cache
from typing import Any

from markupsafe import Markup

from generator.package import templates_folder
from generator.read.language import direction

FALLBACK = "en"


class Words:
    """Words by name, for templates: ``words.references``; `language` is that of the words."""

    def __init__(self, wanted: str) -> None:
        """Take the words of the nearest language that has some, English last."""
        names = (wanted, wanted.split("-")[0], FALLBACK)
        self.language = next(name for name in names if _file(name).is_file())
        self._words = _read(self.language)
        # Where the page is in another language, its own words say which one they are in.
        same = self.language.split("-")[0] == wanted.split("-")[0]
        tongue = f' lang="{self.language}" dir="{direction(self.language)}"'
        self.marks = Markup("" if same else tongue)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._words:
            raise AttributeError(name)
        return self._words[name]

    def number(self, sort: str, number: object) -> str:
        """What a numbered thing is called: "Figure 3", "Section 2.1"."""
        pattern: str = self._words["numbers"][sort]
        return pattern.format(number=number)

    def day(self, date: Date) -> Markup:
        """A day as people write it, for machines too."""
        words = self._words["day"].format(
            day=date.day, month=self._words["months"][date.month - 1], year=date.year
        )
        return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words)


def _file(language: str) -> Any:
    return templates_folder() / "words" / f"{language}.toml"


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads(_file(language).read_text("utf8"))
