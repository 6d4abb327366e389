"""Results that several figures share, kept beside the store and looked up by key as it is.

An entry is one layer's answers to the test examples of a dataset. Its key is that part of the
figure's own key which the answers depend on, so that neither can be right without the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from generator.aside import discard, locked
from generator.cards import DatasetCard, ModelCard
from generator.code import Code
from generator.errors import SiteError
from generator.keys import Key, answers_key
from generator.store import PROVENANCE, Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.resolve import Figure

FILE = "answers.npy"
APART = ("format", "kind", "layer")


class Shared:
    """What one figure's key vouches for."""

    def __init__(self, figure: Figure, known: Key, store: Store) -> None:
        self.figure, self.known = figure, known
        self.store = Store(store.shared)
        self.code = store.code

    def keeper(self, model: ModelCard, dataset: DatasetCard) -> ForAnswers:
        """Keeps the answers of a model to a dataset."""
        return ForAnswers(self, model, dataset)


class ForAnswers:
    """See `generator.compute.answers.Keeper`."""

    def __init__(self, shared: Shared, model: ModelCard, dataset: DatasetCard) -> None:
        self.shared, self.model, self.dataset = shared, model, dataset
        self.store = shared.store
        self.key = self._vouched()

    def find(self, layer: str) -> NDArray[np.float32] | None:
        """The kept answers, mapped."""
        import numpy as np

        entry = self.store.find(self._key(layer))
        if entry is None:
            return None
        kept: NDArray[np.float32] = np.load(entry.folder / FILE, mmap_mode="r")
        return kept

    def turn(self) -> AbstractContextManager[None]:
        """One process at a time for each model."""
        return locked(self.model.folder)

    @contextmanager
    def keeping(self, layer: str) -> Iterator[IO[bytes]]:
        """A file; what is kept of other weights, data or code makes way for it.

        Raises:  SiteError where the disk refuses, or the sources have changed meanwhile.
        """
        key = self._key(layer)
        with self.store.writing(key) as folder:
            with (folder / FILE).open("wb") as file:
                yield file
            self._vouched()
        self._forget_others(key)

    def _key(self, layer: str) -> Key:
        return Key({**self.key.parts, "layer": layer})

    def _vouched(self) -> Key:
        """The key of the answers as things stand, if the figure's key says the same of them."""
        found = answers_key(self.model, self.dataset, Code(self.shared.code))
        known = self.shared.known.parts
        if any(known.get(part) != found.parts[part] for part in {*found.parts} - {*APART}):
            name = self.shared.figure.name
            raise SiteError(f"what {name} is made of was changed", hint="build again")
        return found

    def _forget_others(self, key: Key) -> None:
        about = _about(key.parts)
        for folder in self.store.folder.glob("[!.]*"):
            if folder.name != key.digest and _about(_parts(folder)) == about:
                discard(folder)


def _about(parts: dict[str, Any]) -> tuple[Any, ...]:
    return parts.get("kind"), parts.get("layer")


def _parts(folder: Path) -> dict[str, Any]:
    try:
        parts = json.loads((folder / PROVENANCE).read_bytes())["key"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return parts if isinstance(parts, dict) else {}
