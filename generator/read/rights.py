"""Whose picture it is: ``:credit:`` and ``:license:`` on any figure, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import FigureError
from generator.licenses import License, known, license_of, spdx

if TYPE_CHECKING:
    from generator.read.parts import Option


@dataclass(frozen=True)
class Rights:
    """Maker and licence of one picture, where they are not those of the article."""

    credit: str
    license: License | None
    source: str = ""


def stated(credit: str, license: str, source: str) -> Rights | None:
    """Rights as the options of a picture state them; None where they state nothing."""
    if not (credit or license or source):
        return None
    return Rights(credit, known(license) if license else None, source)


def rights(options: dict[str, Option]) -> Rights | None:
    """Take ``credit`` and ``license`` out of a block's options.

    Raises:  FigureError with the line for a licence that SPDX does not list, or that is no text.
    """
    credit, license = options.pop("credit", None), options.pop("license", None)
    for option in (credit, license):
        if option and not isinstance(option.value, str):
            raise FigureError(f"{option.value!r} is no text", where=option.where)
    if credit is None and license is None:
        return None
    try:
        found = license_of(spdx(license.value)) if license else None
    except ValueError as problem:
        raise FigureError(f"option 'license': {problem}", where=license.where if license else "") \
            from None  # fmt: skip
    return Rights(credit.value if credit else "", found)
