"""Kills, crowds, damage, full and read-only disks, all of them real: the site is always whole.

Seeded: a sample in the quick run, all of them with EXPLORABLE_TRIAL=1.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path
from random import Random

import pytest

from generator.keys import Key
from generator.store import Store
from tests.authorsite import build_here, make, replace

ROOT = Path(__file__).parents[1]
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
KILLS = range(50) if TRIAL else (1,)
# Each process that computes takes seconds to load PyTorch, so a quick run has one.
ENVIRONMENT = {**os.environ} if TRIAL else {**os.environ, "EXPLORABLE_JOBS": "1"}
ARTICLE = "articles/slug/index.md"
Site = dict[str, bytes]


def site(project: Path) -> Site:
    """Every file of the built site."""
    folder = project / "site"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def start(project: Path, *before: str) -> subprocess.Popen[str]:
    """A build in a group of its own processes, with a command in front if one is given."""
    command = [*before, sys.executable, "-m", "generator", "build", "--root", str(project)]
    return subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, text=True, env=ENVIRONMENT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(build: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and what was said of the mistake."""
    said = build.communicate()[1]
    return build.returncode, said


def edit(project: Path) -> None:
    """An edit that reaches the prose, one figure's picture and no other's."""
    replace(project, ARTICLE, "title: T", "title: Another")
    replace(project, ARTICLE, ":history: loss", ":history: loss\n:log: true")


def no_litter(project: Path) -> None:
    """Nothing half-made is left behind, and every entry of the store is whole."""
    assert sorted(path.name for path in project.glob(".*")) == [".explorable"]
    kept = project / ".explorable"
    assert not [path for folder in (kept, kept / "store") for path in folder.glob(".*")]
    store = Store(kept / "store")
    for entry in store.folder.iterdir() if store.folder.is_dir() else ():
        parts = json.loads((entry / "provenance.json").read_text())["key"]
        assert store.find(Key(parts)), entry


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site is built."""
    folder = tmp_path_factory.mktemp("old")
    make(folder)
    build_here(folder)
    return folder


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, float]:
    """The site after the edit, from a cold build, and how long that took."""
    folder = tmp_path_factory.mktemp("new")
    make(folder)
    edit(folder)
    began = time.monotonic()
    assert ended(start(folder)) == (0, "")
    return site(folder), time.monotonic() - began


@pytest.fixture
def project(old: Path, tmp_path: Path) -> Path:
    """A copy of the project to spoil."""
    return Path(shutil.copytree(old, tmp_path / "project"))


@pytest.mark.long
@pytest.mark.parametrize("seed", KILLS)
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(
    old: Path, new: tuple[Site, float], project: Path, seed: int
) -> None:
    """At a random moment, of the whole build or of its last part, where it writes."""
    random = Random(seed)
    moment = random.uniform(0.7 * (seed % 2), 1.1) * new[1]
    edit(project)
    if seed % 3 == 0:
        shutil.rmtree(project / ".explorable")
    build = start(project)
    time.sleep(moment)
    os.killpg(build.pid, signal.SIGKILL)
    ended(build)
    assert site(project) in (site(old), new[0])
    assert ended(start(project)) == (0, "")
    assert site(project) == new[0]
    no_litter(project)


if TRIAL:

    def test_two_builds_at_once_make_one_whole_site(
        new: tuple[Site, float], tmp_path: Path
    ) -> None:
        make(tmp_path)
        edit(tmp_path)
        builds = [start(tmp_path), start(tmp_path)]
        assert [ended(build) for build in builds] == [(0, ""), (0, "")]
        assert site(tmp_path) == new[0]
        no_litter(tmp_path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other(path: Path) -> None:
    path.write_text("[]")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def extra(path: Path) -> None:
    path.with_name("more.bin").write_bytes(b"1")


FILES = ("payload.json", "provenance.json", "still.svg", "still-dark.svg", "chart-main.json")


HARMS = [cut, flip, empty, other, folder, extra, Path.unlink]
DAMAGES = list(product(FILES, HARMS))


@pytest.mark.parametrize(("name", "harm"), DAMAGES if TRIAL else Random(0).sample(DAMAGES, 7))
def test_a_damaged_entry_is_noticed_and_made_again(
    old: Path, project: Path, name: str, harm: Callable[[Path], None]
) -> None:
    entry = sorted((project / ".explorable/store").iterdir())[0]
    before = {path.name: sha256(path.read_bytes()).digest() for path in entry.iterdir()}
    harm(entry / name)
    build_here(project)
    assert {path.name: sha256(path.read_bytes()).digest() for path in entry.iterdir()} == before
    assert site(project) == site(old)
    no_litter(project)


@pytest.mark.parametrize(
    ("name", "harm"),
    [*product(["built.json", "code.json"], [cut, empty, other])]
    if TRIAL
    else [("built.json", cut), ("code.json", other)],
)
def test_a_damaged_record_is_made_again(
    old: Path, project: Path, name: str, harm: Callable[[Path], None]
) -> None:
    record = project / ".explorable" / name
    before = record.read_bytes()
    harm(record)
    build_here(project)
    assert record.read_bytes() == before
    assert site(project) == site(old)


def test_a_file_in_the_place_of_an_entry_is_replaced(old: Path, project: Path) -> None:
    entry = sorted((project / ".explorable/store").iterdir())[0]
    shutil.rmtree(entry)
    entry.write_text("a file")
    build_here(project)
    assert entry.is_dir()
    assert site(project) == site(old)


def mount(*command: str) -> bool:
    """Whether the system lets us mount, which takes more than being root."""
    return subprocess.run(["mount", *command], capture_output=True, check=False).returncode == 0


class Disk:
    """A disk of its own for a project; where none can be mounted, a limit on the size of files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.mounted = mount("-t", "tmpfs", "-o", "size=99m", "tmpfs", str(folder))

    def build(self, room: int) -> tuple[int, str]:
        """Build with so many bytes left."""
        project = self.folder / "project"
        if not self.mounted:
            return ended(start(project, "prlimit", f"--fsize={room}"))
        stat = os.statvfs(self.folder)
        used = (stat.f_blocks - stat.f_bfree) * stat.f_frsize
        assert mount("-o", f"remount,size={used + room}", str(self.folder))
        done = ended(start(project))
        assert mount("-o", "remount,size=99m", str(self.folder))
        return done

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)


@pytest.fixture
def disk(old: Path, tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "disk")
    try:
        shutil.copytree(old, disk.folder / "project")
        edit(disk.folder / "project")
        yield disk
    finally:
        disk.close()


if TRIAL:

    def test_a_full_disk_is_said_and_nothing_is_lost(
        old: Path, new: tuple[Site, float], disk: Disk
    ) -> None:
        """With no room at all, with room for a part of a figure, and for a part of the site."""
        project = disk.folder / "project"
        for room in (0, 16_384, 1_000_000, 4_000_000):
            status, said = disk.build(room)
            assert status == 1
            full = "the disk is full" if disk.mounted else "a file would grow over the size limit"
            assert f": {full}; the old site is untouched\n  hint: " in said
            assert said.count("\n") == 2, said
            assert site(project) == site(old)
            no_litter(project)
        assert disk.build(90_000_000) == (0, "")
        assert site(project) == new[0]


@pytest.fixture
def read_only(project: Path) -> Iterator[Callable[[Path], bool]]:
    """Makes a folder read-only, also for root; says whether it could be done by mounting."""
    done: list[Path] = []

    def make_so(folder: Path) -> bool:
        by_mounting = mount("--bind", str(folder), str(folder))
        if by_mounting:
            done.append(folder)
            assert mount("-o", "remount,bind,ro", str(folder))
        else:
            folder.chmod(0o555)
        return by_mounting

    yield make_so
    for folder in done:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    project.chmod(0o755)


@pytest.mark.long
def test_a_site_that_cannot_be_exchanged_is_said_and_kept(
    old: Path, project: Path, read_only: Callable[[Path], bool]
) -> None:
    edit(project)
    # A folder that may not be written can still be exchanged; what is mounted cannot.
    by_mounting = read_only(project / "site")
    status, said = ended(start(project))
    if by_mounting:
        assert (status, said.splitlines()[0]) == (
            1,
            "site: the folder is a mount point, which cannot be exchanged for another; "
            "the old site is untouched",
        )
        assert site(project) == site(old)
    no_litter(project)


def test_a_project_that_may_not_be_written_is_said_and_kept(
    old: Path, project: Path, read_only: Callable[[Path], bool]
) -> None:
    edit(project)
    by_mounting = read_only(project)
    status, said = ended(start(project))
    what = "the file system is read-only" if by_mounting else "the folder may not be written"
    assert (status, said.split(";")[0]) == (1, f"store: {what}")
    assert site(project) == site(old)


def test_a_file_in_the_place_of_the_site_is_said_and_kept(project: Path) -> None:
    shutil.rmtree(project / "site")
    (project / "site").write_text("notes")
    status, said = ended(start(project))
    assert (status, said) == (
        1, "site: a file lies where the site should be built\n  hint: move it\n"
    )  # fmt: skip
    assert (project / "site").read_text() == "notes"


def test_a_link_in_the_place_of_the_site_is_followed(
    old: Path, project: Path, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    (project / "site").rename(served)
    (project / "site").symlink_to(served)
    (served / "index.html").write_text("older")
    assert ended(start(project)) == (0, "")
    assert (project / "site").is_symlink()
    assert site(project) == site(old)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "served"]
