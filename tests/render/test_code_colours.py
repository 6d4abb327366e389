"""Code and formulas can be read: every colour has a contrast of 4.5 to 1 in both schemes."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from generator.render.highlight import code

CSS = Path(__file__).parents[2] / "templates/css"
TEMPLATES = CSS.parent


def tokens() -> dict[str, dict[str, str]]:
    """Colours by name, of light pages and of dark ones."""
    sheet = (CSS / "tokens.css").read_text("utf8")
    light, dark = sheet.split("@media screen {", 1)
    found = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return {"light": dict(found.findall(light)), "dark": dict(found.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(sheet: str, scheme: str) -> dict[str, str]:
    """Every colour that a style sheet gives, in one scheme, by what it says."""
    known = tokens()[scheme]
    found = {}
    for value in re.findall(r"^  color: (.+);$", (CSS / sheet).read_text("utf8"), re.MULTILINE):
        pair = re.fullmatch(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", value)
        name = re.fullmatch(r"var\(--([\w-]+)\)", value)
        if pair:
            found[value] = pair.group(1 if scheme == "light" else 2)
        elif name:
            found[value] = known[name.group(1)]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("sheet", "grounds"), [("code.css", ("panel", "raised")), ("math.css", ("paper", "panel"))]
)
def test_every_colour_can_be_read_on_every_ground_it_stands_on(
    sheet: str, grounds: tuple[str, ...], scheme: str
) -> None:
    found = colours(sheet, scheme)
    assert len(found) > 4
    for ground in grounds:
        behind = tokens()[scheme][ground]
        for said, colour in found.items():
            assert contrast(colour, behind) >= 4.5, (said, ground)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_class_that_pygments_gives_python_has_a_colour_or_is_plain() -> None:
    html = code('@a\ndef f(x: int) -> str:\n    """Doc."""\n    # c\n    return f"{x!r}" + 1.5\n',
                "python")  # fmt: skip
    sheet = (CSS / "code.css").read_text("utf8")
    used = {name for found in re.findall(r'span class="([\w ]+)"', html) for name in found.split()}
    assert {"k", "nf", "sd", "c1", "mf", "nd", "nb"} <= used
    for name in used - {"n", "p", "o", "w", "si", "fm"}:
        assert re.search(rf"\.{name}\b", sheet), name


def test_the_text_of_code_is_kept_to_the_letter() -> None:
    text = "\n\n  a = '<b>'\t# é\n\n"
    shown = re.sub(r"<[^>]+>", "", code(text, "python")).replace("&lt;", "<").replace("&gt;", ">")
    assert shown.replace("&#39;", "'").replace("&quot;", '"') == text + "\n"


def test_the_faces_of_formulas_cover_what_the_style_says() -> None:
    sys.path.insert(0, str(TEMPLATES))
    try:
        cut = import_module("bundle_math")
    finally:
        sys.path.remove(str(TEMPLATES))
    sheet = (CSS / "math.css").read_text("utf8")
    faces = re.findall(r"fonts/([\w-]+)\.woff2.*?unicode-range:([^;]+);", sheet, re.DOTALL)
    assert [name for name, _ in faces] == list(cut.PARTS)[::-1]
    for name, ranges in faces:
        assert cut.codes(ranges.replace("U+", "").replace(",", " ")) == cut.codes(cut.PARTS[name])


def test_a_page_with_every_usual_alphabet_stays_within_the_budget_of_its_face() -> None:
    folder = TEMPLATES / "vendor/fonts"
    usual = ("math", "math-bold", "math-script", "math-sans")
    assert sum((folder / f"{name}.woff2").stat().st_size for name in usual) <= 120_000
