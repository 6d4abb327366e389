"""What the browser needs and npm does not hold, written into templates/vendor/ (not in git).

    vega.js            Vega, Vega-Lite and vega-embed as one ES module, from vl-convert
    fonts/*.woff2      the text, display and label faces, cut to the weights that the page uses,
                       and the parts of the mathematics face (bundle_math.py)
    fonts/ttf/*.ttf    the label and text faces for vl-convert, which draws stills of charts

Run by the project's Python after templates/bundle.mjs. Does nothing while the lock file, this
script and the two libraries are what they were at the last run.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import bundle_math

VENDOR = Path(__file__).resolve().parent / "vendor"
ROOT = VENDOR.parent.parent
FACES = ROOT / "node_modules" / "@fontsource-variable"
SERIF = "source-serif-4/files/source-serif-4-latin"
SANS = "source-sans-3/files/source-sans-3-latin-wght-normal.woff2"

# The makers of these faces reserve their names, so files changed by us carry a name of our own.
WEB = {
    "text.woff2": (f"{SERIF}-wght-normal.woff2", "Explorable Text", {"wght": (400, 400, 700)}),
    "text-italic.woff2": (f"{SERIF}-wght-italic.woff2", "Explorable Text", {"wght": 400}),
    # Letters such as ő, ł and š; fetched by the pages that have one.
    "text-ext.woff2": (
        f"{SERIF}-ext-wght-normal.woff2",
        "Explorable Text",
        {"wght": (400, 400, 700)},
    ),
    "label-ext.woff2": (
        SANS.replace("latin", "latin-ext"),
        "Explorable Label",
        {"wght": (400, 400, 700)},
    ),
    "display-ext.woff2": (
        f"{SERIF}-ext-standard-normal.woff2",
        "Explorable Display",
        {"wght": 600, "opsz": 48},
    ),
    "label.woff2": (SANS, "Explorable Label", {"wght": (400, 400, 700)}),
    "display.woff2": (
        f"{SERIF}-standard-normal.woff2",
        "Explorable Display",
        {"wght": 600, "opsz": 48},
    ),
}
DESK = {
    "label-400.ttf": (SANS, "Explorable Label", {"wght": 400}),
    "label-600.ttf": (SANS, "Explorable Label", {"wght": 600}),
    "label-700.ttf": (SANS, "Explorable Label", {"wght": 700}),
    "text-400.ttf": (f"{SERIF}-wght-normal.woff2", "Explorable Text", {"wght": 400}),
    "text-italic.ttf": (f"{SERIF}-wght-italic.woff2", "Explorable Text", {"wght": 400}),
}
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}

VEGA = "export {vegaEmbed, vegaLite, vega}; export default vegaEmbed;"


def stamp() -> str:
    """Everything that the result depends on, as one hash."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    for script in (Path(__file__), Path(bundle_math.__file__)):
        digest.update(script.read_bytes())
    for name in ("vl-convert-python", "fonttools", "brotli"):
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()


def cut(source: str, family: str, axes: dict[str, object], target: Path) -> None:
    """Write one face with its axes pinned or narrowed, under our family name."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = instantiateVariableFont(TTFont(FACES / source, recalcTimestamp=False), axes)
    weight = axes["wght"] if isinstance(axes["wght"], int) else 400
    italic = "italic" in source
    style = "Italic" if italic else STYLES[weight]
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    table = font["name"]
    for number in (3, 16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.flavor = "woff2" if target.suffix == ".woff2" else None
    font.save(target)


def main() -> None:
    """Bring templates/vendor up to date."""
    mark = VENDOR / "bundle-py.stamp"
    wanted = stamp()
    if mark.exists() and mark.read_text() == wanted:
        print("templates/vendor has its charts and faces")
        return
    from vl_convert import javascript_bundle

    desk = VENDOR / "fonts" / "ttf"
    desk.mkdir(parents=True, exist_ok=True)
    for name, (source, family, axes) in WEB.items():
        cut(source, family, dict(axes), desk.parent / name)
    for name, (source, family, axes) in DESK.items():
        cut(source, family, dict(axes), desk / name)
    bundle_math.cut_math(FACES.with_name("@fontsource"), desk.parent)
    (VENDOR / "vega.js").write_text("// @ts-nocheck\n" + javascript_bundle(VEGA), encoding="utf-8")
    mark.write_text(wanted)
    print("bundled charts and faces into templates/vendor")


if __name__ == "__main__":
    main()
