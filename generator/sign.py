"""What a recipe calls last: checksums and measurements written into the card beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from generator.errors import GeneratorError

CARDS = ("model.toml", "dataset.toml")
FILE = re.compile(r'(?m)^(file = "([^"\n]+)"\nsha256 = )"\w*"')


def sign(folder: Path, measured: Mapping[str, float | int] | None = None) -> None:
    """Write the SHA-256 of every file that the card names, and what was `measured`, into the card.

    Comments and everything else in it stay as they are.

    Raises:  GeneratorError where there is no card, or none of its lines holds a measurement.
    """
    card = next((folder / name for name in CARDS if (folder / name).is_file()), None)
    where = f"{folder.parent.name}/{folder.name}"
    if card is None:
        raise GeneratorError(f"there is no {' or '.join(CARDS)} to sign", where=where)
    text = FILE.sub(lambda found: _signed(folder, found), card.read_text("utf8"))
    for name, value in (measured or {}).items():
        text, count = re.subn(
            rf"(?m)^({re.escape(name)} = )[^#\n]*?( *#.*)?$", rf"\g<1>{value}\2", text
        )
        if not count:
            raise GeneratorError(
                f"the card has no line for {name!r}", where=f"{where}/{card.name}",
                hint=f"add '{name} = 0.0' under [measured]",
            )  # fmt: skip
    card.write_text(text, "utf8")


def _signed(folder: Path, found: re.Match[str]) -> str:
    path = folder / found.group(2)
    if not path.is_file():
        return found.group(0)
    return f'{found.group(1)}"{sha256(path.read_bytes()).hexdigest()}"'
