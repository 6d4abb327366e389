"""explorable pack: a zip that any computer with Python shows to a class."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from generator.errors import SiteError
from generator.pack import pack
from generator.project import Project
from tests.authorsite import write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A built site with a file of every sort that browsers are particular about."""
    write(tmp_path, "explorable.toml", 'name = "Tea & Toast"\n')
    for name in ("index.html", "404.html", "articles/one/index.html", "assets/a1/js/m.js"):
        write(tmp_path, f"site/{name}", f"this is {name}")
    for name in (
        "assets/e.wasm",
        "assets/a1/vendor/o.mjs",
        "assets/w.safetensors",
        "assets/p.webp",
    ):
        write(tmp_path, f"site/{name}", f"this is {name}")
    write(tmp_path, "site/.gitignore", "*")
    return Project(tmp_path)


@pytest.fixture
def shown(project: Project, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The zip, unpacked and started by Python without any library; its address and its process."""
    with zipfile.ZipFile(pack(project)) as packed:
        packed.extractall(tmp_path / "class room")
    start = tmp_path / "class room/tea-toast/start.py"
    command = [sys.executable, "-S", "-E", str(start), "--port", "0", "--quiet"]
    # Where the tests themselves run in the background, Ctrl-C is ignored by what they start.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd="/", preexec_fn=heeds
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        yield said, process
        process.kill()


def test_the_zip_holds_the_whole_site_and_is_the_same_each_time(project: Project) -> None:
    target = pack(project)
    assert target == project.root / "tea-toast.zip"
    first = target.read_bytes()
    with zipfile.ZipFile(target) as packed:
        names = packed.namelist()
        assert packed.read("tea-toast/README.txt").decode().startswith("Tea & Toast, for a class")
    assert len(names) == 3 + 8
    assert {"tea-toast/start.py", "tea-toast/qr.py", "tea-toast/site/assets/e.wasm"} <= {*names}
    assert not any(".gitignore" in name for name in names)
    (project.site / "index.html").touch()
    assert pack(project).read_bytes() == first


def test_files_are_served_as_browsers_want_them_and_nothing_else_is(
    shown: tuple[str, subprocess.Popen[str]],
) -> None:
    said, process = shown
    found = re.search(r"On this computer:   (http://localhost:\d+/)", said)
    assert found is not None
    home = found.group(1)
    wanted = {
        "": "text/html; charset=utf-8",
        "assets/e.wasm": "application/wasm",
        "assets/a1/vendor/o.mjs": "text/javascript; charset=utf-8",
        "assets/a1/js/m.js": "text/javascript; charset=utf-8",
        "assets/w.safetensors": "application/octet-stream",
        "assets/p.webp": "image/webp",
    }
    for name, kind in wanted.items():
        with urlopen(home + name) as answer:
            assert answer.read().decode() == f"this is {name or 'index.html'}"
            assert answer.headers["Content-Type"] == kind
            assert ("immutable" in answer.headers["Cache-Control"]) == name.startswith("assets/")
    for name in ("nothing", "assets/", "../start.py", "%2e%2e/start.py", "articles/"):
        with pytest.raises(HTTPError) as problem:
            urlopen(home + name)
        assert problem.value.code == 404
        assert problem.value.read() == b"this is 404.html"
        problem.value.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_a_site_that_was_never_built_and_a_place_that_is_none_are_refused(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(SiteError, match="the zip cannot be written: No such file"):
        pack(project, tmp_path / "nowhere/a.zip")
    (project.site / "index.html").unlink()
    with pytest.raises(SiteError, match="site: the site was never built"):
        pack(project)


@pytest.fixture(scope="module")
def qr() -> ModuleType:
    spec = spec_from_file_location("qr", ROOT / "templates/pack/qr.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_correction_and_format_are_those_of_the_standard(qr: ModuleType) -> None:
    """The standard's table of formats for level L, and the example that textbooks compute."""
    assert [f"{qr.format_bits(mask):015b}" for mask in range(8)] == [
        "111011111000100", "111001011110011", "111110110101010", "111100010011101",
        "110011000101111", "110001100011000", "110110001000001", "110100101110110",
    ]  # fmt: skip
    data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    assert qr.correction(data, 10) == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23]


@pytest.mark.parametrize("length", [1, 17, 18, 32, 53, 78, 106])
def test_a_code_is_read_back_as_a_telephone_does(qr: ModuleType, length: int) -> None:
    text = ("http://192.168.178.23:8000/" * 4)[:length]
    grid = qr.code(text)
    side = len(grid)
    for row, column in ((0, 0), (0, side - 7), (side - 7, 0)):
        ring = [grid[row][column + i] for i in range(7)] + [grid[row + i][column] for i in range(7)]
        assert all(ring)
        assert not grid[row + 1][column + 1]
        assert grid[row + 3][column + 3]
    told = "".join("01"[grid[8][c]] for c in (0, 1, 2, 3, 4, 5, 7, 8))
    told += "".join("01"[grid[r][8]] for r in (7, 5, 4, 3, 2, 1, 0))
    mask = [f"{qr.format_bits(one):015b}" for one in range(8)].index(told)
    assert read(grid, mask, qr) == text


def read(grid: list[list[bool]], mask: int, qr: ModuleType) -> str:
    """Upwards and downwards in pairs of columns, past what is not data."""
    side, bits, up = len(grid), "", True

    def data(r: int, c: int) -> bool:
        corner = r < 9 and (c < 9 or c > side - 9) or r > side - 9 and c < 9
        inner = side > 21 and side - 10 < r < side - 4 and side - 10 < c < side - 4
        return not (corner or inner or r == 6 or c == 6)

    right = side - 1
    while right > 0:
        right -= right == 6
        for r in range(side - 1, -1, -1) if up else range(side):
            for c in (right, right - 1):
                if data(r, c):
                    bits += "01"[grid[r][c] != qr.MASKS[mask](r, c)]
        up, right = not up, right - 2
    assert bits[:4] == "0100"
    length = int(bits[4:12], 2)
    return bytes(int(bits[i : i + 8], 2) for i in range(12, 12 + 8 * length, 8)).decode()


def test_what_is_too_long_for_a_code_is_refused(qr: ModuleType) -> None:
    with pytest.raises(ValueError, match="too long"):
        qr.code("x" * 107)
