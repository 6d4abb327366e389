"""All code and every library that a figure reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.code import Code, Owner


@dataclass
class Closure:
    """Files by name with the hash of their code, and distributions by version."""

    code: Code
    modules: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)

    def add(self, path: Path, owner: Owner) -> None:
        """Take in one file and everything that it imports, at any depth.

        Raises:  its owner's error where an author's file cannot be parsed.
        """
        waiting = [(path, owner)]
        while waiting:
            path, owner = waiting.pop()
            if path in self.files:
                continue
            self.files.add(path)
            reached = self.code.reached(path, owner)
            self.modules[reached.label] = reached.digest
            self.libraries |= reached.libraries
            waiting.extend(reached.files)
