"""Pages get bundled modules, and never those of yesterday."""

import shutil
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.package import templates_folder
from generator.render.modules import BUNDLED, bundled, reached


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of all that bundles are made of, and of the bundles."""
    source, copy = templates_folder(), tmp_path / "templates"
    for folder in ("js", "figures", BUNDLED.as_posix()):
        shutil.copytree(source / folder, copy / folder)
    for file in (source / "modules.mjs", *source.glob("vendor/*.js")):
        shutil.copyfile(file, copy / file.relative_to(source))
    return copy


def test_every_kind_is_one_file_and_the_page_another(templates: Path) -> None:
    files = bundled(templates)
    assert Path("js/core.js") in files
    kinds = {path.stem for path in (templates / "figures").glob("*.js")}
    assert {Path(f"figures/{kind}.js") for kind in kinds} <= {*files}
    assert all(path.is_file() for path in files.values())


@pytest.mark.parametrize("edited", ["js/life.js", "figures/network/band.js", "vendor/d3.js"])
def test_an_edited_module_is_not_served_from_an_old_bundle(templates: Path, edited: str) -> None:
    path = templates / edited
    path.write_text(path.read_text("utf8") + "// edited\n", "utf8")
    with pytest.raises(SiteError) as caught:
        bundled(templates)
    assert str(caught.value) == (
        "modules in templates/ were edited after they were bundled\n"
        "  hint: run 'make site', or 'node templates/modules.mjs'"
    )


def test_a_module_that_is_new_counts_too(templates: Path) -> None:
    (templates / "figures/new-kind.js").write_text("export default () => {};\n", "utf8")
    with pytest.raises(SiteError, match="edited after"):
        bundled(templates)


def test_missing_bundles_are_named(templates: Path) -> None:
    (templates / BUNDLED / "stamp").unlink()
    with pytest.raises(SiteError, match=r"^templates/vendor/modules is missing"):
        bundled(templates)


def test_a_kind_s_modules_are_found_by_their_imports(tmp_path: Path) -> None:
    texts = {
        "figures/a.js": 'export * from "./a/a.js";\nexport {default} from "./a/a.js";\n',
        "figures/a/a.js": 'import {b} from "./b.js";\n/** @type {import("./types.js").T} */\n',
        "figures/a/b.js": 'export const b = () => import("./late.js");\n',
        "figures/a/late.js": "",
        "figures/a/types.js": "",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf8")
    assert reached(tmp_path, "figures/a.js") == ["figures/a.js", "figures/a/a.js", "figures/a/b.js"]
    assert reached(tmp_path, "figures/none.js") == []
