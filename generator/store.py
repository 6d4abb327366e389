"""Finished payloads kept by content: looked up by key, checked, and written aside then renamed.

An entry is a folder ``<digest>/`` with ``payload.json``, the files that it names, and
``provenance.json``: the parts of the key, and the SHA-256 of every file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from generator.disk import disk_error
from generator.keys import Key


@dataclass(frozen=True)
class Entry:
    """A finished payload on disk."""

    folder: Path

    @property
    def payload(self) -> dict[str, Any]:
        """Values, alternative text, table and the names of the files."""
        content: dict[str, Any] = json.loads((self.folder / "payload.json").read_text("utf8"))
        return content

    @property
    def provenance(self) -> dict[str, Any]:
        """What the payload was made from."""
        content: dict[str, Any] = json.loads((self.folder / "provenance.json").read_text("utf8"))
        return content


@dataclass(frozen=True)
class Store:
    """A folder of entries; safe for concurrent writers of the same key."""

    folder: Path

    def find(self, key: Key) -> Entry | None:
        """Give the entry of a key if it is there and undamaged; a damaged one is removed."""
        folder = self.folder / key.digest
        if not folder.is_dir():
            return None
        if not _whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            return None
        return Entry(folder)

    @contextmanager
    def writing(self, key: Key) -> Iterator[Path]:
        """Give a folder to fill; it becomes the entry only when the block ends well."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = Path(mkdtemp(prefix=".", dir=self.folder))
        except OSError as problem:
            raise disk_error(problem, self.folder.name) from None
        try:
            yield aside
            files = {path.name: _hash(path) for path in sorted(aside.iterdir())}
            provenance = {"key": key.parts, "files": files}
            (aside / "provenance.json").write_text(
                json.dumps(provenance, indent=1, sort_keys=True), "utf8"
            )
            target = self.folder / key.digest
            try:
                aside.rename(target)
            except OSError:
                # Another writer was first with the same key, hence with the same bytes.
                if not target.is_dir():
                    raise
        except OSError as problem:
            raise disk_error(problem, self.folder.name) from None
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def latest(self, name: str) -> dict[str, str]:
        """Parts of the key with which a figure was last built, for `explorable why`."""
        return self._built().get(name, {})

    def aged(self, name: str) -> Entry | None:
        """The entry with which a figure was last built, whatever has changed since."""
        parts = self.latest(name)
        return self.find(Key(parts)) if parts else None

    def _built(self) -> dict[str, dict[str, str]]:
        path = self.folder.parent / "built.json"
        built: dict[str, dict[str, str]] = (
            json.loads(path.read_text("utf8")) if path.is_file() else {}
        )
        return built

    def remember(self, keys: dict[str, Key], *, beside: bool = False) -> None:
        """Keep the keys of this build by the name of each figure; `beside` those kept before."""
        path = self.folder.parent / "built.json"
        aside = path.with_suffix(".new")
        built = self._built() if beside else {}
        built |= {name: key.parts for name, key in keys.items()}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(built, indent=1, sort_keys=True), "utf8")
            aside.replace(path)
        except OSError as problem:
            aside.unlink(missing_ok=True)
            raise disk_error(problem, self.folder.parent.name) from None


def _whole(folder: Path) -> bool:
    try:
        files: dict[str, str] = json.loads((folder / "provenance.json").read_text("utf8"))["files"]
        return all(_hash(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError):
        return False


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
