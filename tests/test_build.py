"""The whole program on a small project: warm builds, interruption, byte-identical sites."""

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOREIGN = ROOT / "tests/sites/foreign"
ARTICLE = """---
title: T
description: D
date: 2026-01-02
---

:::{network}
:name: fig-a
:model: plain-mlp
:::

:::{network}
:name: fig-b
:model: residual-net
:::
"""


def build(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--root", str(project)],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def project(folder: Path) -> Path:
    shutil.copytree(FOREIGN / "models", folder / "models")
    (folder / "articles/slug").mkdir(parents=True)
    (folder / "articles/slug/index.md").write_text(ARTICLE)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("built"))
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "computing 2 of 2 figures" in done.stdout
    return folder


def files(site: Path) -> list[str]:
    return sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())


def test_a_second_build_computes_nothing_and_loads_no_torch(built: Path) -> None:
    # A torch that cannot be imported shows that nobody asks for it.
    trap = built / "trap"
    (trap / "torch").mkdir(parents=True, exist_ok=True)
    (trap / "torch/__init__.py").write_text("raise RuntimeError('torch was imported')\n")
    done = build(built, PYTHONPATH=str(trap))
    assert done.returncode == 0, done.stderr
    assert "computing" not in done.stdout
    assert done.stdout.count("from the store") == 2


def test_two_cold_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = project(tmp_path / "elsewhere")
    assert build(other, EXPLORABLE_JOBS="1").returncode == 0
    names = files(built / "site")
    assert files(other / "site") == names
    assert filecmp.cmpfiles(built / "site", other / "site", names, shallow=False)[1:] == ([], [])


def test_no_file_of_the_site_names_a_folder_of_this_machine(built: Path) -> None:
    for path in (built / "site").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for folder in (ROOT, built):
                assert str(folder).encode() not in content, path


def test_a_change_of_words_computes_nothing(built: Path) -> None:
    article = built / "articles/slug/index.md"
    article.write_text(ARTICLE.replace("title: T", "title: Another title"))
    done = build(built)
    article.write_text(ARTICLE)
    assert "computing" not in done.stdout
    assert "Another title" in (built / "site/index.html").read_text()


def test_a_damaged_entry_is_computed_again(built: Path) -> None:
    damaged = next((built / ".explorable/store").glob("*/payload.json"))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    done = build(built)
    assert "computing 1 of 2 figures" in done.stdout
    assert done.returncode == 0, done.stderr


def test_why_names_what_changed(built: Path) -> None:
    article = built / "articles/slug/index.md"
    article.write_text(ARTICLE.replace(":model: plain-mlp", ":model: plain-mlp\n:seed: 3"))
    command = [sys.executable, "-m", "generator", "why", "fig-a", "--root", str(built)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    article.write_text(ARTICLE)
    assert "slug/fig-a will be computed again:" in said
    assert "changed: options" in said


def test_ctrl_c_keeps_finished_figures_and_the_old_site(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("old")
    command = [sys.executable, "-m", "generator", "build", "--root", str(folder)]
    environment = {**os.environ, "EXPLORABLE_JOBS": "1"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    store = folder / ".explorable/store"
    until = time.monotonic() + 300
    while not list(store.glob("[!.]*/payload.json")) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1
    assert said.strip() == "stopped; finished figures are kept and the old site is untouched"
    assert (folder / "site/index.html").read_text() == "old"
    done = build(folder)
    assert "computing 1 of 2 figures" in done.stdout
