"""A process with PyTorch and its exporter loaded, which splits into those that build for tests.

What a command does by itself has its own tests; pages need a site to stand on, and loading the
libraries takes longer than most figures.
"""

import os
from multiprocessing import get_context
from pathlib import Path

from generator.cli import main

ROOT = Path(__file__).parents[1]
_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.warm"])


def build(project: Path) -> None:
    """Build a project's site as `explorable build` does.

    Raises:  AssertionError with all that the command says where it does not end well.
    """
    said = project.with_name(project.name + ".txt")
    process = _SERVER.Process(target=_build, args=(project, said))
    process.start()
    process.join()
    assert process.exitcode == 0, said.read_text("utf8")


def _build(project: Path, said: Path) -> None:
    with said.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(ROOT)
    os.environ["EXPLORABLE_JOBS"] = "0"
    main(["build", "--root", str(project)])
