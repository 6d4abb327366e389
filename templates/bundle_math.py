"""The mathematics face, cut from STIX Two Math into parts that a page loads only as it needs them.

    math.woff2         what nearly every formula is made of: italic and Greek letters, operators,
                       arrows, brackets that grow
    math-bold.woff2    bold letters
    math-script.woff2  script, fraktur and double-struck letters
    math-sans.woff2    letters without serifs and of one width
    math-arrows.woff2, math-operators.woff2, math-shapes.woff2    what is rare

``css/math.css`` says which sign is in which part, by the same ranges; a test holds the two equal.
"""

from __future__ import annotations

from pathlib import Path

SOURCE = "stix-two-math/files/stix-two-math-latin-400-normal.woff2"
FAMILY = "Explorable Math"
# Alternates for small sizes, dotless letters under accents, flat accents, and how marks attach.
FEATURES = ["ssty", "dtls", "flac", "ccmp", "mark", "mkmk"]

CORE = (
    "20-7E A0 A8 AC AF-B1 B4 B7 D7 F7 131 237 2C6 2C7 2D8-2DC 300-308 30A 30C 20D6 20D7 331 "
    "332 338 391-3A9 3B1-3C9 3D1 3D5 3D6 3F0 3F1 3F4 3F5 2009 200A 2010-2016 2020-2022 2026 "
    "2032-2037 2044 2057 2061-2064 210F-2113 211C 211D 2102 2115 2118 2119 211A 2124 2130 "
    "2131 2135 2190-2199 21A6 21A9 21AA 21BC 21C0 21CB 21CC 21D0-21D5 2200 2202-2209 220B "
    "220F-2213 2215-221A 221D 221E 2220 2223 2225-222E 2234 2235 223C 2240 2243 2245 2248 "
    "224D 2250 2254 225C 225D 2260 2261 2264 2265 226A 226B 227A 227B 2282-2287 228A 228E "
    "2293-229A 22A2-22A5 22A8 22C0-22C6 22C8 22EE 22EF 22F1 2308-230B 239B-23B1 23B4 23B5 "
    "23DC-23E1 25A1 25B3 25CB 27E6-27EB 27F5-27FA 27FC 2A00-2A02 2A7D 2A7E 2AAF 2AB0 FE00 "
    "1D434-1D467 1D6A4 1D6A5 1D6E2-1D71B "
)
BOLD = "1D400-1D433 1D468-1D49B 1D6A8-1D6E1 1D71C-1D755 1D7CA-1D7D7"
SCRIPT = "1D49C-1D59F 1D7D8-1D7E1"
SANS = "1D5A0-1D6A3 1D756-1D7C9 1D7E2-1D7FF"
ARROWS = "300-3FF 2100-21FF 27F0-27FF 2900-297F 2B00-2BFF"
OPERATORS = "2200-22FF 27C0-27EF 2980-2AFF"
SHAPES = "2000-20FF 2300-27BF"
PARTS = {
    "math": CORE,
    "math-bold": BOLD,
    "math-script": SCRIPT,
    "math-sans": SANS,
    "math-arrows": ARROWS,
    "math-operators": OPERATORS,
    "math-shapes": SHAPES,
}


def codes(ranges: str) -> set[int]:
    """The code points of ranges such as '20-7E A0'."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut_math(faces: Path, folder: Path) -> None:
    """Write every part into `folder`, each with the measures that formulas are set by."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    core = codes(CORE)
    for name, ranges in PARTS.items():
        font = TTFont(faces / SOURCE, recalcTimestamp=False)
        options = Options(layout_features=FEATURES, hinting=False, name_IDs=[1, 2, 4, 6])
        cutter = Subsetter(options)
        wanted = codes(ranges) if name == "math" else codes(ranges) - core
        cutter.populate(unicodes=wanted & set(font.getBestCmap()) | {0xFE00} & wanted)
        cutter.subset(font)
        for number, text in {1: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}.items():
            font["name"].setName(text, number, 3, 1, 0x409)
        font.flavor = "woff2"
        font.save(folder / f"{name}.woff2")
