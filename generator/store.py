"""Finished payloads kept by content: looked up by key, checked, and written aside then renamed.

An entry is a folder ``<digest>/`` with ``payload.json``, the files that it names, and
``provenance.json``: the parts of the key, and the SHA-256 of every file. It is written aside, then
renamed; a damaged one is removed and computed again.

A second folder of entries may be shared by several projects, a lab's or one that CI keeps: what
lies there is taken over, and what is produced here is laid there too, if it may be written.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from generator.aside import LITTER, aside, discard, locked, sweep
from generator.disk import disk_error, put
from generator.keys import FORMAT, Key

PROVENANCE = "provenance.json"
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


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
        content: dict[str, Any] = json.loads((self.folder / PROVENANCE).read_text("utf8"))
        return content


@dataclass(frozen=True)
class Store:
    """A folder of entries; safe for concurrent writers of the same key."""

    folder: Path
    common: Path | None = None

    def find(self, key: Key) -> Entry | None:
        """Give the entry of a key if it is there and undamaged; a damaged one is removed.

        Raises:  SiteError where the disk refuses.
        """
        folder = self.folder / key.digest
        if _whole(folder):
            return Entry(folder)
        if folder.exists():
            self._clear(folder)
        if self.common and _whole(self.common / key.digest):
            try:
                _copy(self.common / key.digest, self.folder)
            except OSError as problem:
                raise disk_error(problem, self.folder.name) from None
            return Entry(folder) if _whole(folder) else None
        return None

    @contextmanager
    def writing(self, key: Key) -> Iterator[Path]:
        """Give a folder to fill; it becomes the entry only when the block ends well.

        Raises:  SiteError where the disk refuses.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with aside(self.folder, LITTER) as fresh:
                yield fresh
                files = {path.name: _hash(path) for path in sorted(fresh.iterdir())}
                provenance = {"key": key.parts, "files": files}
                content = json.dumps(provenance, indent=1, sort_keys=True)
                (fresh / PROVENANCE).write_text(content, "utf8")
                _settle(fresh, self.folder / key.digest)
        except OSError as problem:
            raise disk_error(problem, self.folder.name) from None
        if self.common:
            self._give(key, self.common)

    def sweep(self) -> None:
        """Remove what builds that were killed have left."""
        folders = (self.folder, self.folder.parent, self.shared, self.common)
        for folder in folders:
            if folder and folder.is_dir():
                sweep(folder, LITTER)

    def _give(self, key: Key, common: Path) -> None:
        """Lay an entry where others find it; a folder that is only for reading is left alone.

        Raises:  SiteError where the disk refuses otherwise; the entry itself is kept.
        """
        try:
            if not _whole(common / key.digest):
                _copy(self.folder / key.digest, common)
        except OSError as problem:
            if problem.errno not in READ_ONLY:
                raise disk_error(problem, str(common)) from None

    def _clear(self, folder: Path) -> None:
        """Look again under the lock: another build may just have put a whole entry there."""
        try:
            with locked(self.folder):
                if not _whole(folder):
                    discard(folder)
        except OSError as problem:
            raise disk_error(problem, self.folder.name) from None

    def latest(self, name: str) -> dict[str, str]:
        """Parts of the key with which a figure was last built, for `explorable why`."""
        built = self._built().get(name)
        return built if isinstance(built, dict) else {}

    def aged(self, name: str) -> Entry | None:
        """The entry with which a figure was last built, whatever else than its format changed."""
        parts = self.latest(name)
        return self.find(Key(parts)) if parts.get("format") == FORMAT else None

    def remember(self, keys: dict[str, Key], *, beside: bool = False) -> None:
        """Keep the keys of this build by the name of each figure; `beside` those kept before.

        Raises:  SiteError where the disk refuses.
        """
        before = self._built()
        built = before if beside else {}
        built = built | {name: key.parts for name, key in keys.items()}
        if built != before:
            put(self._record, json.dumps(built, indent=1, sort_keys=True).encode())

    @property
    def shared(self) -> Path:
        """Where results lie that several figures share."""
        return self.folder.parent / "shared"

    @property
    def code(self) -> Path:
        """Where parsed Python outlives a build."""
        return self.folder.parent / "code.json"

    @property
    def _record(self) -> Path:
        return self.folder.parent / "built.json"

    def _built(self) -> dict[str, dict[str, str]]:
        """What was remembered; nothing where it is absent or damaged."""
        try:
            built = json.loads(self._record.read_bytes())
        except (OSError, ValueError):
            return {}
        return built if isinstance(built, dict) else {}


def _copy(entry: Path, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    with aside(into, LITTER) as fresh:
        shutil.copytree(entry, fresh, dirs_exist_ok=True)
        _settle(fresh, into / entry.name)


def _settle(fresh: Path, target: Path) -> None:
    """Another writer may be first with the same key, hence with the same bytes."""
    with locked(target.parent):
        if not _whole(target):
            discard(target)
            fresh.rename(target)


def _whole(folder: Path) -> bool:
    """Whether the key names the folder, every file is there, and each has the bytes it had."""
    try:
        provenance = json.loads((folder / PROVENANCE).read_bytes())
        parts, files = provenance["key"], provenance["files"]
        names = {path.name for path in folder.iterdir()}
        return (
            Key(parts).digest == folder.name
            and names == {*files, PROVENANCE}
            and all(_hash(folder / name) == digest for name, digest in files.items())
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
