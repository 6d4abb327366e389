"""The parts are whole, imports run downwards, and nothing is decided at import."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from generator.figures import kinds

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"

# Who may import whom; a folder may always import from itself.
FORBIDDEN = {
    "compute": (
        "stills",
        "export",
        "figures",
        "read",
        "render",
        "site",
        "store",
        "build",
        "resolve",
    ),
    "export": ("compute", "figures", "read", "render", "site", "store", "build", "models"),
    "stills": ("export", "figures", "read", "render", "site", "store", "build", "models"),
    "figures": ("export", "read", "render", "site", "store", "build", "models", "resolve"),
    "read": ("compute", "export", "figures", "render", "site", "store", "build", "models"),
    "render": ("compute", "export", "models", "build"),
}
HEAVY = ("torch", "numpy", "altair", "sklearn", "onnx", "onnxruntime", "vl_convert", "PIL")


def imports(path: Path, *, typing: bool = False) -> set[str]:
    """Dotted names that a file imports at any depth, those for type checkers left out."""
    found = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and not typing:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        waiting.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_run_downwards_only(folder: str) -> None:
    for path in (GENERATOR / folder).rglob("*.py"):
        for name in imports(path):
            top = name.split(".")[1] if name.startswith("generator.") else ""
            assert top not in FORBIDDEN[folder], f"{path.relative_to(ROOT)} imports {name}"


def test_compute_and_figures_open_no_file() -> None:
    for folder in ("compute", "figures"):
        for path in (GENERATOR / folder).rglob("*.py"):
            if path.name == "__init__.py":
                continue
            assert not {n.split(".")[0] for n in imports(path)} & {"pathlib", "os", "shutil"}, path
            assert "open(" not in path.read_text("utf8"), path


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize(
    "part",
    ["templates/figures/{}.html", "templates/figures/{}.js", "tests/figures/test_{}.py"],
)
def test_a_kind_has_every_part(kind: str, part: str) -> None:
    assert (ROOT / part.format(kind)).is_file()


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_is_documented(kind: str) -> None:
    module = import_module(f"generator.figures.{kind}")
    assert module.__doc__
    assert all(option.description for option in module.Options.model_fields.values())


@pytest.mark.parametrize("tree", ["roles", "directives"])
def test_a_family_of_roles_or_directives_has_a_name_in_both_trees(tree: str) -> None:
    read, render = (
        {path.stem for path in (GENERATOR / stage / tree).glob("*.py")} - {"__init__"}
        for stage in ("read", "render")
    )
    assert render <= read
    for name in read:
        module = import_module(f"generator.read.{tree}.{name}")
        assert module.__doc__
        assert module.NAMES, name
        if name in render:
            assert callable(import_module(f"generator.render.{tree}.{name}").html)
        else:
            # What takes its directive's place is never rendered as itself.
            assert getattr(module, module.read.__annotations__["return"]).spliced


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_lists_the_states_that_its_script_keeps_in_the_address(kind: str) -> None:
    states = import_module(f"generator.figures.{kind}").STATES
    folder = ROOT / "templates/figures"
    files = [folder / f"{kind}.js", *(folder / kind).rglob("*.js")]
    code = "".join(path.read_text("utf8") for path in files)
    if callable(states):
        assert "state.get(name" in code
        return
    assert set(re.findall(r'\bstate\.(?:get|set|watch)\("(\w+)"', code)) <= states.keys()
    assert [name for name in states if f'"{name}"' not in code] == []


@pytest.mark.long
def test_reading_resolving_and_keys_load_no_library_that_computes() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from generator.keys import key\n"
        "from generator.project import Project\n"
        "from generator.read import read\n"
        "from generator.resolve import resolve\n"
        "project = Project(Path('.').resolve())\n"
        "for article in read(project):\n"
        "    for block in article.blocks:\n"
        "        key(resolve(block, article, project))\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_files_stay_small() -> None:
    long = {}
    for folder, pattern in (
        ("generator", "*.py"),
        ("templates/js", "*.js"),
        ("templates/figures", "*.js"),
    ):
        for path in (ROOT / folder).rglob(pattern):
            lines = len(path.read_text("utf8").splitlines())
            if lines > 250:
                long[str(path.relative_to(ROOT))] = lines
    assert long == {}
