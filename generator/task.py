"""One figure that the store lacks: what a process of its own is given to do."""

from __future__ import annotations

from time import monotonic

from generator.blame import Authored
from generator.code import Code
from generator.errors import FigureError, GeneratorError, SiteError
from generator.keys import Key, key
from generator.reads import only
from generator.resolve import Figure
from generator.shared import Shared
from generator.store import Store


def task(figure: Figure, known: Key, store: Store) -> float:
    """Produce one figure into the store under its key; gives the seconds that it took.

    Raises:  GeneratorError, naming the figure's line where nothing else is named; and SiteError
             where the key has changed meanwhile, so that nobody knows what was computed.
    """
    from generator.produce import produce

    started = monotonic()
    try:
        with store.writing(known) as folder:
            with only(figure.root, known.files), Authored(figure.root, FigureError):
                produce(figure, folder, Shared(figure, known, store))
            if key(figure, Code(store.code)) != known:
                raise SiteError(f"what {figure.name} is made of was changed", hint="build again")
    except GeneratorError as problem:
        problem.where = problem.where or figure.block.where
        raise
    return monotonic() - started
