"""Numbers in sentences that follow the reader; ``templates/js/wording.js`` writes the same letters.

Of Python's format mini-language, what the page repeats digit by digit: sign, thousands, precision,
and one of f, e, g and %.
"""

from __future__ import annotations

import math
import re

from generator.rules import Scalar, plain

SPEC = re.compile(r"\+?,?(?:(?:\.\d{1,2})?[feg%])?")
NOTHING = "–"


def is_spec(spec: str) -> bool:
    """Tell whether both sides can write numbers like this."""
    return SPEC.fullmatch(spec) is not None


def written(value: Scalar, spec: str = "") -> str:
    """A value as prose; without a specification 5, 12,000 and four digits of a fraction.

    Zero has no sign, and what is not finite is a dash.
    """
    if isinstance(value, bool | str):
        return plain(value)
    if not math.isfinite(value):
        return NOTHING
    if spec and spec[-1] in "feg%":
        text = format(float(value), spec)
        zero = not re.search("[1-9]", text.split("e")[0])
        return format(0.0, spec) if zero else text
    sign = "+" if "+" in spec else ""
    if float(value).is_integer() and abs(value) < 1e15:
        comma = "," if "," in spec or abs(value) >= 10_000 else ""
        return format(int(value), sign + comma)
    return format(float(value), f"{spec}.4g")
