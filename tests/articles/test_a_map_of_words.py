"""The article on words: what it says of them is so in the vectors that it shows."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from generator.datasets import load_dataset
from generator.read import article

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "articles" / "a-map-of-words"
WORDS = load_dataset(ROOT / "models/datasets/words")
NAMES = [str(name) for name in WORDS.columns["word"]]
UNIT = WORDS.vectors / np.linalg.norm(WORDS.vectors, axis=1, keepdims=True)


def of(*names: str) -> Any:
    return UNIT[[NAMES.index(name) for name in names]]


def test_the_nearest_of_king_less_man_and_woman_is_king_then_queen() -> None:
    wanted = (of("king") - of("man") + of("woman"))[0]
    order = np.argsort(-(UNIT @ wanted))[:2]
    assert [NAMES[i] for i in order] == ["king", "queen"]


def test_opposites_keep_the_same_company() -> None:
    near = np.argsort(-(UNIT @ of("good")[0]))[1:51]
    assert "bad" in [NAMES[i] for i in near]


def test_secretary_stands_among_the_he_trades_and_most_care_at_the_other_end() -> None:
    block = next(one for one in article(FOLDER).blocks if one.name == "fig-trades")
    trades = block.options["words"].value
    way = of("she", "woman", "her", "hers").mean(0) - of("he", "man", "him", "his").mean(0)
    order = sorted(trades, key=lambda name: float(of(name)[0] @ way))
    assert order[0] == "captain"
    assert "secretary" in order[:3]
    assert set(order[-5:]) >= {"midwife", "hairdresser", "receptionist"}


def test_effect_sizes_are_those_of_the_paper_s_formula_and_all_above_one() -> None:
    spec = spec_from_file_location("charts", FOLDER / "charts.py")
    assert spec is not None
    assert spec.loader is not None
    charts: Any = module_from_spec(spec)
    spec.loader.exec_module(charts)
    for x, y, a, b in charts.TESTS.values():
        sides = [of(*some.split()) for some in (a, b)]
        s = {
            word: np.mean([float(of(word)[0] @ one) for one in sides[0]])
            - np.mean([float(of(word)[0] @ one) for one in sides[1]])
            for word in (x + " " + y).split()
        }
        first, second = ([s[word] for word in side.split()] for side in (x, y))
        d = (np.mean(first) - np.mean(second)) / np.std(first + second, ddof=1)
        assert charts.effect(UNIT, NAMES, (x, y, a, b)) == pytest.approx(d, rel=1e-4)
        assert d > 1
    chart = charts.associations(SimpleNamespace(dataset=lambda _name: WORDS)).to_dict()
    assert len(chart["data"]["values"]) == 3
