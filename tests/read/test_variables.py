"""What an author writes of variables and steps is understood, or refused with line and remedy."""

from pathlib import Path

import pytest

from generator.errors import ArticleError
from generator.read import article
from generator.read.controls import Control, Link, Shown
from generator.read.roles.variables import Asked
from generator.rules import Number, OneOf

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
FIGURE = ":::{projector}\n:name: fig-map\n:model: m\n:::\n"


def asked(tmp_path: Path, body: str) -> Asked:
    folder = tmp_path / "articles/slug"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(FRONT + body, "utf8")
    found: Asked = article(folder).found["variables"]
    return found


def complaint(tmp_path: Path, body: str) -> str:
    with pytest.raises(ArticleError) as problem:
        asked(tmp_path, body)
    return str(problem.value).removeprefix("articles/slug/index.md:")


def test_a_slider_declares_its_variable_and_its_name_alone_shows_it_again(tmp_path: Path) -> None:
    found = asked(tmp_path, 'A {slider}`k 1 30 5 label="Net depth"`, and again {slider}`k`.\n')
    assert found.variables["k"].rule == Number("", 1, 30, 5, 1)
    first, second = found.roles.values()
    assert isinstance(first, Control)
    assert isinstance(second, Control)
    assert (first.key, first.label, second.label) == ("k", "Net depth", "")


def test_fractions_go_in_hundredths_unless_a_step_is_given(tmp_path: Path) -> None:
    found = asked(tmp_path, "{slider}`a 0 0.5` {slider}`b 0 0.5 step=0.1 start=0.2`\n")
    a, b = (found.variables[name].rule for name in "ab")
    assert isinstance(a, Number)
    assert isinstance(b, Number)
    assert (a.step, a.start, b.step, b.start) == (0.005, None, 0.1, 0.2)


def test_a_block_declares_with_words_and_types(tmp_path: Path) -> None:
    body = (
        ":::{variables}\nk: {choice: [1, 3, 5], start: 3}\n"
        "on:\n  choice: {true: lit, false: dark}\n:::\n{show}`k + 1`\n"
    )
    found = asked(tmp_path, body)
    assert found.variables["k"].rule == OneOf("", (1, 3, 5), 3)
    assert found.variables["on"].rule == OneOf("", (True, False), None, ("lit", "dark"))
    assert found.variables["on"].where == "articles/slug/index.md:8"
    (words,) = found.roles.values()
    assert isinstance(words, Shown)
    assert words.tree == ["+", ["name", "k"], 1.0]


def test_words_set_several_states_at_once(tmp_path: Path) -> None:
    text = FIGURE + "{set}`the end, flat <fig-map.layer=logits fig-map.method='t sne'>`\n"
    (link,) = asked(tmp_path, text).roles.values()
    assert isinstance(link, Link)
    assert link.words == "the end, flat"
    assert [(one.key, one.text) for one in link.assignments] == [
        ("fig-map.layer", "logits"),
        ("fig-map.method", "t sne"),
    ]


STEPPER = """::::{stepper} Title
:name: walk

Before.

:::{step} One more
:set: {fig-map.layer: pixels}
Words {show}`fig-map.layer`.
:::

:::{step} Two
:name: second
:::

After.
::::
"""


def test_steps_have_names_and_their_texts_are_read_with_the_article(tmp_path: Path) -> None:
    found = asked(tmp_path, FIGURE + STEPPER)
    (block,) = found.steps
    assert (block.name, block.title) == ("walk", "Title")
    assert [(step.name, step.title) for step in block.steps] == [
        ("one-more", "One more"),
        ("second", "Two"),
    ]
    assert found.stops()["walk.step"].choices == ["one-more", "second"]
    (assignment,) = found.assignments()
    assert assignment.where == "articles/slug/index.md:16"
    (shown,) = found.roles.values()
    assert shown.where == "articles/slug/index.md:17"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{slider}`k`", "6: no variable is called 'k'\n  hint: there are none here"),
        (
            "{slider}`ks 1 3` {show}`k`",
            "6: no variable is called 'k'\n  hint: did you mean 'ks'?",
        ),
        ("{slider}`k 1`", "6: a slider has two ends\n  hint: {slider}`NAME LEAST GREATEST START`"),
        ("{slider}`k 3 1`", "6: variable 'k': no number lies between 3 and 1"),
        (
            "{slider}`k 1 9 20`",
            "6: variable 'k': it cannot start at 20, but at a number from 1 to 9 in steps of 1",
        ),
        (
            "{slider}`k 1 9 lable=K`",
            "6: slider has no option 'lable'\n  hint: did you mean 'label'?",
        ),
        ('{slider}`k 1 9 label="K`', "6: a quotation mark has no partner"),
        ("{slider}`k 1 9 format=d`", "6: variable 'k': format 'd' is not like '.1f'"),
        ("{choice}`k a b start=c`", "6: variable 'k': it cannot start at 'c'; there is a, b"),
        ("{choice}`k a a`", "6: variable 'k': a value stands twice among its choices"),
        ("{choice}`2k a b`", "6: '2k' cannot be a variable's name"),
        (
            "{slider}`k 1 9`\n\n{choice}`k a b`",
            "8: the variable 'k' is declared at articles/slug/index.md:6 already",
        ),
        ("{slider}`k 1 9` {set}`all <k=10>`", "6: k cannot be '10'\n  hint: a number from 1 to 9"),
        ("{set}`all`", "6: 'all' sets nothing\n  hint: write {set}`words <figure.state=value>`"),
        ("{show}`k +`", "6: 'k +' is no expression"),
        (
            "{choice}`fig-mop.layer`\n\n" + FIGURE,
            "6: no figure is called 'fig-mop'\n  hint: did you mean 'fig-map'?",
        ),
        (":::{variables}\nk: {slidr: [1, 2]}\n:::", "7: variable 'k' has no field 'slidr'"),
        (":::{variables}\nk:\n- 1\n:::", "7: variable 'k' has no fields"),
        (":::{variables}\nk: [\n:::", "8: YAML: "),
        (":::{variables}\n:::", "7: a 'variables' block lists variables"),
        (":::{step} One\n:::", "6: a step stands inside a stepper or a scroll block"),
        ("::::{stepper}\n:name: a\nWords.\n::::", "6: this stepper has no ':::{step} Title'"),
        ("::::{stepper}\n:::{step} A\n:::\n::::", "6: this stepper has no name"),
        ("::::{stepper}\n:name: a\n:::{step}\n:::\n::::", "8: this step has no title"),
        (
            "::::{stepper}\n:name: a\n:::{step} A\n:::\n:::{step} A\n:::\n::::",
            "10: the step at articles/slug/index.md:8 is called 'a' too",
        ),
        (
            "::::{stepper}\n:name: a\n:::{step} A\n:::\nWords.\n\n:::{step} B\n:::\n::::",
            "12: steps stand one after another",
        ),
        (
            "::::{scroll}\n:name: a\nWords.\n\n:::{step} A\n:::\n::::",
            "6: a scroll block holds one figure and then its steps",
        ),
        (
            "::::{stepper}\n:name: a\n:::{step} A\n:set: layer\n:::\n::::",
            "9: 'set' maps states to values",
        ),
        (
            "::::{stepper}\n:name: a\n:::{step} A\n:::\n::::\n{set}`b <a.step=b>`",
            "11: a.step cannot be 'b'\n  hint: there is a",
        ),
        (
            FIGURE + "::::{stepper}\n:name: fig-map\n:::{step} A\n:::\n::::",
            "10: the name 'fig-map'",
        ),
        (
            "::::{stepper}\n:name: a\n:::{step} A\n:set: {fig-no.layer: x}\n:::\n::::",
            "9: no figure is called 'fig-no'",
        ),
        (
            "::::{stepper}\n:name: a\n::::{step} A\n:::{network}\n:name: b\n:::\n::::\n::::",
            "8: a figure stands beside the steps, not inside one",
        ),
    ],
)
def test_a_mistake_names_its_line_and_a_remedy(tmp_path: Path, body: str, message: str) -> None:
    said = complaint(tmp_path, body + "\n")
    assert said.startswith(message), said
