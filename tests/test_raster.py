"""The drawing pad's script and its definition in Python turn the same strokes into one picture."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.models.strokes import picture

ROOT = Path(__file__).parent.parent

HAND = np.random.default_rng(1).uniform(0.1, 0.9, (3, 12, 2))
DRAWINGS = {
    "three strokes": list(HAND),
    "a dot": [np.array([[0.9, 0.1]])],
    "a tiny digit in a corner": [HAND[0] * 0.03],
    "an upright line": [np.array([[0.4, 0.1], [0.4, 0.9]])],
    "nothing": [],
}


def by_script(strokes: list[np.ndarray], **frame: float) -> np.ndarray:
    """The picture that templates/js/raster.js makes."""
    module = (ROOT / "templates/js/raster.js").as_uri()
    script = f"""
      const {{rasterise}} = await import("{module}");
      const {{strokes, frame}} = JSON.parse(await new Response(process.stdin).text());
      console.log(JSON.stringify([...rasterise(strokes, frame)]));
    """
    told = subprocess.run(
        [str(Path(sys.executable).parent / "node"), "--input-type=module", "-e", script],
        input=json.dumps({"strokes": [s.tolist() for s in strokes], "frame": frame}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return np.array(json.loads(told.stdout)).reshape(28, 28)


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_the_pad_draws_what_the_definition_says(drawing: str) -> None:
    strokes = DRAWINGS[drawing]
    expected = picture(strokes, pad=1, box=20, pen=2.5)
    # The script keeps its first picture in single precision, which moves the centre by 1e-6 pixels.
    np.testing.assert_allclose(by_script(strokes, size=28, box=20, pen=2.5), expected, atol=1e-5)
