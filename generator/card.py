"""What every card has in common: it is TOML, and vouches for the files beside it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import ConfigDict, Field

from generator.errors import GeneratorError
from generator.fields import File, Part
from generator.paths import inside
from generator.places import line_with, place, text_at
from generator.toml import read_toml

AnyCard = TypeVar("AnyCard", bound="Card")


class Card(Part):
    """What models and datasets have in common."""

    toml: ClassVar[str]
    code: ClassVar[str]
    parent: ClassVar[str]
    error: ClassVar[type[GeneratorError]]
    listed: ClassVar[str]
    """The field that may name a file of names instead of holding them."""

    model_config = ConfigDict(protected_namespaces=())

    name: str = Field(description="the folder's name")
    folder: Path = Field(exclude=True, description="where it lies on this machine")
    names: tuple[str, ...] = Field(exclude=True, description="the file of names, if there is one")
    summary: str = Field(description="one sentence for a reader")
    license: str = Field(description="what may be done with it, and by whose word")
    files: tuple[str, ...] = Field((), description="further files that its code reads")

    @property
    def place(self) -> str:
        """The folder as an author names it."""
        return f"{self.parent}/{self.name}"

    def line(self, text: str) -> str:
        """Where the card says something, for a message about it."""
        return place(self.folder / self.toml, line_with(self.folder / self.toml, text))

    @property
    def sealed(self) -> tuple[File, ...]:
        """Files whose checksum the card knows."""
        raise NotImplementedError

    @property
    def programs(self) -> tuple[str, ...]:
        """Names of the Python files that are run."""
        return (self.code,)

    @property
    def contents(self) -> tuple[str, ...]:
        """Names of the card and of all files that it vouches for; recipes are none of them."""
        return self.toml, *self.names, *self.files, *(one.file for one in self.sealed)


def read_card(folder: Path, card: type[AnyCard]) -> AnyCard:
    """Read the card of a folder; raises the card's error where it is absent or wrong."""
    toml = read_toml(folder / card.toml, card.error)
    listed = toml.fields.get(card.listed)
    names = (listed,) if isinstance(listed, str) else ()
    for name in names:
        toml.fields[card.listed] = _lines(folder, name, card, toml.where(card.listed))
    return toml.fit(card, {"name": folder.name, "folder": folder, "names": names})


def _lines(folder: Path, name: str, card: type[Card], where: str) -> list[str]:
    """Names of a file, one a line: a thousand of them would bury a card."""
    path = _inside(folder, name, card)
    if path is None:
        raise card.error(f"{name!r} lies outside the folder", where=where)
    if not path.is_file():
        hint = "it holds the names, one a line"
        raise card.error(f"{name} is missing", where=where, hint=hint)
    return text_at(path, place(path), card.error).splitlines()


def _inside(folder: Path, name: str, card: type[Card]) -> Path | None:
    return inside(folder, name, folder.parents[len(Path(card.parent).parts)])


def located(card: Card, name: str, made: str = "") -> Path:
    """Find a file that a card names.

    Raises:  the card's error where it is missing or lies outside.
    """
    path = _inside(card.folder, name, type(card))
    if path is None:
        raise card.error(f"{name!r} lies outside the folder", where=card.line(f'"{name}"'))
    if not path.is_file():
        where = place(card.folder / name) if name == card.code else card.line(f'"{name}"')
        hint = f"run {made!r} to make it" if made else "copy it there"
        raise card.error(f"{name} is missing", where=where, hint=hint)
    return path


def checked(card: Card, file: File) -> bytes:
    """Give the bytes of a committed file once they match the card's sha256.

    Raises:  the card's error, with its line, where the file is missing, or is not the one that the
             card describes.
    """
    content = located(card, file.file, file.source).read_bytes()
    found = sha256(content).hexdigest()
    if found != file.sha256:
        raise card.error(
            f"{file.file} has sha256 {found[:12]}…, the card says {file.sha256[:12]}…",
            where=card.line(f'"{file.sha256}"'),
            hint="restore the file, or train again and let the recipe write the card",
        )
    return content
