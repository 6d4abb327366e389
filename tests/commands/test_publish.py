"""explorable publish: a workflow that a pages host can run, for any branch and base path."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from generator.errors import SiteError
from generator.project import Project
from generator.publish import publish
from tests.authorsite import FRONT, write

ROOT = Path(__file__).parents[2]
WORKFLOW = ".github/workflows/publish.yml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write(tmp_path, "articles/one/index.md", FRONT + "Words.\n")
    return Project(tmp_path)


def test_the_workflow_builds_for_the_host_s_address_and_hands_the_site_over(
    project: Project,
) -> None:
    said: list[str] = []
    publish(project, "trunk", False, said.append)
    assert said == [f"  {WORKFLOW}", "  requirements.txt"]
    assert (project.root / "requirements.txt").read_text().startswith("explorable==")
    told = YAML(typ="safe").load((project.root / WORKFLOW).read_text("utf8"))
    assert told["on"]["push"] == {"branches": ["trunk"]}
    assert told["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    steps = told["jobs"]["build"]["steps"]
    by = {step.get("uses", step.get("run", "")).partition("@")[0]: step for step in steps}
    built = by['explorable build --strict --url "$ADDRESS"']
    assert built["env"] == {"ADDRESS": "${{ steps.pages.outputs.base_url }}"}
    assert by["actions/configure-pages"]["id"] == "pages"
    assert by["actions/upload-pages-artifact"]["with"] == {"path": "site"}
    assert by["actions/cache"]["with"]["path"] == ".explorable"
    # The build comes after the address is known and before the site is taken.
    order = [step.get("uses", step.get("run", "")) for step in steps]
    assert order.index("actions/configure-pages@v5") < order.index(
        'explorable build --strict --url "$ADDRESS"'
    )
    assert order[-1].startswith("actions/upload-pages-artifact")
    assert told["jobs"]["deploy"]["needs"] == "build"


def test_what_is_there_is_not_written_over_unless_asked(project: Project) -> None:
    write(project.root, WORKFLOW, "mine")
    write(project.root, "requirements.txt", "mine too")
    with pytest.raises(SiteError, match=f"{WORKFLOW}: there is one already"):
        publish(project, "main", False, str)
    assert (project.root / WORKFLOW).read_text() == "mine"
    publish(project, "main", True, str)
    assert "branches: [main]" in (project.root / WORKFLOW).read_text("utf8")
    assert (project.root / "requirements.txt").read_text() == "mine too"


@pytest.mark.parametrize("branch", ["", "a b", "main]", "-x", 'x"'])
def test_a_branch_that_yaml_would_misread_is_refused(project: Project, branch: str) -> None:
    with pytest.raises(SiteError, match="cannot be the name of a branch"):
        publish(project, branch, False, str)


def test_a_project_without_articles_has_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="articles: there is nothing to publish"):
        publish(Project(tmp_path), "main", False, str)


def test_the_version_stands_in_one_place_and_everything_that_names_it_agrees() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf8")
    version = project.partition('\nversion = "')[2].partition('"')[0]
    assert version.count(".") == 2
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text("utf8"))
    assert citation["version"] == version
    assert citation["license"] == "MIT"
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf8")


def test_every_library_that_pages_are_given_has_its_terms_beside_it() -> None:
    """In LICENSES.txt, which every site has, each with the version that the lock file fixes."""
    import json

    needed = json.loads((ROOT / "package.json").read_text("utf8"))["dependencies"]
    terms = (ROOT / "templates/vendor/LICENSES.txt").read_text("utf8")
    assert [name for name, version in needed.items() if f"\n{name} {version}: " not in terms] == []
    for words in ("onnxruntime-web", "Vega-Lite", "SIL Open Font License", "Apache License"):
        assert words in terms
