"""What the text asks of figures is held against what their payloads have, at the author's line."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.errors import ArticleError
from generator.figures import kind
from generator.read import article
from generator.render.prose import Prose
from generator.render.variables import Variables, variables
from generator.states import check_states

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
FIGURES = """:::{projector}
:name: fig-map
:model: m
:::

:::{chart}
:name: fig-bars
:function: f
:::

"""
VALUES: dict[str, dict[str, Any]] = {
    "fig-map": {
        "layers": ["pixels", "conv1", "logits"],
        "methods": ["tsne", "pca"],
        "start": "pixels",
        "method": "tsne",
    },
    "fig-bars": {
        "parameters": {
            "k": {"start": 2},
            "size": {"start": 3, "least": 1, "most": 9, "step": 1},
            "digit": {"field": "digit", "start": "", "choices": ["", "one", "two"]},
        }
    },
}


def known(tmp_path: Path, body: str) -> tuple[Variables, Prose]:
    """The rules of a page with two figures, whose payloads are given above."""
    folder = tmp_path / "articles/slug"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(FRONT + FIGURES + body, "utf8")
    text = article(folder)
    model = SimpleNamespace(name="m", layers=("conv1", "logits"))
    dataset = SimpleNamespace(name="digits", split={"train": 8, "test": 2, "seed": 0})
    figures: Any = [
        SimpleNamespace(
            block=block, kind=block.kind, name=f"slug/{block.name}",
            models=[model], datasets=[dataset], states=kind(block.kind).STATES,
        )
        for block in text.blocks
    ]  # fmt: skip
    for figure in figures:
        check_states(figure.block, figure.states, text)
    entries: Any = {
        f"slug/{name}": SimpleNamespace(payload={"values": values})
        for name, values in VALUES.items()
    }
    found = variables(text, figures, entries)
    return found, Prose(text, lambda *_: "", lambda _: "", variables=found)


def html(tmp_path: Path, body: str) -> str:
    found, prose = known(tmp_path, body)
    return prose.html(prose.article.tokens).strip()


def test_a_control_of_a_state_starts_where_its_figure_does(tmp_path: Path) -> None:
    text = html(tmp_path, "{choice}`fig-map.layer` {show}`fig-map.layer`\n")
    assert 'data-label="layer that is mapped"><span class="told">pixels</span>' in text
    assert text.count('<span class="told">pixels</span>') == 2


def test_a_variable_that_is_bound_takes_values_and_start_of_its_figure(tmp_path: Path) -> None:
    found, _ = known(tmp_path, "{choice}`layer bind=fig-map.layer`\n")
    assert found.links == {"fig-map.layer": "layer"}
    assert found.page()["rules"]["layer"]["choices"] == ["pixels", "conv1", "logits"]
    assert found.start("layer") == "pixels"


def test_a_chart_s_parameter_is_joined_by_its_name_alone(tmp_path: Path) -> None:
    found, _ = known(tmp_path, "{slider}`k 0 5` {choice}`layer pixels conv1`\n")
    assert found.links == {"fig-bars.k": "k"}
    assert found.start("k") == 2


def test_each_step_sets_all_that_the_steps_before_it_have_set(tmp_path: Path) -> None:
    text = html(
        tmp_path,
        "::::{stepper}\n:name: s\n:::{step} A\n:set: {fig-map.layer: conv1}\n:::\n"
        ":::{step} B\n:set: {fig-map.colour: outcome}\n:::\n"
        ":::{step} C\n:set: {fig-map.layer: logits, 'instance:digits': 9}\n:::\n::::\n",
    )
    sets = [part.split('"')[0] for part in text.split('data-set="')[1:]]
    assert [one.replace("&quot;", "'") for one in sets] == [
        "{'fig-map.layer': 'conv1', 'fig-map.colour': 'label', 'instance:digits': null}",
        "{'fig-map.layer': 'conv1', 'fig-map.colour': 'outcome', 'instance:digits': null}",
        "{'fig-map.layer': 'logits', 'fig-map.colour': 'outcome', 'instance:digits': 9}",
    ]


def test_an_expression_reads_as_text_before_any_script(tmp_path: Path) -> None:
    text = html(
        tmp_path,
        "{slider}`k 0 5` {show}`10 ** k | ,.0f` "
        "{show}`'a' if fig-map.layer == 'pixels' else 'b'`\n",
    )
    assert '<span class="told">100</span>' in text
    assert '<span class="told">a</span>' in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "{choice}`fig-map.lyer`",
            "16: projector 'fig-map' has no state 'lyer'\n  hint: did you mean 'layer'?",
        ),
        (
            "{set}`x <fig-map.colour=labels>`",
            "16: fig-map.colour cannot be 'labels'\n  hint: did you mean 'label'?",
        ),
        (
            "{set}`x <fig-map.layer=conv2>`",
            "16: fig-map.layer cannot be 'conv2'\n  hint: did you mean 'conv1'?",
        ),
        (
            "{set}`x <fig-bars.sizes=3>`",
            "16: 'fig-bars' has no state 'sizes'\n  hint: did you mean 'size'?",
        ),
        (
            "{set}`x <fig-bars.size=12>`",
            "16: fig-bars.size cannot be '12'\n  hint: a number from 1 to 9 in steps of 1",
        ),
        (
            "{set}`x <instance:digits=10>`",
            "16: instance:digits cannot be '10'\n  hint: a number from 0 to 9 in steps of 1",
        ),
        (
            "{set}`x <instance:digit=1>`",
            "16: no figure of this page knows 'instance:digit'\n  hint: did you mean",
        ),
        ("{set}`x <unit:m=conv9/1>`", "16: unit:m cannot be 'conv9/1'\n  hint: as in 'conv1/0'"),
        (
            "{choice}`layer pixels conv1 bind=fig-map.layer`",
            "16: 'layer' does not have the values of 'fig-map.layer'\n"
            "  hint: leave them out, or give pixels, conv1, logits",
        ),
        (
            "{slider}`size 1 9 5`",
            "16: 'size' cannot start at 5: 'fig-bars.size' starts at 3, as its still shows",
        ),
        ("{choice}`fig-bars.size`", "16: 'fig-bars.size' is no choice"),
        ("{slider}`fig-bars.k`", "16: 'fig-bars.k' is no slider"),
        ("{show}`fig-map.layer + 1`", "16: '+' wants a number, not a text"),
        ("{show}`fig-bars.k > 1`", "16: a condition is no word"),
        ("{show}`1 / (fig-bars.k - 2)`", "16: the expression has no value at first"),
        ("{show}`instance:digits`", "16: 'instance:digits' is no expression"),
    ],
)
def test_a_mistake_names_its_line_and_the_nearest_choice(
    tmp_path: Path, body: str, message: str
) -> None:
    with pytest.raises(ArticleError) as problem:
        html(tmp_path, body + "\n")
    assert str(problem.value).removeprefix("articles/slug/index.md:").startswith(message)
