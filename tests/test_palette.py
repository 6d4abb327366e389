"""The colours of the build, of the style sheet and of the page's scripts are the same colours."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from generator.palette import PALETTES, Palette, Scheme, channels, diverging, ramp, sequential

ROOT = Path(__file__).parent.parent
TOKENS = (ROOT / "templates/css/tokens.css").read_text("utf8")
COLOUR = re.compile(r"--([a-z]+(?:-\d+)?): (#[0-9a-f]{6});")
SCHEMES: list[Scheme] = ["light", "dark"]


def declared(selector: str) -> dict[str, str]:
    """Colours that tokens.css declares under a selector."""
    block = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(COLOUR.findall(block))


def named(palette: Palette) -> dict[str, str]:
    """A palette with the names of its custom properties."""
    names = {"categories": "category"}
    colours: dict[str, str] = {}
    for name, value in dataclasses.asdict(palette).items():
        many = {f"{names.get(name, name)}-{i}": one for i, one in enumerate(value)}
        colours |= {name: value} if isinstance(value, str) else many
    return colours


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    share = np.array(channels(colour)) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("selector", "scheme"),
    [
        (":root", "light"),
        (':root[data-scheme="dark"]', "dark"),
        (':root:not([data-scheme="light"])', "dark"),
    ],
)
def test_the_style_sheet_has_the_colours_of_the_build(selector: str, scheme: Scheme) -> None:
    assert declared(selector) == named(PALETTES[scheme])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_surface(scheme: Scheme) -> None:
    palette = PALETTES[scheme]
    words = [palette.ink, palette.muted, palette.accent, palette.negative, palette.positive]
    words.append(palette.danger)
    for surface in (palette.paper, palette.panel, palette.raised):
        assert min(contrast(word, surface) for word in words) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_category_and_outline_stands_out_from_the_paper(scheme: Scheme) -> None:
    palette = PALETTES[scheme]
    for colour in (*palette.categories, palette.frame, palette.focus):
        assert contrast(colour, palette.paper) >= 3


# Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1, on linear RGB.
EYES = {
    "normal": np.eye(3),
    "red-weak": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "green-weak": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "blue-weak": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def oklab(linear: np.ndarray) -> np.ndarray:
    """Ottosson 2020: a space in which distances are those that people see."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    axes = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return np.cbrt(linear @ cones.T) @ axes.T


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_ten_categories_are_told_apart_by_all_eyes(scheme: Scheme, eyes: str) -> None:
    share = np.array([channels(colour) for colour in PALETTES[scheme].categories]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    seen = oklab(np.clip(linear @ np.array(EYES[eyes]).T, 0, 1))
    nearest = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert nearest >= 0.08


@pytest.mark.parametrize("scheme", SCHEMES)
def test_zero_is_the_middle_stop_and_the_ends_are_the_ends(scheme: Scheme) -> None:
    stops = PALETTES[scheme].diverging
    colours = diverging(np.array([[-1.0, 0.0], [1.0, 7.0]]), scheme)
    assert colours.shape == (2, 2, 3)
    assert colours.dtype == np.uint8
    assert [tuple(int(c) for c in colour) for colour in colours.reshape(-1, 3)] == [
        channels(stops[0]), channels(stops[5]), channels(stops[-1]), channels(stops[-1]),
    ]  # fmt: skip
    assert tuple(sequential(0.0, scheme)) == channels(PALETTES[scheme].sequential[0])


def test_half_way_between_two_stops_is_their_mean() -> None:
    assert ramp(("#000000", "#ff8000", "#ffffff"), 5)[1].tolist() == [128, 64, 0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_paints_numbers_in_the_same_colours_as_the_build(scheme: Scheme) -> None:
    values = np.random.default_rng(0).uniform(-1.2, 1.2, 2000)
    module = (ROOT / "templates/js/colour.js").as_uri()
    script = f"""
      const {{divergingPixels}} = await import("{module}");
      const {{values, stops}} = JSON.parse(await new Response(process.stdin).text());
      console.log(JSON.stringify([...divergingPixels(values, 1, {{diverging: stops}})]));
    """
    told = subprocess.run(
        [str(Path(sys.executable).parent / "node"), "--input-type=module", "-e", script],
        input=json.dumps({"values": values.tolist(), "stops": PALETTES[scheme].diverging}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    pixels = np.array(json.loads(told.stdout)).reshape(-1, 4)[:, :3]
    np.testing.assert_array_equal(pixels, diverging(values, scheme))
