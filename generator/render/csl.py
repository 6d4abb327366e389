"""One article's references in a citation style: each work in the list, and each time it is cited.

citeproc-py does the styling. What it does not do is done here, and each part has a test: "and
others", letters that tell two works of one year apart, numbers that the page's list already shows,
and a link for every work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.read.citations import Reference
from generator.read.cites import Cite
from generator.render.marks import CLOSE, FORMAT, html, marked
from generator.render.style import load_style

if TYPE_CHECKING:
    from citeproc import CitationItem

NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
# Written as they should stand: a style that changes case makes "arXiv" and "J. of X" worse.
KEPT = ("container-title", "collection-title", "publisher", "number")
# Private characters that stand for a name or a number until the style has placed them.
OTHERS, NOBODY, HERE = "\ue200", "\ue201", "\ue202"
CLOSES = "".join(CLOSE.values())
NUMERIC = "//cs:text[@variable='citation-number'] | //cs:number[@variable='citation-number']"
LETTERED = "//cs:text[@variable='year-suffix']"


def styled(references: Sequence[Reference], style: Path | str, language: str) -> Csl:
    """The references in a style; those that were the last ones asked for are at hand already.

    Raises:  SiteError for a style that is not there or cannot be used.
    """
    path = style if isinstance(style, Path) else None
    changed = path.stat().st_mtime_ns if path and path.is_file() else 0
    return _styled(tuple(references), style, language, changed)


@lru_cache(maxsize=128)
def _styled(
    references: tuple[Reference, ...], style: Path | str, language: str, changed: int
) -> Csl:
    return Csl(references, style=style, language=language)


class Csl:
    """References in the order of the style's list; `numbered` tells whether it cites by number."""

    def __init__(
        self,
        references: Sequence[Reference],
        *,
        style: Path | str = "numbered",
        language: str = "en",
    ) -> None:
        """Read the style and give every work its place.

        Raises:  SiteError for a style that is not there or cannot be used.
        """
        self._style = load_style(style, language)
        self._root = self._style.root
        self.numbered = bool(self._root.xpath_search(NUMERIC))
        self.references = {one.key: one for one in references}
        self._entries: dict[str, str] = {}
        self._ids = {one.key: f"r{i}" for i, one in enumerate(references)}
        self._register([_item(one, self._ids[one.key]) for one in references])
        if not self.numbered:
            self._letter()

    @property
    def listed(self) -> list[Reference]:
        """Works in the order of the list."""
        keys = {identity: key for key, identity in self._ids.items()}
        return [self.references[keys[identity]] for identity in self._book.keys]

    @property
    def frame(self) -> tuple[str, str, str]:
        """HTML before the first work of a citation, between two, and after the last."""
        layout = self._root.citation.layout
        before, _, after = html(str(layout.format(layout.wrap(HERE)))).partition(HERE)
        return before, html(layout.get("delimiter", "")), after

    @property
    def conjunction(self) -> str:
        """ "and" in the language of the style."""
        return html(self._term("and"))

    def cited(self, cite: Cite) -> str:
        """HTML for one work within the frame."""
        return html(_tidy(self._cite(cite, self._ids[cite.key])))

    def names(self, cite: Cite) -> str:
        """HTML for the authors as a sentence names them."""
        reference = self.references[cite.key]
        families = [
            str(one.get("literal") or " ".join(
                one[part] for part in ("non-dropping-particle", "family") if part in one))
            for one in reference.people
        ]  # fmt: skip
        if not families:
            return html(marked(reference.title))
        if len(families) > 2 or reference.others:
            return html(f"{families[0]} {self._term('et-al')}")
        return html(f" {self._term('and')} ".join(families))

    def rest(self, cite: Cite) -> str:
        """HTML for what stands in the frame once the sentence has named the authors."""
        if self.numbered:
            return self.cited(cite)
        whole = self._cite(cite, f"{self._ids[cite.key]}-nobody")
        return html(_tidy(re.sub(rf"{NOBODY}[,.:]?\s*", "", whole)))

    def entry(self, reference: Reference) -> str:
        """HTML for a work in the list, with a link to it."""
        if reference.key not in self._entries:
            self._entries[reference.key] = self._entry(reference)
        return self._entries[reference.key]

    def _entry(self, reference: Reference) -> str:
        item = next(one for one in self._book.items if one.key == self._ids[reference.key])
        layout = self._root.bibliography.layout
        layout.repressed = {}
        text = self._named(str(layout.format(layout.wrap(layout.render_children(item) or ""))))
        if self.numbered:
            text = re.sub(rf"^\s*[\[(]?{item.number}[\])]?[.:]?\s*", "", text)
        if text and text.rstrip(CLOSES)[-1:] not in (".", "?", "!", "”"):
            text += "."
        return _linked(_tidy(text), reference)

    def _register(self, items: list[dict[str, Any]]) -> None:
        from citeproc import Citation, CitationItem, CitationStylesBibliography
        from citeproc.source.json import CiteProcJSON

        nobody = [
            {**{name: value for name, value in one.items() if name not in NAMES},
             "id": f"{one['id']}-nobody", "author": [{"literal": NOBODY}]}
            for one in items
        ]  # fmt: skip
        self._book = CitationStylesBibliography(
            self._style, CiteProcJSON([*items, *nobody]), formatter=FORMAT
        )
        self._book.register(Citation([CitationItem(one["id"]) for one in items]))
        self._book.sort()

    def _letter(self) -> None:
        """Tell works apart that would be cited alike: 2017a, 2017b in the order of the list."""
        alike: dict[str, list[Reference]] = {}
        for one in self.listed:
            alike.setdefault(self.cited(Cite(one.key)), []).append(one)
        letters = {
            one.key: "abcdefghijklmnopqrstuvwxyz"[i % 26]
            for group in alike.values() if len(group) > 1 for i, one in enumerate(group)
        }  # fmt: skip
        if not letters:
            return
        own = bool(self._root.xpath_search(LETTERED))
        items = []
        for one in self.references.values():
            item = _item(one, self._ids[one.key])
            if one.key in letters and own:
                item["year-suffix"] = letters[one.key]
            elif one.key in letters:
                item["issued"] = {"literal": one.year + letters[one.key]}
            items.append(item)
        self._register(items)

    def _cite(self, cite: Cite, identity: str) -> str:
        from citeproc import Citation, CitationItem, Locator

        locator = {}
        if cite.place:
            known = self._root.get_term(cite.label, form="short") is not None
            place = cite.place if known else f"{cite.label} {cite.place}"
            locator = {"locator": Locator(cite.label if known else "", place)}
        item: CitationItem = CitationItem(identity, **locator)
        Citation([item]).bibliography = self._book
        if identity.endswith("-nobody"):
            self._book.keys.append(identity)
        # Notes such as "ibid." belong to footnotes; here every citation reads as the first.
        self._root.citation.cites = []
        layout = self._root.citation.layout
        layout.repressed = {}
        text = self._named(str(layout.render_children(item) or ""))
        if identity.endswith("-nobody"):
            self._book.keys.pop()
        return text

    def _named(self, text: str) -> str:
        """What the style made of the name that stands for all others, as "et al."."""
        conjunction = re.escape(self._term("and"))
        others = rf",?\s*(?:(?:&|{conjunction})\s+)?{OTHERS}"
        return re.sub(others, f" {self._term('et-al')}", text)

    def _term(self, name: str) -> str:
        return str(self._root.get_single_term(name=name))


def _item(reference: Reference, identity: str) -> dict[str, Any]:
    """CSL-JSON as the engine takes it: known variables, marks for tags, a name for all others."""
    from citeproc import VARIABLES

    item: dict[str, Any] = {"id": identity, "type": reference.item.get("type", "article")}
    for name, value in reference.item.items():
        if name.replace("-", "_") in VARIABLES:
            words = marked(value) if isinstance(value, str) else value
            item[name] = f'<span class="nocase">{words}</span>' if name in KEPT else words
    for role in reference.others:
        item[role] = [*item.get(role, []), {"literal": OTHERS}]
    return item


def _tidy(text: str) -> str:
    """One full stop where a style's own meets one that was there; no space before it."""
    text = re.sub(rf"([.?!])([{CLOSES}]*)\.(?!\.)", r"\1\2", text)
    return re.sub(r" {2,}", " ", text).strip()


def _linked(text: str, reference: Reference) -> str:
    """The entry with its address as a link, added where the style prints none."""
    spellings = [reference.link, reference.identifier, reference.identifier.partition(":")[2]]
    for spelling in filter(None, dict.fromkeys(spellings)):
        start = text.find(spelling)
        if start < 0:
            continue
        before, after = text[:start], text[start + len(spelling) :]
        # Some styles print the same place twice.
        for twice in (f", {reference.identifier}", f" {reference.identifier}"):
            after = after.replace(twice, "")
        return html(before) + _link(reference.link, spelling) + html(after)
    found = html(text)
    return f"{found} {_link(reference.link, reference.identifier)}" if reference.link else found


def _link(address: str, words: str) -> str:
    sort = "" if words == address else ' class="short"'
    return f'<a href="{html(address)}"{sort}>{html(words)}</a>'
