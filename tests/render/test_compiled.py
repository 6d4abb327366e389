"""Compiled templates outlive a build, and never what they were compiled from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.render.compiled import Compiled


def built(folder: Path) -> tuple[str, int]:
    """What the page says in a build of its own, and how many templates were compiled for it."""
    compiled, counted = Compiled(folder / "kept/templates.json"), 0

    class Counting(Environment):
        def _compile(self, source: str, filename: str) -> object:
            nonlocal counted
            counted += 1
            return super()._compile(source, filename)

    environment = Counting(loader=FileSystemLoader(folder), bytecode_cache=compiled)
    said = environment.get_template("page.html").render(name="you")
    compiled.keep()
    return said, counted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "head.html").write_text("Dear ")
    (tmp_path / "page.html").write_text('{% include "head.html" %}{{ name }}')
    assert built(tmp_path) == ("Dear you", 2)
    return tmp_path


def test_a_second_build_compiles_nothing(folder: Path) -> None:
    assert built(folder) == ("Dear you", 0)


def test_an_edit_compiles_what_was_edited(folder: Path) -> None:
    (folder / "head.html").write_text("Hello ")
    assert built(folder) == ("Hello you", 1)
    assert built(folder) == ("Hello you", 0)


def cut(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-20])


def changed(kept: Path) -> None:
    """One letter of the code, which Python would run, or fall over."""
    text = kept.read_text()
    place = text.index('": "') + 40
    kept.write_text(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :])


def unreadable(kept: Path) -> None:
    kept.unlink()
    kept.mkdir()


@pytest.mark.parametrize("harm", [cut, changed, Path.unlink, unreadable])
def test_what_is_damaged_is_compiled_again(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder / "kept/templates.json")
    assert built(folder) == ("Dear you", 2)
