"""What follows from a language tag: the direction of writing."""

from __future__ import annotations

# Languages written from right to left where the tag names no script, and the scripts that are.
RIGHT_TO_LEFT = {
    "ar", "arc", "azb", "bal", "bcc", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc",
    "mzn", "nqo", "pnb", "prs", "ps", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
}  # fmt: skip
SCRIPTS = {"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"}


def direction(tag: str) -> str:
    """``rtl`` or ``ltr`` for a BCP 47 tag; a script in the tag decides, else the language."""
    language, *rest = tag.casefold().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in SCRIPTS else "ltr"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
