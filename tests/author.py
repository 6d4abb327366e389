"""What an author does: writes files in a folder and runs the commands there."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
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
        """As if the package were installed; a second process would only load PyTorch again."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "EXPLORABLE_JOBS": "1"}

    def run(self, *words: str, status: int = 0, **environment: str) -> str:
        """Run a command in the project and give what it says, errors included."""
        done = subprocess.run(
            self.command(*words), cwd=self.folder, env={**self.environment, **environment},
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


class Serving:
    """`explorable serve` at work in an author's folder."""

    def __init__(self, author: Author, *words: str) -> None:
        self.process = subprocess.Popen(
            author.command("serve", *words), cwd=author.folder,
            env={**author.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.wait_for(r"serving (http://\S+/)").group(1)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.said.extend(lines)

    def wait_for(self, pattern: str, since: int = 0, patience: float = 120) -> re.Match[str]:
        """Wait until the terminal shows a pattern, after its first `since` lines."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if match := re.search(pattern, "".join(self.said[since:])):
                return match
            assert self.process.poll() is None, "".join(self.said)
            time.sleep(0.02)
        raise AssertionError(f"no {pattern!r} in:\n{''.join(self.said)}")

    def end(self) -> int:
        """Press Ctrl-C and wait for the end."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(30)
        self._reader.join(5)
        return status
