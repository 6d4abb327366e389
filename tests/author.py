"""What an author does: writes files in a folder and runs the commands there."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOREIGN = ROOT / "tests/sites/foreign/models"
FRONT = "---\ntitle: {}\ndescription: D\ndate: 2026-01-02\n---\n\n"
LOSS = ":::{{chart}}\n:name: {}\n:model: plain-mlp\n:history: {}\nHow it learned.\n:::\n\n"


class Author:
    """Someone with a project folder and a terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "site"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
        return path

    def article(self, slug: str, text: str, title: str = "T") -> Path:
        """Write an article with the least front matter, which ends on line 5."""
        return self.write(f"articles/{slug}/index.md", FRONT.format(title) + text)

    def model(self, name: str, dataset: str) -> None:
        """Take over a foreign model with its dataset."""
        shutil.copytree(FOREIGN / name, self.folder / "models" / name)
        datasets = self.folder / "models/datasets"
        shutil.copytree(FOREIGN / "datasets" / dataset, datasets / dataset, dirs_exist_ok=True)

    def command(self, *words: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "generator", *words]

    @property
    def environment(self) -> dict[str, str]:
        """As if the package were installed."""
        return {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command in the project and give what it says, errors included."""
        done = subprocess.run(
            self.command(*words), cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stdout
        assert "Traceback" not in done.stdout, done.stdout
        return done.stdout

    def run_in_terminal(self, *words: str) -> str:
        """Run a command on a terminal of 100 columns and give everything it draws."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            self.command(*words), cwd=self.folder, stdin=theirs, stdout=theirs, stderr=theirs,
            env={**self.environment, "COLUMNS": "100", "LINES": "40", "TERM": "xterm"},
        )  # fmt: skip
        os.close(theirs)
        drawn = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            drawn += part
        os.close(ours)
        assert process.wait() == 0, drawn.decode()
        return drawn.decode()
