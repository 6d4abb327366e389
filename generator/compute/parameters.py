"""What of a Vega-Lite specification a reader can set: named parameters and point selections.

A name that Altair made up (``param_1f``) is nobody's; computed parameters follow others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.compute.encodings import PARTS, rows, units

MADE_UP = re.compile(r"param_[0-9a-f]+")
INSTANCE = "instance"
# More values than that are no choice that a sentence or an address would offer.
MOST = 200


def parameters(spec: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every parameter by name, as the page and the rules of its state read it.

    A value has ``start`` and, where it is bound to an element, ``choices`` or ``least``, ``most``
    and ``step``. A point selection on one field has ``field`` and, unless the field holds instances
    of a dataset, ``choices`` with "" for none.
    """
    found: dict[str, dict[str, Any]] = {}
    for one in _all(spec):
        name = one["name"]
        told = _selection(one, spec) if "select" in one else _value(one)
        joins = told is not None and told.get("field") == INSTANCE
        if told is not None and (joins or not MADE_UP.fullmatch(name)):
            found[name] = told
    return found


def instances(spec: Mapping[str, Any]) -> list[Any]:
    """Every value of the field ``instance``, in all data of a specification."""
    views = {id(row): row for unit in units(spec) for row in rows(unit)}
    return [row[INSTANCE] for row in views.values() if INSTANCE in row]


def _all(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from spec.get("params", ())
    for child in [child for part in PARTS for child in spec.get(part, ())]:
        yield from _all(child)
    if "spec" in spec:
        yield from _all(spec["spec"])


def _value(one: Mapping[str, Any]) -> dict[str, Any] | None:
    start, bind = one.get("value"), one.get("bind") or {}
    if "expr" in one or not isinstance(start, bool | int | float | str):
        return None
    if bind.get("input") == "range" and {"min", "max"} <= set(bind):
        step = {"step": bind["step"]} if "step" in bind else {}
        return {"start": start, "least": bind["min"], "most": bind["max"], **step}
    if bind.get("input") in ("select", "radio"):
        labels = {"words": bind["labels"]} if "labels" in bind else {}
        return {"start": start, "choices": bind["options"], **labels}
    if bind.get("input") == "checkbox":
        return {"start": start, "choices": [True, False]}
    return {"start": start}


def _selection(one: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """A point selection on one field; brushes and selections of whole rows are no single value."""
    select = one["select"]
    if not isinstance(select, Mapping) or select.get("type") != "point":
        return None
    fields = select.get("fields") or _encoded(select.get("encodings") or (), spec)
    if len(fields) != 1:
        return None
    field = fields[0]
    first = _first(one.get("value"))
    start = first.get(field, "") if isinstance(first, Mapping) else first
    if field == INSTANCE:
        return {"field": field, "start": start}
    values = dict.fromkeys(
        row[field] for unit in units(spec) for row in rows(unit)
        if isinstance(row.get(field), bool | int | float | str)
    )  # fmt: skip
    if not 0 < len(values) <= MOST:
        return None
    return {"field": field, "start": start, "choices": ["", *values]}


def _first(value: Any) -> Any:
    """What a selection begins with: a value, or a row, or the first of several; "" for nothing."""
    several = value if isinstance(value, list) else [value]
    return "" if not several or several[0] is None else several[0]


def _encoded(channels: Sequence[str], spec: Mapping[str, Any]) -> list[str]:
    """The field that each channel shows, in the first view that has it."""
    found = []
    for channel in channels:
        for unit in units(spec):
            encoding = unit["encoding"].get(channel)
            if isinstance(encoding, Mapping) and "field" in encoding:
                found.append(str(encoding["field"]))
                break
    return found
