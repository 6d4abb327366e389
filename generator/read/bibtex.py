"""BibTeX entries as CSL-JSON items, the form that citation styles are written for."""

from __future__ import annotations

import re
from typing import Any

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError

from generator.errors import ArticleError
from generator.read.latex import plain, rich

Item = dict[str, Any]
TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "book",
    "dataset": "dataset", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "manual": "report",
    "mastersthesis": "thesis", "phdthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "proceedings": "book", "report": "report", "techreport": "report", "software": "software",
    "unpublished": "manuscript",
}  # fmt: skip
GENRES = {"mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis"}  # noqa: RUF001
# First field that an entry has; the text may carry emphasis and protected capitals.
FIELDS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "publisher": ("publisher", "school", "institution", "organization"),
    "publisher-place": ("address", "location"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "edition": ("edition",),
    "genre": ("type",),
    "note": ("note",),
    "ISBN": ("isbn",),
}
ENTRY, KEY_END = re.compile(r"@\s*\w+\s*[{(]\s*"), re.compile(r"\s*[,})\n]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def items(text: str, where: str) -> dict[str, Item]:
    """Read BibTeX; items carry ``id``, names as CSL has them and, for "and others", ``others``.

    Raises:  ArticleError with the line for BibTeX that cannot be read.
    """
    try:
        # By name it would be looked for among the entry points of everything installed.
        data: BibliographyData = Parser().parse_string(text)
    except PybtexError as problem:
        said = str(problem)
        number = _named_line(said, text)
        said = re.sub(r"^syntax error in line \d+: ", "", said)
        raise ArticleError(f"BibTeX: {said}", where=f"{where}:{number}") from None
    found: dict[str, Item] = {}
    for key, entry in data.entries.items():
        place = f"{where}:{line_of(key, text)}"
        try:
            found[key] = _item(key, entry, place)
        except PybtexError as problem:
            raise ArticleError(f"BibTeX: reference {key!r}: {problem}", where=place) from None
    return found


def _named_line(said: str, text: str) -> int:
    """The line that a complaint of the parser means."""
    line = re.search(r"in line (\d+)", said)
    if line:
        return int(line.group(1))
    key = re.search(r"repeated bibliography entry: (\S+)", said)
    return line_of(key.group(1), text, last=True) if key else 1


def line_of(key: str, text: str, *, last: bool = False) -> int:
    """Line at which an entry starts."""
    found = []
    for match in ENTRY.finditer(text):
        end = match.end() + len(key)
        if text[match.end() : end].casefold() == key.casefold() and KEY_END.match(text, end):
            found.append(text.count("\n", 0, match.start()) + 1)
    return found[-1 if last else 0] if found else 1


def _item(key: str, entry: Entry, where: str) -> Item:
    fields = {name.lower(): value for name, value in entry.fields.items()}
    item: Item = {"id": key, "type": TYPES.get(entry.type.lower(), "article")}
    for name, sources in FIELDS.items():
        value = next((fields[one] for one in sources if fields.get(one, "").strip()), "")
        if value:
            item[name] = rich(value) if name == "title" else plain(value)
    if entry.type.lower() in GENRES:
        item.setdefault("genre", GENRES[entry.type.lower()])
    if fields.get("pages"):
        item["page"] = re.sub(r"\s*[-–]+\s*", "–", plain(fields["pages"]))  # noqa: RUF001
    for role in ("author", "editor", "translator"):
        people = [one for person in entry.persons.get(role, []) if (one := _name(person))]
        if people and people[-1].get("literal") == "others":
            people.pop()
            item.setdefault("others", []).append(role)
        if people:
            item[role] = people
    written = plain(fields.get("date") or fields.get("year", ""))
    if written:
        item["issued"] = issued(written, plain(fields.get("month", "")), where)
    found = ("doi", "eprint", "archiveprefix", "eprinttype", "url")
    item |= {name: fields[name].strip() for name in found if name in fields}
    return item


def _name(person: Person) -> dict[str, str]:
    """One name in the parts that CSL knows; a name in braces of its own is kept whole."""
    given = plain(" ".join([*person.first_names, *person.middle_names]))
    particle = plain(" ".join(person.prelast_names))
    family = plain(" ".join(person.last_names))
    suffix = plain(" ".join(person.lineage_names))
    whole = len(person.last_names) == 1 and person.last_names[0].startswith("{")
    if not given and not particle:
        return {"literal": family} if whole or family else {}
    if not family:
        return {"literal": f"{given} {particle}".strip()}
    parts = {
        "family": family,
        "given": given,
        "non-dropping-particle": particle,
        "suffix": suffix,
    }
    return {name: words for name, words in parts.items() if words}


def issued(written: str, month: str, where: str) -> Item:
    """A CSL date; what is no date, such as "in press", stays as it is written.

    Raises:  ArticleError for a month that no year has.
    """
    match = re.fullmatch(r"[(\[]?(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T/].*)?[)\]]?", written)
    if not match:
        return {"literal": written}
    parts = [int(part) for part in match.groups() if part]
    if len(parts) == 1 and month[:3].lower() in MONTHS:
        parts.append(MONTHS.index(month[:3].lower()) + 1)
    elif len(parts) == 1 and re.fullmatch(r"\d{1,2}", month):
        parts.append(int(month))
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        raise ArticleError(f"the date {written!r} has no such month", where=where)
    return {"date-parts": [parts]}
