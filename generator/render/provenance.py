"""What a figure was made from, in words and hashes that a reader can check: the store's record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from generator.cards import DatasetCard, ModelCard
from generator.resolve import Figure
from generator.store import Entry

# How the parts of a key begin that a card vouches for.
CARDS = "file models/"


def provenance(figure: Figure, entry: Entry) -> dict[str, Any]:
    """Everything that decided a payload's bytes, as the template shows it.

    Keys:    options (name and value as text, the seed among them), policy, cards (models first:
             sort, name, summary, license, attribution, source, and sha256 of each file), files
             (name, sha256), libraries (name and version), code (sha256 over the hashes of all
             modules), modules (how many), key (sha256 over all of it).
    Source:  the entry's ``provenance.json``, which names no path of the building machine.
    """
    parts: dict[str, str] = entry.provenance["key"]
    code = {name: digest for name, digest in parts.items() if name.startswith("code ")}
    declared = {name: digest for name, digest in parts.items() if not name.startswith(CARDS)}
    return {
        "options": _options(json.loads(parts["options"])),
        "policy": f"{parts['policy']}, {parts['python']}",
        "cards": [
            *(_card("model", card, parts) for card in figure.models),
            *(_card("dataset", card, parts) for card in figure.datasets),
        ],
        "files": _files("file ", declared),
        "libraries": _files("library ", parts),
        "code": _digest(code),
        "modules": len(code),
        "key": _digest(parts),
    }


def _card(sort: str, card: ModelCard | DatasetCard, parts: Mapping[str, str]) -> dict[str, Any]:
    attribution, source = (
        (card.attribution, card.source)
        if isinstance(card, DatasetCard)
        else ("", card.weights.source)
    )
    return {
        "sort": sort,
        "name": card.name,
        "summary": card.summary,
        "license": card.license,
        "attribution": attribution,
        "source": source,
        "files": _files(f"file {card.place}/", parts),
    }


def _files(prefix: str, parts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name.removeprefix(prefix), digest)
        for name, digest in sorted(parts.items())
        if name.startswith(prefix)
    ]


def _options(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Options that say something, as an article would write them."""
    return [(name, _text(value)) for name, value in options.items() if value not in ("", [], None)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _digest(parts: Mapping[str, str]) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
