"""What an article or a card names stays in the project, whatever leads out: dots, roots, links."""

from pathlib import Path

import pytest

from generator.cards import dataset_card, model_card
from generator.paths import child, inside
from tests.authorsite import build_here, make, refused, replace, sign, write

ARTICLE, CARD = "articles/slug/index.md", "models/tiny/model.toml"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "outside/tiny").mkdir(parents=True)
    (tmp_path / "outside/squares").mkdir()
    (tmp_path / "outside/rows.csv").write_text("secret")
    return tmp_path / "outside"


@pytest.fixture
def project(tmp_path: Path, outside: Path) -> Path:
    folder = tmp_path / "project"
    make(folder)
    return folder


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../outside", "a/../../outside", "/etc/passwd", "a\0b", "a\nb", "a\\b",
     "x" * 300, "loop/a", "out", "out/rows.csv", "dangling"],
)  # fmt: skip
def test_a_name_that_leads_out_has_no_path(tmp_path: Path, outside: Path, name: str) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "out").symlink_to(outside)
    (folder / "dangling").symlink_to(tmp_path / "nothing")
    assert inside(folder, name) is None


def test_a_name_that_stays_keeps_its_links(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/file").write_text("")
    (tmp_path / "a/b/link").symlink_to("../file")
    assert inside(tmp_path, "a/b/../file") is None
    assert inside(tmp_path, "a/b/link") == tmp_path / "a/b/link"
    assert inside(tmp_path / "a/b", "link") is None
    assert inside(tmp_path / "a/b", "link", root=tmp_path) == tmp_path / "a/b/link"
    assert inside(tmp_path, "a/new") == tmp_path / "a/new"
    assert child(tmp_path, "a", tmp_path) == tmp_path / "a"
    assert child(tmp_path, "a/b", tmp_path) is None


@pytest.mark.parametrize("name", ["rows.csv", "charts.py", "references.bib", "index.md", "notes"])
def test_an_article_holds_no_link_out_of_the_project(
    project: Path, outside: Path, name: str
) -> None:
    (project / "articles/slug" / name).unlink(missing_ok=True)
    (project / "articles/slug" / name).symlink_to(outside / "rows.csv")
    if name == "index.md":
        write(outside, "rows.csv", "---\ntitle: T\n---\n")
    assert refused(project) == f"articles/slug/{name}: this link leads out of the project"


def test_an_article_s_folder_is_no_link_out_of_the_project(project: Path, outside: Path) -> None:
    (project / "articles/slug").rename(outside / "slug")
    (project / "articles/slug").symlink_to(outside / "slug")
    assert refused(project) == "articles/slug: this link leads out of the project"


def test_a_link_within_the_project_is_as_good_as_a_file(project: Path) -> None:
    (project / "shared").mkdir()
    for name in ("articles/slug/rows.csv", "models/tiny/weights.safetensors"):
        (project / name).rename(project / "shared" / Path(name).name)
        (project / name).symlink_to(project / "shared" / Path(name).name)
    build_here(project)


@pytest.mark.parametrize("name", ["../outside/rows.csv", "/etc/passwd", "a/../rows.csv"])
def test_a_block_s_file_lies_in_the_article(project: Path, name: str) -> None:
    replace(project, ARTICLE, "[rows.csv]", f"[{name}]")
    assert refused(project) == f"{ARTICLE}:14: {name!r} lies outside the article's folder"


@pytest.mark.parametrize("name", ["..", ".", "../../outside/tiny", "datasets", "tiny/"])
def test_a_block_s_model_is_a_folder_of_models(project: Path, name: str) -> None:
    write(project, "model.toml", (project / CARD).read_text())
    replace(project, ARTICLE, ":model: tiny\n:history", f":model: {name!r}\n:history")
    assert refused(project).startswith(f"{ARTICLE}:19: unknown model {name!r}")


@pytest.mark.parametrize("name", ["tiny", "datasets/squares"])
def test_a_model_s_folder_is_no_link_out_of_the_project(
    project: Path, outside: Path, name: str
) -> None:
    folder = project / "models" / name
    folder.rename(outside / folder.name / "here")
    folder.symlink_to(outside / folder.name / "here")
    assert "lies outside the project" in refused(project)


def test_a_card_s_files_are_no_links_out_of_the_project(project: Path, outside: Path) -> None:
    weights = project / "models/tiny/weights.safetensors"
    weights.rename(outside / "weights.safetensors")
    weights.symlink_to(outside / "weights.safetensors")
    sign(project)
    said = refused(project)
    assert said == f"{CARD}:10: 'weights.safetensors' lies outside the folder"


@pytest.mark.parametrize("name", ["..", "../..", "."])
def test_a_value_comes_from_a_card_of_the_project(project: Path, name: str) -> None:
    write(project, "model.toml", (project / CARD).read_text())
    replace(project, ARTICLE, "`model/tiny/measured", f"`model/{name}/measured")
    assert "no model is called" in refused(project)


def test_no_value_tells_where_the_project_lies(project: Path) -> None:
    replace(project, ARTICLE, "measured.test_accuracy | .1%", "folder")
    assert "there is no value 'folder'" in refused(project)
    for card in (model_card(project / "models/tiny"),
                 dataset_card(project / "models/datasets/squares")):  # fmt: skip
        assert str(project) not in card.model_dump_json()
