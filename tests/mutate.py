"""Small accidents to files, as slips of the hand and failing disks make them; the seed decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

STRANGE = "\0\t\"'`{}[]()<>\\$%#&@=:,;é中\u202e\U0001f600\ud800"
NUMBERS = ("0", "-1", "3", "1.5", "nan", "inf", "1e999", "0x", "''")
HUGE = ("9" * 20, "9" * 5000)


def mutated(content: bytes, random: Random, huge: bool) -> bytes:
    """One to three accidents in a file of text; `huge` numbers are tried where they are safe."""
    text = content.decode("utf8")
    for _ in range(random.randint(1, 3)):
        text = random.choice(ACCIDENTS)(text, random, huge)
    return text.encode("utf8", "surrogatepass")


def damaged(content: bytes, random: Random) -> bytes:
    """A byte changed, bytes lost, or other bytes in their place."""
    place = random.randrange(len(content))
    some = random.randbytes(random.randint(1, 8))
    return random.choice(
        [
            content[:place],
            content[:place] + some + content[place + len(some) :],
            content[:place] + content[place + len(some) :],
            b"",
            random.randbytes(300),
        ]
    )


def _line(text: str, random: Random, _: bool) -> str:
    lines = text.splitlines(keepends=True) or [""]
    i, j = random.randrange(len(lines)), random.randrange(len(lines))
    action = random.randrange(3)
    if action == 0:
        del lines[i]
    elif action == 1:
        lines.insert(j, lines[i])
    else:
        lines[i], lines[j] = lines[j], lines[i]
    return "".join(lines)


def _letter(text: str, random: Random, _: bool) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(STRANGE) + text[place + random.randrange(2) :]


def _span(text: str, random: Random, _: bool) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + text[place + random.randint(1, 30) :]


def _end(text: str, random: Random, _: bool) -> str:
    return text[: random.randrange(len(text) + 1)]


def _number(text: str, random: Random, huge: bool) -> str:
    found = list(re.finditer(r"-?\d+(\.\d+)?", text))
    if not found:
        return text
    one = random.choice(found)
    new = random.choice(NUMBERS + HUGE * huge)
    return text[: one.start()] + new + text[one.end() :]


def _word(text: str, random: Random, _: bool) -> str:
    found = list(re.finditer(r"\w+", text))
    if not found:
        return text
    one, other = random.choice(found), random.choice(found)
    return text[: one.start()] + other.group() + text[one.end() :]


ACCIDENTS: list[Callable[[str, Random, bool], str]] = [_line, _letter, _span, _end, _number, _word]
