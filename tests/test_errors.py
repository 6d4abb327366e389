"""Each mistake gives one clear message and exit status 1, and leaves the old site alone."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from generator.errors import GeneratorError

ROOT = Path(__file__).parents[1]
FOREIGN = ROOT / "tests/sites/foreign/models"
FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"


def cases() -> list[tuple[str, str, str]]:
    """Title, text and message of every case in errors.md."""
    found = []
    for part in (ROOT / "tests/errors.md").read_text("utf8").split("\n---\n"):
        title = re.search(r"^## (.+)$", part, re.MULTILINE)
        if title is None:
            continue
        body = part[title.end() :].strip("\n").split("\n")
        message = "\n".join(line.removeprefix("> ") for line in body if line.startswith("> "))
        text = "\n".join(line for line in body if not line.startswith("> ")).strip("\n")
        found.append((title.group(1), text + "\n", message))
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site that is already built, with one model and its dataset."""
    shutil.copytree(FOREIGN / "plain-mlp", tmp_path / "models/tiny")
    card = (tmp_path / "models/tiny/model.toml").read_text()
    data = re.search(r'^dataset = "(.+)"$', card, re.MULTILINE)
    assert data is not None
    shutil.copytree(FOREIGN / "datasets" / data.group(1), tmp_path / "models/datasets/squares")
    card = card.replace(data.group(0), 'dataset = "squares"')
    (tmp_path / "models/tiny/model.toml").write_text(card)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    write(tmp_path, "Words.\n")
    return tmp_path


def write(project: Path, text: str) -> None:
    folder = project / "articles/slug"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(FRONT + text, "utf8")


def refused(project: Path) -> str:
    """What a build says that must fail; the old site is checked to be as it was."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--root", str(project)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert (project / "site/index.html").read_text() == "old"
    assert [path.name for path in project.glob(".site-*")] == []
    return done.stderr.strip("\n")


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in cases()],
                         ids=[case[0] for case in cases()])  # fmt: skip
def test_a_mistake_in_the_article(project: Path, text: str, message: str) -> None:
    write(project, text)
    assert refused(project) == message


def test_a_mistake_in_the_settings_stops_the_build_before_anything_is_computed(
    project: Path,
) -> None:
    write(project, ":::{network}\n:name: fig-a\n:model: tiny\n:::\n")
    (project / "explorable.toml").write_text('taglin = "B"\n')
    said = refused(project)
    assert said == (
        "explorable.toml:1: there is no setting 'taglin'\n  hint: did you mean 'tagline'?"
    )
    assert not (project / ".explorable/store").exists()


def truncated(weights: Path) -> None:
    weights.write_bytes(weights.read_bytes()[:-100])


def changed(weights: Path) -> None:
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (Path.unlink, "models/tiny/model.toml:10: weights.safetensors is missing\n  hint: "),
        (truncated, "models/tiny/model.toml:11: weights.safetensors has sha256 "),
        (changed, "models/tiny/model.toml:11: weights.safetensors has sha256 "),
    ],
)
def test_weights_that_are_missing_or_not_the_card_s(
    project: Path, harm: Callable[[Path], None], message: str
) -> None:
    write(project, ":::{network}\n:name: fig-a\n:model: tiny\n:::\n")
    harm(project / "models/tiny/weights.safetensors")
    assert refused(project).startswith(message)


def test_weights_whose_shapes_do_not_fit_the_model(project: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    path = project / "models/tiny/weights.safetensors"
    weights = load_file(path)
    name = sorted(weights)[0]
    weights[name] = torch.cat([weights[name], weights[name]])
    save_file(weights, path)
    card = project / "models/tiny/model.toml"
    digest = sha256(path.read_bytes()).hexdigest()
    text = re.sub(
        r'(file = "weights.safetensors"\nsha256 = ")\w+', rf"\g<1>{digest}", card.read_text()
    )
    card.write_text(text)
    write(project, ":::{network}\n:name: fig-a\n:model: tiny\n:::\n")
    said = refused(project)
    assert said.startswith(f"models/tiny/model.toml:10: {name} has shape (")
    assert "model.py makes (" in said


def test_what_a_chart_asks_for_and_its_block_does_not_declare(project: Path) -> None:
    """It would change the picture without changing the key, so it is refused."""
    write(project, ":::{chart}\n:name: fig-a\n:function: f\n:::\n")
    charts = project / "articles/slug/charts.py"
    charts.write_text("def f(sources):\n    return sources.file('rows.csv')\n")
    assert refused(project).startswith(
        "articles/slug/index.md:6: file 'rows.csv' is asked for, but the block does not declare it"
    )


def test_charts_that_are_not_python(project: Path) -> None:
    write(project, ":::{chart}\n:name: fig-a\n:function: f\n:::\n")
    (project / "articles/slug/charts.py").write_text("def f(sources:\n    return 1\n")
    assert refused(project) == "articles/slug/charts.py:1: not Python: '(' was never closed"


def test_a_word_without_end_does_not_fill_the_screen() -> None:
    said = str(GeneratorError(f"no {'9' * 5000} is here", where="here:1"))
    assert said == f"here:1: no {'9' * 160}… is here"
    assert str(GeneratorError(said.removeprefix("here:1: "), where="here:1")) == said
