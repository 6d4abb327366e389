"""CommonMark's own examples, from the specification's package (CC BY-SA 4.0, not shipped)."""

import re
import tomllib
from pathlib import Path

import pytest

from generator.errors import GeneratorError
from generator.settings import Settings
from tests.writing import Desk

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "node_modules/commonmark-spec/spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
PLAIN = Settings(unsafe_html=True, extensions=False)


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str]]:
    """Markdown and HTML; the specification draws tabs as arrows."""
    found = EXAMPLE.findall(SPEC.read_text("utf8").replace("→", "\t"))
    assert len(found) == 652
    return [(text, html) for text, html in found]


def read(desk: Desk, text: str, about: Settings) -> str:
    found = desk.html(text, about=about)
    return found + "\n" if found else ""


def test_every_example_reads_as_specified_without_extensions(
    desk: Desk, examples: list[tuple[str, str]]
) -> None:
    wrong = {
        number: text
        for number, (text, html) in enumerate(examples, start=1)
        if read(desk, text, PLAIN).strip() != html.strip()
    }
    assert wrong == {}


def test_with_our_defaults_those_differ_that_are_listed_with_a_reason(
    desk: Desk, examples: list[tuple[str, str]]
) -> None:
    listed = tomllib.loads((Path(__file__).parent / "commonmark.toml").read_text("utf8"))
    reasons = {number: why["why"] for why in listed["differs"] for number in why["examples"]}
    differing = set()
    for number, (text, html) in enumerate(examples, start=1):
        try:
            same = read(desk, text, Settings()).strip() == html.strip()
        except GeneratorError:
            same = False
        if not same:
            differing.add(number)
    assert differing == set(reasons)
    assert all(len(why) > 20 for why in reasons.values())
