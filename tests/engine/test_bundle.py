"""The light engine is one small file, made of the sources as they are."""

import gzip
import subprocess
from pathlib import Path

from tests.engine.node import NODE, ROOT


def test_the_light_engine_is_what_its_sources_make_and_weighs_at_most_15_kb(tmp_path: Path) -> None:
    subprocess.run([str(NODE), "templates/light.mjs", str(tmp_path)], cwd=ROOT, check=True)
    content = (tmp_path / "light.js").read_bytes()
    assert content == (ROOT / "templates/vendor/light.js").read_bytes()
    assert len(gzip.compress(content)) <= 15_000
    # Under the site's policy neither would run.
    assert b"eval(" not in content
    assert b"Function(" not in content
