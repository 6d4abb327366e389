"""WRITING.md is true: its examples can be read, and it names every role and directive."""

import re
from pathlib import Path

import pytest

from generator.read.directives import directives
from generator.read.roles import roles
from tests.page import Look
from tests.writing import DOT, Desk

TEXT = (Path(__file__).parents[2] / "WRITING.md").read_text("utf8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_reads_as_it_says(desk: Desk, example: str) -> None:
    desk.file("wave.svg", DOT)
    desk.file("wave-dark.svg", DOT)
    desk.file("train.py", "import torch\n\ntorch.manual_seed(0)\n")
    desk.file("part.md", "Words.\n")
    html = desk.html(example)
    assert Look(html).wrong == []
    assert not re.search(r"(:::|\]\{|\{[a-z]+\}|\$\$)", re.sub(r"<code.*?</code>", "", html))


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) == TEXT.count("```markdown") > 5


@pytest.mark.parametrize("name", [*directives(), *roles()])
def test_every_role_and_directive_is_named(name: str) -> None:
    assert re.search(rf"`\{{?{name}\}}?`", TEXT), name
