"""explorable new and train: a stranger starts in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.author import FOREIGN, ROOT, Author


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """What a stranger has after the first command."""
    parent = Author(tmp_path_factory.mktemp("stranger"))
    said = parent.run("new", "site", "my-site")
    assert "wrote models/shapes-cnn/weights.safetensors" in said
    assert "next: cd my-site && explorable serve" in said
    return Author(parent.folder / "my-site")


@pytest.fixture(scope="module")
def built(started: Author) -> Author:
    started.run("build", "--strict")
    return started


def page(author: Author, slug: str) -> str:
    return (author.site / "articles" / slug / "index.html").read_text()


def test_the_new_site_builds_without_a_warning_and_shows_its_network(built: Author) -> None:
    html = page(built, "first-article")
    assert 'data-kind="network"' in html
    assert 'data-kind="chart"' in html
    home = (built.site / "index.html").read_text()
    assert "Which shape is it?" in home
    # Our map is ours.
    assert 'id="map"' not in home


def test_the_network_reads_most_shapes_and_the_article_says_how_many(built: Author) -> None:
    card = (built.folder / "models/shapes-cnn/model.toml").read_text()
    measured = re.search(r"^test_accuracy = ([\d.]+)$", card, re.MULTILINE)
    assert measured is not None
    # Four shapes: a guess would be right for a quarter.
    assert float(measured.group(1)) > 0.85
    assert f"{float(measured.group(1)):.1%}" in page(built, "first-article")


def test_every_name_is_filled_in_and_the_code_passes_our_linter(started: Author) -> None:
    for path in started.folder.rglob("*"):
        if path.suffix in (".py", ".toml", ".md", ".bib") and ".explorable" not in path.parts:
            assert not re.search("[«»]", path.read_text()), path
    ruff = [sys.executable, "-m", "ruff"]
    rules = ["--config", str(ROOT / "pyproject.toml"), str(started.folder / "models")]
    for check in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff, *check, *rules], cwd=started.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_what_is_built_is_not_for_version_control(built: Author) -> None:
    subprocess.run(["git", "init", "-q"], cwd=built.folder, check=True)
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(status, cwd=built.folder, capture_output=True, text=True, check=True)
    assert "models/shapes-cnn/weights.safetensors" in listed.stdout
    assert "site/" not in listed.stdout
    assert ".explorable" not in listed.stdout


@pytest.mark.long
def test_training_again_gives_the_same_weights(built: Author) -> None:
    weights = built.folder / "models/shapes-cnn/weights.safetensors"
    before = weights.read_bytes()
    weights.unlink()
    refused = built.run("build", status=1)
    assert "weights.safetensors is missing" in refused
    assert "explorable train shapes-cnn" in refused
    built.run("train", "shapes-cnn")
    assert weights.read_bytes() == before
    assert "computing" not in built.run("build")


@pytest.mark.long
def test_a_new_article_stands_on_the_site_with_a_figure_of_the_first_model(built: Author) -> None:
    said = built.run("new", "article", "my-idea")
    assert "articles/my-idea/index.md" in said
    built.run("build", "--only", "my-idea", "--strict")
    assert "My idea" in page(built, "my-idea")
    assert 'data-kind="network"' in page(built, "my-idea")
    refused = built.run("new", "article", "my-idea", status=1)
    assert "there is something already" in refused


def test_an_article_needs_no_model(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.run("new", "article", "words-only")
    author.run("build", "--strict")
    assert "Words only" in page(author, "words-only")
    assert "data-kind" not in page(author, "words-only")


@pytest.mark.long
def test_a_new_model_takes_the_shape_and_classes_of_a_stranger_s_dataset(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.model("colour-tiles", "tiles")
    author.run("new", "model", "my-net", "--dataset", "tiles")
    card = (author.folder / "models/my-net/model.toml").read_text()
    theirs = (FOREIGN / "colour-tiles/model.toml").read_text()
    for field in ("input", "outputs"):
        line = re.compile(rf"^{field} = (\[.+?\])", re.MULTILINE)
        ours, known = line.search(card), line.search(theirs)
        assert ours is not None
        assert known is not None
        assert ours.group(1) == known.group(1)
    author.run("train", "my-net")
    author.article("one", ":::{network}\n:name: fig-a\n:model: my-net\nSee.\n:::\n")
    author.run("build", "--strict")


@pytest.mark.parametrize("name", ["My-Idea", "../out", "a/b", "", "-x", "ümlaut", "with space"])
def test_a_name_that_cannot_be_an_address_is_refused(tmp_path: Path, name: str) -> None:
    author = Author(tmp_path)
    said = author.run("new", "article", "--", name, status=1)
    assert "cannot be a name here" in said
    assert "hint: small letters and digits" in said
    assert list(tmp_path.iterdir()) == []


def test_training_says_what_is_wrong_with_a_model_or_its_recipe(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.model("plain-mlp", "small-digits")
    assert "did you mean 'plain-mlp'?" in author.run("train", "plain-mpl", status=1)
    author.write("models/plain-mlp/train.py", "print('hello')\nraise SystemExit(3)\n")
    said = author.run("train", "plain-mlp", status=1)
    assert "hello" in said
    assert "models/plain-mlp/train.py: the recipe failed with status 3" in said
    author.write("models/plain-mlp/train.py", "from pathlib import Path\n"
                 "Path('models/plain-mlp/weights.safetensors').unlink()\n")  # fmt: skip
    assert "the recipe left no weights.safetensors" in author.run("train", "plain-mlp", status=1)


def test_a_recipe_that_only_writes_weights_has_its_card_signed(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.model("plain-mlp", "small-digits")
    author.write("models/plain-mlp/train.py", "import safetensors.torch as st\n"
                 "name = 'models/plain-mlp/weights.safetensors'\nweights = st.load_file(name)\n"
                 "st.save_file({k: v + 1 for k, v in weights.items()}, name)\n")  # fmt: skip
    author.run("train", "plain-mlp")
    author.article("one", ":::{chart}\n:name: fig-a\n:model: plain-mlp\n:history: loss\nC.\n:::\n")
    author.run("build")
