"""What is installed is whole: the commands work from a wheel, far from any checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_an_unpacked_wheel_starts_builds_and_checks_a_site(tmp_path: Path) -> None:
    pack = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(tmp_path), "."]
    pinned = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    subprocess.run(pack, cwd=ROOT, env=pinned, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    away = tmp_path / "away"
    away.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words],
            cwd=away, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("new", "article", "my-idea")
    run("new", "kind", "my-curve")
    article = away / "articles/my-idea/index.md"
    block = ":::{my-curve}\n:name: fig-a\n:function: tanh\nMove it.\n:::\n"
    article.write_text(article.read_text() + "\n" + block)
    run("build", "--strict")
    assert "my-curve.js" in "".join(path.name for path in (away / "site").rglob("*.js"))
    assert "nothing to mend" in run("check", "--no-browser")
    code = "from generator.package import templates_folder as t; print(t())"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=away, env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    templates = Path(found.stdout.strip())
    assert templates.is_relative_to(tmp_path / "installed")
    for part in ("preview/preview.js", "check/axe.min.js", "new/site/gitignore"):
        assert (templates / part).is_file()
