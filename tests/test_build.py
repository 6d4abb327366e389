"""The whole program on a small project: warm builds, interruption, byte-identical sites."""

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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
QUICK = ARTICLE.rsplit("\n:::{network}", 1)[0]


def build(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--root", str(project)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        # Two or three small figures: a second process would only load PyTorch again.
        env={**os.environ, "EXPLORABLE_JOBS": "1", **environment},
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
    # A listener that refuses torch shows that nobody asks for it.
    trap = built / "trap"
    trap.mkdir()
    (trap / "sitecustomize.py").write_text(
        "import sys\n"
        "def heard(event, given):\n"
        "    if event == 'import' and given[0] == 'torch':\n"
        "        raise RuntimeError('torch was imported')\n"
        "sys.addaudithook(heard)\n"
    )
    done = build(built, PYTHONPATH=str(trap))
    assert done.returncode == 0, done.stderr
    assert "computing" not in done.stdout
    assert done.stdout.count("from the store") == 2


EVERY_KIND = (
    QUICK
    + """
:::{units}
:name: fig-units
:model: plain-mlp
:layers: [second]
:steps: [0, 4]
:::

:::{projector}
:name: fig-map
:model: plain-mlp
:layers: [second]
:count: 60
:perplexity: 8
:::

:::{chart}
:name: fig-loss
:model: plain-mlp
:history: loss
:::
"""
)


def every_kind(folder: Path) -> Path:
    project(folder)
    (folder / "articles/slug/index.md").write_text(EVERY_KIND)
    return folder


def ours(folder: Path) -> Path:
    for part in ("articles", "models"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.mark.parametrize(
    "make", [every_kind, *([ours] if os.environ.get("EXPLORABLE_TRIAL") else [])]
)
def test_two_cold_builds_give_the_same_bytes(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    one, other = make(tmp_path / "here"), make(tmp_path / "and/elsewhere")
    assert build(one, EXPLORABLE_JOBS="2").returncode == 0
    assert build(other, PYTHONHASHSEED="7", EXPLORABLE_JOBS="0").returncode == 0
    names = files(one / "site")
    assert files(other / "site") == names
    assert filecmp.cmpfiles(one / "site", other / "site", names, shallow=False)[1:] == ([], [])


@pytest.mark.parametrize("jobs", ["-1", "many"])
def test_a_number_of_jobs_that_is_none_is_refused(tmp_path: Path, jobs: str) -> None:
    done = build(project(tmp_path), EXPLORABLE_JOBS=jobs)
    assert done.returncode == 1
    assert f"EXPLORABLE_JOBS is '{jobs}'" in done.stderr
    assert "give a number from 0 upwards" in done.stderr


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


@pytest.mark.long
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


SLOW = """
:::{units}
:name: fig-slow
:model: residual-net
:steps: [0, 4000]
:::
"""


# The quick run interrupts once, the way that people do.
WAYS = 3 if os.environ.get("EXPLORABLE_TRIAL") else 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("environment", "whole_group"),
    [({}, True), ({"EXPLORABLE_JOBS": "2"}, False), ({"EXPLORABLE_JOBS": "1"}, False)][:WAYS],
    ids=["a terminal's Ctrl-C", "two processes", "one process"][:WAYS],
)
def test_ctrl_c_keeps_finished_figures_and_the_old_site(
    tmp_path: Path, environment: dict[str, str], whole_group: bool
) -> None:
    """A terminal interrupts every process of the build, `kill -INT` only the first."""
    folder = project(tmp_path)
    article = folder / "articles/slug/index.md"
    article.write_text(QUICK + SLOW)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("old")
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--root", str(folder)],
        cwd=ROOT, env={**os.environ, **environment}, start_new_session=True,
        # A shell's background jobs are born deaf to it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    store = folder / ".explorable/store"
    until = time.monotonic() + 300
    while not list(store.glob("[!.]*/payload.json")) and time.monotonic() < until:
        time.sleep(0.05)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1
    assert said.strip() == "stopped; finished figures are kept and the old site is untouched"
    assert (folder / "site/index.html").read_text() == "old"
    assert no_process_is_left(process.pid)
    article.write_text(QUICK)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "computing" not in done.stdout


def no_process_is_left(group: int) -> bool:
    """Whether all processes of a group end soon."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def limited(folder: Path, size: int) -> subprocess.CompletedProcess[str]:
    """A build whose files may not grow beyond `size` bytes: a disk that fills up in the middle."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    program = f"{limit}; from generator.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "build", "--root", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "where"), [(200_000, "site"), (4_000, ".explorable")], ids=["site", "record of keys"]
)
def test_a_disk_that_fills_up_while_writing_the_site(built: Path, size: int, where: str) -> None:
    before = {name: (built / "site" / name).read_bytes() for name in files(built / "site")}
    (built / ".explorable/built.json").unlink(missing_ok=True)
    done = limited(built, size)
    assert done.returncode == 1
    assert done.stderr == (
        f"{where}: a file would grow over the size limit; the old site is untouched\n"
        "  hint: raise the limit and build again\n"
    )
    assert {name: (built / "site" / name).read_bytes() for name in files(built / "site")} == before
    assert not list(built.glob(".site-*"))
    assert not list(built.glob(".explorable/.*"))


@pytest.mark.long
def test_a_disk_that_fills_up_while_keeping_what_was_computed(tmp_path: Path) -> None:
    folder = project(tmp_path)
    chart = ":::{chart}\n:name: fig-a\n:model: plain-mlp\n:history: loss\n:::\n"
    (folder / "articles/slug/index.md").write_text(ARTICLE.split(":::")[0] + chart)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("old")
    done = limited(folder, 4_000)
    assert done.returncode == 1
    assert done.stderr == (
        "store: a file would grow over the size limit; the old site is untouched\n"
        "  hint: raise the limit and build again\n"
    )
    assert (folder / "site/index.html").read_text() == "old"
    assert not list((folder / ".explorable/store").iterdir())
    assert build(folder).returncode == 0
