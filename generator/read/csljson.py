"""references.json: CSL-JSON as reference managers export it, checked and brought to one form."""

from __future__ import annotations

import json
import re
from typing import Any

from generator.errors import ArticleError
from generator.read.bibtex import Item, issued

ROLES = ("author", "editor", "translator", "container-author", "collection-editor", "director")
PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
# Identifiers under the names that the BibTeX reader gives them.
RENAMED = {"DOI": "doi", "URL": "url"}


def items(text: str, where: str) -> dict[str, Item]:
    """Read a list of CSL-JSON items, or an object with such a list under "items" or "references".

    Raises:  ArticleError with the line for JSON that cannot be read, for an item without an id, an
             id twice, and a field that holds neither text nor number.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        raise ArticleError(f"JSON: {problem.msg}", where=f"{where}:{problem.lineno}") from None
    except RecursionError:
        raise ArticleError("JSON: nested too deeply", where=where) from None
    if isinstance(data, dict):
        data = next((data[name] for name in ("items", "references") if name in data), [data])
    if not isinstance(data, list):
        raise ArticleError("CSL-JSON is a list of works", where=where)
    found: dict[str, Item] = {}
    for number, one in enumerate(data, start=1):
        if not isinstance(one, dict) or not isinstance(one.get("id"), str | int):
            raise ArticleError(f"work {number} of the list has no id", where=where)
        key = str(one["id"])
        place = f"{where}:{line_of(key, text)}"
        if key in found:
            raise ArticleError(f"two works have the id {key!r}", where=place)
        found[key] = _item(key, one, place)
    return found


def line_of(key: str, text: str) -> int:
    """Line on which an item names its id."""
    match = re.search(rf'"id"\s*:\s*"?{re.escape(key)}\b', text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _item(key: str, one: dict[str, Any], where: str) -> Item:
    item: Item = {"id": key, "type": str(one.get("type", "article"))}
    for name, value in one.items():
        if name in ROLES:
            people = [_name(person, name, where) for person in _list(value, name, where)]
            if people and people[-1].get("literal", people[-1].get("family")) == "others":
                people.pop()
                item.setdefault("others", []).append(name)
            if people:
                item[name] = people
        elif name == "issued":
            item["issued"] = _date(value, where)
        elif name not in ("id", "type") and isinstance(value, str | int | float):
            item[RENAMED.get(name, name)] = str(value).strip()
    if str(one.get("archive", "")).casefold() == "arxiv" and "archive_location" in one:
        item["eprint"] = str(one["archive_location"])
    arxiv = re.fullmatch(r"arxiv:\s*(\S+).*", str(one.get("number", "")), re.IGNORECASE)
    if arxiv:
        item["eprint"] = arxiv.group(1)
        del item["number"]
    return {name: value for name, value in item.items() if value != ""}


def _list(value: Any, name: str, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ArticleError(f"{name} is no list of names", where=where)
    return value


def _name(person: Any, role: str, where: str) -> dict[str, str]:
    parts = {
        name: str(person[name]).strip()
        for name in PARTS
        if isinstance(person, dict) and isinstance(person.get(name), str)
    }
    parts = {name: words for name, words in parts.items() if words}
    if "literal" in parts:
        return {"literal": parts["literal"]}
    if "family" in parts:
        return parts
    if "given" in parts:
        return {"literal": parts["given"]}
    raise ArticleError(
        f"a name under {role} has neither family nor literal", where=where,
        hint='write {"family": "Olah", "given": "Chris"} or {"literal": "Google"}',
    )  # fmt: skip


def _date(value: Any, where: str) -> Item:
    wrong = ArticleError("issued is no CSL date", where=where,
                         hint='write {"date-parts": [[2017, 11, 7]]}')  # fmt: skip
    if not isinstance(value, dict):
        raise wrong
    for name in ("raw", "literal"):
        if isinstance(value.get(name), str):
            return issued(value[name].strip(), "", where)
    parts = value.get("date-parts")
    try:
        first = [int(part) for part in parts[0]]  # type: ignore[index]
    except (TypeError, ValueError, OverflowError, IndexError, KeyError):
        raise wrong from None
    if not 1 <= len(first) <= 3:
        raise wrong
    return issued("-".join(f"{part:04}" if i == 0 else str(part) for i, part in enumerate(first)),
                  "", where)  # fmt: skip
