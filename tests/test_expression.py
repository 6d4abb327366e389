"""Expressions of reader variables mean the same to the build and to the page."""

import json
import math
import random
import struct
import subprocess
from pathlib import Path

import pytest

from generator.expression import LONGEST, evaluate, names, parse, sort
from generator.rules import Number, OneOf, Some, Text
from generator.wording import is_spec, written

ROOT = Path(__file__).parents[1]
KNOWN = {"k": "number", "fig-map.step": "number", "optimizer": "text", "on": "truth"}


def value(text: str, **values: object) -> object:
    return evaluate(parse(text), {"fig-map.step": 8.0, **values})  # type: ignore[dict-item]


def page(sentences: object, rules: object = ()) -> dict[str, list[object]]:
    done = subprocess.run(
        [str(ROOT / ".venv/bin/node"), "tests/js/sentences.mjs"],
        cwd=ROOT,
        input=json.dumps({"sentences": sentences, "rules": rules}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answers: dict[str, list[object]] = json.loads(done.stdout)
    return answers


def test_arithmetic_by_hand() -> None:
    assert value("2 + 3 * k ** 2", k=4.0) == 50
    assert value("-k % 3", k=4.0) == 2
    assert value("-7 // 2") == -4
    assert value("fig-map.step - 1") == 7
    assert value("max(k, 3) + round(2.5) + round(3.5)", k=1.0) == 9
    assert value("sqrt(16) + exp(0) + log(1) + log2(8) + log10(1000)") == 11


def test_words_depend_on_conditions() -> None:
    text = "'none' if k == 0 else 'a few' if 0 < k < 4 else \"many\""
    assert [value(text, k=k) for k in (0.0, 3.0, 4.0)] == ["none", "a few", "many"]
    assert value("'a-fig.x'") == "a-fig.x"
    assert value("optimizer == 'adam' and not on", optimizer="adam", on=False) is True


def test_what_has_no_number_is_not_one_and_never_an_error() -> None:
    for text in ("1 / 0", "0 / 0 - 1", "sqrt(-1)", "log(0)", "(-8) ** 0.5", "10 ** 400", "5 % 0"):
        assert math.isnan(value(text)), text  # type: ignore[arg-type]
    assert written(math.nan) == "–"


def test_a_tree_knows_its_names_and_its_sort() -> None:
    tree = parse("k * fig-map.step if optimizer == 'sgd' else k")
    assert names(tree) == ["optimizer", "k", "fig-map.step"]
    assert sort(tree, KNOWN) == "number"
    assert sort(parse("optimizer"), KNOWN) == "text"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("k +", "'k +' is no expression"),
        ("__import__('os')", "no function '__import__'"),
        ("rounds(k)", "did you mean 'round'?"),
        ("[1, 2]", "'[1, 2]' has no place in an expression"),
        ("(lambda: 1)()", "has no place"),
        ("k if optimizer else 1", "the condition after 'if' wants a truth, not a text"),
        ("k + optimizer", "'+' wants a number, not a text"),
        ("1 if on else 'x'", "'if' and 'else' wants a number, not a text"),
        ("min(k)", "min() takes two or more numbers"),
        ("(" * 250, "is no expression"),
        ("k" * 301, "more than 300 letters"),
        ("1e999", "has no place"),
    ],
)
def test_what_is_no_expression_says_why(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=".") as problem:
        sort(parse(text), KNOWN)
    assert complaint in str(problem.value)


def test_numbers_read_as_prose() -> None:
    assert [written(n) for n in (5, 5.0, 0.25, 12_000, -12_000.0, 1 / 3, -0.0, 1e-7)] == [
        "5", "5", "0.25", "12,000", "-12,000", "0.3333", "0", "1e-07",
    ]  # fmt: skip
    assert written(0.125, ".2f") == "0.12"
    assert written(-0.04, ".1f") == "0.0"
    assert written(0.9637, ".1%") == "96.4%"
    assert written(1234.5, "+,.0f") == "+1,234"
    assert [is_spec(spec) for spec in ("", "+,.3g", "d", ".3")] == [True, True, False, False]


def random_float(rng: random.Random) -> float:
    """Every sort of number: ties, tiny, huge, whole, any bits."""
    choice = rng.randrange(5)
    if choice == 0:
        return rng.randrange(-(10**6), 10**6) / 2 ** rng.randrange(8)
    if choice == 1:
        return round(rng.uniform(-1000, 1000), rng.randrange(4))
    if choice == 2:
        return rng.uniform(-1, 1) * 10.0 ** rng.randrange(-12, 22)
    if choice == 3:
        return float(rng.randrange(-20, 20))
    number: float = struct.unpack("d", rng.randbytes(8))[0]
    return number if math.isfinite(number) else 0.0


def test_the_page_writes_numbers_letter_for_letter_as_the_build() -> None:
    rng = random.Random(4)
    specs = ["", ",", "+", *(f"{plus}{comma}.{digits}{kind}" for plus in ("", "+")
             for comma in ("", ",") for digits in (0, 1, 3, 12) for kind in "feg%")]  # fmt: skip
    cases = [(random_float(rng), rng.choice(specs)) for _ in range(4000)]
    assert all(is_spec(spec) for spec in specs)
    told = page([[number, {}, spec] for number, spec in cases])["words"]
    wrong = [(n, s, written(n, s), said) for (n, s), said in zip(cases, told, strict=True)
             if written(n, s) != said]  # fmt: skip
    assert wrong == []


def random_tree(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(["a", "b", "0.5", "2", "3", "10"])
    one, two = (random_tree(rng, rng.randrange(depth)) for _ in range(2))
    return rng.choice([
        f"({one} {rng.choice(['+', '-', '*', '/', '//', '%'])} {two})",
        f"-{one}", f"({one} if {two} {rng.choice(['<', '==', '>='])} {one} else {two})",
        f"{rng.choice(['abs', 'round', 'floor', 'ceil', 'sqrt'])}({one})",
        f"{rng.choice(['min', 'max'])}({one}, {two}, 1)",
        f"(1 if not ({one} > 0 and {two} != 1 or {one} <= {two}) else 0)",
    ])  # fmt: skip


def test_the_page_calculates_as_the_build() -> None:
    """The same bits: only + - * / and roots, which IEEE 754 rounds alike everywhere."""
    rng = random.Random(5)
    cases = []
    for text in (random_tree(rng, 4) for _ in range(4000)):
        values = {name: rng.choice([-2.5, -1.0, 0.0, 0.1, 0.7, 3.0, 1e9]) for name in "ab"}
        if len(text) <= LONGEST:
            cases.append((parse(text), values))
    told = page([[tree, values, ".17g"] for tree, values in cases])["words"]
    assert told == [written(evaluate(tree, values), ".17g") for tree, values in cases]
    assert len({*told}) > 100


def test_powers_exponentials_and_logarithms_agree_to_twelve_digits() -> None:
    """Libraries round the last of some 15.9 digits as they like; prose shows far fewer."""
    rng = random.Random(6)
    texts = ["a ** b", "exp(a)", "log(b)", "log2(b)", "log10(b)"]
    cases = [(parse(rng.choice(texts)), {"a": rng.uniform(0, 9), "b": rng.uniform(0.01, 9)})
             for _ in range(500)]  # fmt: skip
    told = page([[tree, values, ".12g"] for tree, values in cases])["words"]
    assert told == [written(evaluate(tree, values), ".12g") for tree, values in cases]


def test_the_page_holds_values_to_the_same_rules_as_the_build() -> None:
    rules = [
        OneOf("d", ("a", "2", 2, True)), Number("d", 1, 30, 5, 1), Number("d", 0, 1, step=0.1),
        Number("d", -5, 5), Some("d", ("conv1", "conv2")), Text("d", r"\d+\.\d+", "1.2"),
    ]  # fmt: skip
    texts = ["a", "2", "true", "b", "1", "30", "31", "5.5", "0.3", "0.35", "-5", "nan", "1e3", "",
             "conv1", "conv2 conv1", "conv3", "1.2", "1.2.3", "x1.2"]  # fmt: skip
    pairs = [(rule, text, rule.read(text)) for rule in rules for text in texts]
    allowed = [(rule.told(), found) for rule, _, found in pairs if found is not None]
    assert page([], allowed)["verdicts"] == [True] * len(allowed)
    typed = [(rule, text) for rule, text, found in pairs if found is None]
    refused = [(rule.told(), other) for rule, text in typed for other in guesses(text)]
    assert page([], refused)["verdicts"] == [False] * len(refused)
    assert len(allowed) > 15
    assert len(refused) > 50
    assert page([], [[OneOf("d", ("2",)).told(), 2], [OneOf("d", (1,)).told(), True]])[
        "verdicts"
    ] == [False, False]


def guesses(text: str) -> list[object]:
    """A text as the address would read it."""
    try:
        return [float(text)] if math.isfinite(float(text)) else [text]
    except ValueError:
        return [text]
