"""Where the parts of an author's project lie."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.errors import SiteError
from generator.settings import Settings, settings


@dataclass(frozen=True)
class Project:
    """A folder with ``articles/`` and ``models/``; ``site/`` and the store are made there."""

    root: Path
    url: str = ""

    def at(self, url: str) -> Project:
        """The same project with this address of its site, whatever its settings say, unless ""."""
        return replace(self, url=url)

    @cached_property
    def settings(self) -> Settings:
        """What the site says of itself; read once, when first asked for."""
        return settings(self.root, self.url)

    @property
    def articles(self) -> Path:
        """Articles, one folder each."""
        return self.root / "articles"

    @property
    def models(self) -> Path:
        """Models, one folder each, and ``datasets/``."""
        return self.root / "models"

    @property
    def figures(self) -> Path:
        """The author's own kinds of figures, one folder each."""
        return self.root / "figures"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"

    @property
    def store(self) -> Path:
        """Finished payloads by key; safe to delete."""
        return self.root / ".explorable" / "store"

    @property
    def compiled(self) -> Path:
        """Where compiled templates outlive a build."""
        return self.root / ".explorable" / "templates.json"

    @property
    def common(self) -> Path | None:
        """A folder of payloads that several projects share, where EXPLORABLE_STORE names one.

        Raises:  SiteError where it names what is no folder.
        """
        named = os.environ.get("EXPLORABLE_STORE", "")
        if named and not Path(named).is_dir():
            raise SiteError(
                f"EXPLORABLE_STORE is {named!r}, which is no folder", hint="make it, or unset it"
            )
        return Path(named).resolve() if named else None
