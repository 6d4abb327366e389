"""``{value}`PATH | FORMAT```: numbers of payloads and cards; render/values.py looks them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("value",)


def check(roles: Sequence[Role], article: Article) -> None:
    """Nothing is known of a value before the figures are computed."""
