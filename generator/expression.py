"""Small expressions of reader variables: ``0.1 * 2 ** epochs``, ``"short" if k < 3 else "long"``.

Written as Python is, checked here, and handed to the page as a tree of lists, so that the page has
nothing to parse: ``["*", 0.1, ["**", 2, ["name", "epochs"]]]``. ``templates/js/expression.js``
evaluates the same trees; a test holds the two equal.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.errors import nearest
from generator.rules import Scalar

Tree = bool | float | list[Any]
Sort = str  # "number", "text" or "truth"

LONGEST = 300
# A quoted text, which is left alone, or a figure's state, whose hyphens Python would subtract.
STATE = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.-])([A-Za-z][\w-]*\.[A-Za-z]\w*)""")
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
CALCULATE: dict[str, Callable[..., Any]] = {
    "negative": operator.neg, "+": operator.add, "-": operator.sub, "*": operator.mul,
    "/": operator.truediv, "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs, "round": round, "floor": math.floor, "ceil": math.ceil, "sqrt": math.sqrt,
    "exp": math.exp, "log": math.log, "log2": math.log2, "log10": math.log10,
    "min": min, "max": max,
}  # fmt: skip
MANY = ("min", "max")


def parse(text: str) -> Tree:
    """Read an expression; names are left as they stand.

    Raises:  ValueError, in words for an author, for what is no expression of this small language.
    """
    if len(text) > LONGEST:
        raise ValueError(f"an expression of more than {LONGEST} letters")
    states: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match.group(1):
            return match.group(1)
        states.append(match.group(2))
        return f"_{len(states) - 1}"

    try:
        # Python reads, and never runs, what stands here.
        found = ast.parse(STATE.sub(keep, text.strip()), mode="eval")
    except (SyntaxError, MemoryError, ValueError):
        raise ValueError(f"{text.strip()!r} is no expression") from None
    return _tree(found.body, states)


def _tree(node: ast.expr, states: list[str]) -> Tree:
    def tree(child: ast.expr) -> Tree:
        return _tree(child, states)

    match node:
        case ast.Constant(value=bool(value)):
            return value
        case ast.Constant(value=int(value) | float(value)) if math.isfinite(_float(value)):
            return float(value)
        case ast.Constant(value=str(value)):
            return ["text", value]
        case ast.Name(id=name):
            known = name[0] == "_" and name[1:].isdigit() and int(name[1:]) < len(states)
            return ["name", states[int(name[1:])] if known else name]
        case ast.UnaryOp(op=ast.USub(), operand=one):
            return ["negative", tree(one)]
        case ast.UnaryOp(op=ast.UAdd(), operand=one):
            return tree(one)
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return ["not", tree(one)]
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC:
            return [ARITHMETIC[type(operator)], tree(node.left), tree(node.right)]
        case ast.BoolOp(op=joined, values=values):
            return ["and" if isinstance(joined, ast.And) else "or", *map(tree, values)]
        case ast.Compare(ops=ops) if all(type(one) in COMPARISONS for one in ops):
            return _compared(node, tree)
        case ast.IfExp(test=test, body=body, orelse=other):
            return ["if", tree(test), tree(body), tree(other)]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _called(name, [tree(one) for one in args])
    raise ValueError(f"{ast.unparse(node)!r} has no place in an expression")


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _compared(node: ast.Compare, tree: Callable[[ast.expr], Tree]) -> Tree:
    """``1 < x < 3`` as two comparisons."""
    sides = [tree(one) for one in (node.left, *node.comparators)]
    pairs: list[Tree] = [
        [COMPARISONS[type(op)], sides[i], sides[i + 1]] for i, op in enumerate(node.ops)
    ]
    return pairs[0] if len(pairs) == 1 else ["and", *pairs]


def _called(name: str, arguments: list[Tree]) -> Tree:
    if name not in FUNCTIONS:
        raise ValueError(f"no function {name!r}; {nearest(name, FUNCTIONS)}")
    if (len(arguments) < 2) if name in MANY else (len(arguments) != 1):
        raise ValueError(f"{name}() takes {'two or more numbers' if name in MANY else 'a number'}")
    return [name, *arguments]


def names(tree: Tree) -> list[str]:
    """Variables and figure states that a tree asks for, in order, each once."""
    if not isinstance(tree, list) or tree[0] == "text":
        return []
    if tree[0] == "name":
        return [tree[1]]
    return list(dict.fromkeys(name for child in tree[1:] for name in names(child)))


def sort(tree: Tree, known: Mapping[str, Sort]) -> Sort:
    """Whether a tree gives a number, a text or a truth.

    Raises:  ValueError where the parts do not fit together.
    """
    if not isinstance(tree, list):
        return "truth" if isinstance(tree, bool) else "number"
    head, *parts = tree
    if head in ("text", "name"):
        return "text" if head == "text" else known[parts[0]]
    sorts = [sort(part, known) for part in parts]
    if head == "if":
        _all(sorts[:1], "truth", "the condition after 'if'")
        _all(sorts[1:], sorts[1], "'if' and 'else'")
        return sorts[1]
    if head in ("and", "or", "not"):
        _all(sorts, "truth", repr(head))
        return "truth"
    if head in ("==", "!="):
        _all(sorts, sorts[0], repr(head))
        return "truth"
    _all(sorts, "number", repr(head))
    return "truth" if head in COMPARE else "number"


def _all(sorts: list[Sort], wanted: Sort, what: str) -> None:
    for one in sorts:
        if one != wanted:
            raise ValueError(f"{what} wants a {wanted}, not a {one}")


def evaluate(tree: Tree, values: Mapping[str, Scalar]) -> Scalar:
    """The value of a tree; what is not a finite number is NaN, here as in the page."""
    if not isinstance(tree, list):
        return tree
    head, *parts = tree
    if head == "text":
        return str(parts[0])
    if head == "name":
        value = values[parts[0]]
        return value if isinstance(value, bool | str) else float(value)
    if head == "if":
        return evaluate(parts[1] if evaluate(parts[0], values) else parts[2], values)
    if head in ("and", "or"):
        return (all if head == "and" else any)([evaluate(part, values) for part in parts])
    return _finite(head, [evaluate(part, values) for part in parts])


def _finite(head: str, found: list[Any]) -> Scalar:
    """One operation on values."""
    if head in COMPARE:
        return COMPARE[head](*found)
    if head == "not":
        return not found[0]
    if any(math.isnan(one) for one in found):
        return math.nan
    try:
        result = (FUNCTIONS if head in FUNCTIONS else CALCULATE)[head](*found)
    except (ArithmeticError, ValueError):
        return math.nan
    # A negative number to a fractional power is complex.
    real = not isinstance(result, complex) and math.isfinite(result)
    return float(result) if real else math.nan
