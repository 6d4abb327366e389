"""Everything an author can get wrong, as one tree.

* GeneratorError    printed without a traceback, exit status 1
  * ArticleError    front matter, Markdown, citations, links
    * FigureError   one figure block: its kind, its options, the layer it names
  * ModelError      a model folder: card, weights, checksum, architecture
  * DatasetError    a dataset folder: card, loader, file
  * SurveyError     the works of a survey, or what is claimed to be re-created of one
  * GraphError      a function that ONNX cannot express, or whose graph disagrees with PyTorch
  * SiteError       writing: a full disk, a folder in the way, a broken link

Anything else that escapes is our bug and keeps its traceback.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

# A word beyond this is none that anybody reads: what an author wrote by accident.
ENDLESS = re.compile(r"(\S{160})\S{20,}")
# A list of names beyond this many is read by nobody either.
MOST = 30


class GeneratorError(Exception):
    """One mistake: what is wrong, where it stands, and what would mend it."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = ENDLESS.sub(r"\1…", what)
        super().__init__(self.what)
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f"\n  hint: {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from another process, which keyword arguments would not."""
        return _restore, (type(self), self.what, self.where, self.hint)


class ArticleError(GeneratorError):
    """An article's text cannot be read as it stands."""


class FigureError(ArticleError):
    """A figure block asks for something that does not exist."""


class ModelError(GeneratorError):
    """A model folder is incomplete or contradicts itself."""


class DatasetError(GeneratorError):
    """A dataset folder is incomplete or contradicts itself."""


class SurveyError(GeneratorError):
    """The map's works contradict themselves, or something is claimed that is not so."""


class GraphError(GeneratorError):
    """A function cannot become an ONNX graph that agrees with PyTorch."""


class SiteError(GeneratorError):
    """The site cannot be written; the old one is untouched."""


def nearest(name: str, choices: Iterable[str]) -> str:
    """Say which valid choice the author may have meant, or list them (the first 30).

    Raises nothing; an empty list of choices gives the sentence that there are none.
    """
    known = sorted(choices)
    close = get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if len(known) > MOST:
        return f"there is {', '.join(known[:MOST])} and {len(known) - MOST} more"
    return f"there is {', '.join(known)}" if known else "there are none here"


def _restore(kind: type[GeneratorError], what: str, where: str, hint: str) -> GeneratorError:
    return kind(what, where=where, hint=hint)
