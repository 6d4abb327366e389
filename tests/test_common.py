"""A store that several projects share: a lab's folder, or one that CI keeps between its runs."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.author import LOSS, Author

TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one project has laid its only figure."""
    folder = tmp_path_factory.mktemp("common")
    first = someone(tmp_path_factory.mktemp("first"))
    assert "1 figure" in (said := first.run("build", EXPLORABLE_STORE=str(folder))), said
    assert len(kept(folder)) == 1
    return folder


def someone(folder: Path) -> Author:
    author = Author(folder)
    author.model("plain-mlp", "small-digits")
    author.article("one", LOSS.format("fig-loss", "loss"))
    return author


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def test_what_one_project_has_computed_another_takes_over(common: Path, tmp_path: Path) -> None:
    second = someone(tmp_path)
    said = second.run("build", EXPLORABLE_STORE=str(common))
    assert "computing" not in said
    own = kept(tmp_path / ".explorable/store")
    assert [path.name for path in own] == [path.name for path in kept(common)]
    # The project is whole without the folder that it was taken from.
    assert "computing" not in second.run("build")


@pytest.mark.long
def test_two_at_once_mend_a_damaged_entry(common: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(common, tmp_path / "damaged")
    (kept(folder)[0] / "payload.json").write_text("{}")
    running = [
        subprocess.Popen(
            author.command("build"), cwd=author.folder, stdout=subprocess.PIPE, text=True,
            env={**author.environment, "EXPLORABLE_STORE": str(folder)},
        )
        for author in (someone(tmp_path / "a"), someone(tmp_path / "b"))
    ]  # fmt: skip
    said = [build.communicate()[0] for build in running]
    assert [build.returncode for build in running] == [0, 0]
    assert any("computing" in one for one in said)
    good, mended = ((kept(one)[0] / "payload.json").read_bytes() for one in (common, folder))
    assert mended == good
    assert len(list(folder.iterdir())) == 1, "something was left behind"


@pytest.mark.parametrize("there", [True, False] if TRIAL else [True])
def test_a_folder_that_is_only_for_reading_serves(
    common: Path, tmp_path: Path, there: bool
) -> None:
    folder = shutil.copytree(common, tmp_path / "common") if there else tmp_path / "common"
    folder.mkdir(exist_ok=True)
    project = someone(tmp_path / "project")
    before = kept(folder)
    # Not even root may write here, if root it is.
    locked = subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=False).returncode
    try:
        if locked == 0:
            for path in kept(common) if there else ():
                shutil.copytree(path, folder / path.name)
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        else:
            folder.chmod(0o555)
            if os.access(folder, os.W_OK):
                pytest.fail("no folder can be made that is only for reading")
        said = project.run("build", EXPLORABLE_STORE=str(folder))
        assert ("computing" in said) is not there
        assert len(kept(folder)) == len(before)
    finally:
        if locked == 0:
            subprocess.run(["umount", str(folder)], check=True)
        folder.chmod(0o755)
    site = json.loads((tmp_path / "project/.explorable/built.json").read_text())
    assert list(site) == ["one/fig-loss"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    said = someone(tmp_path).run("build", status=1, EXPLORABLE_STORE=str(tmp_path / "lab"))
    assert f"EXPLORABLE_STORE is '{tmp_path}/lab', which is no folder" in said
    assert "hint: make it, or unset it" in said
