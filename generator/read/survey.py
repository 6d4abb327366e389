"""What an article may say it covers of the survey: the cells of its table and the catalogue's rows.

Source:  Hohman, Kahng, Pienta and Chau 2018, arXiv:1801.06889, sections 4 to 8.
"""

from __future__ import annotations

import re

QUESTIONS = {"4": "why", "5": "who", "6": "what", "7": "how", "8": "when"}
CELLS = {
    "4.1": "interpretability and explainability",
    "4.2": "debugging and improving models",
    "4.3": "comparing and selecting models",
    "4.4": "teaching deep learning concepts",
    "5.1": "model developers and builders",
    "5.2": "model users",
    "5.3": "non-experts",
    "6.1": "computational graph and network architecture",
    "6.2": "learned model parameters",
    "6.3": "individual computational units",
    "6.4": "neurons in high-dimensional space",
    "6.5": "aggregated information",
    "7.1": "node-link diagrams for network architecture",
    "7.2": "dimensionality reduction and scatter plots",
    "7.3": "line charts for temporal metrics",
    "7.4": "instance-based analysis and exploration",
    "7.5": "interactive experimentation",
    "7.6": "algorithms for attribution and feature visualization",
    "8.1": "during training",
    "8.2": "after training",
}
# T: Table II, L: added by its authors later, N: named in the text, B: beyond the survey.
ROW = re.compile(r"[TNB]\d{2}|L\d")


def cell(value: object) -> str:
    """A cell as the survey numbers it; YAML reads an unquoted 6.3 as a number.

    Raises:  ValueError for a section that is no cell of the table.
    """
    text = str(value)
    if text not in CELLS:
        raise ValueError(
            f"{text!r} is no cell of the survey; they run from 4.1 to 8.2: {', '.join(CELLS)}"
        )
    return text


def row(value: object) -> str:
    """A row of the catalogue.

    Raises:  ValueError for a name of another form.
    """
    text = str(value)
    if not ROW.fullmatch(text):
        raise ValueError(f"{text!r} is no catalogue row; rows are named like T11, L1, N06 or B02")
    return text


def covered(cells: tuple[str, ...]) -> dict[str, list[str]]:
    """The survey's questions in its order, each with what the cells answer of it."""
    found: dict[str, list[str]] = {}
    for number, words in CELLS.items():
        if number in cells:
            found.setdefault(QUESTIONS[number[0]], []).append(words)
    return found
