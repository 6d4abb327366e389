"""Stages 3 and 4 for all figures: what the store lacks is produced, in parallel processes."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.keys import Key, key
from generator.report import Report
from generator.resolve import Figure
from generator.store import Entry, Store


def compute(figures: list[Figure], store: Store, report: Report) -> dict[str, Entry]:
    """Give the store's entry of every figure by its name, producing those that are missing.

    Raises:  GeneratorError from the first figure that cannot be produced; finished ones are kept,
             as they are when the build is interrupted.
    """
    keys = {figure.name: key(figure) for figure in figures}
    missing: dict[str, Figure] = {}
    entries: dict[str, Entry] = {}
    for figure in figures:
        entry = store.find(keys[figure.name])
        if entry:
            entries[figure.name] = entry
            report.found(figure.name, figure.kind)
        else:
            missing[figure.name] = figure
    if missing:
        report.computing(list(missing))
        # The same payload may be asked for twice; the store's key says so.
        unique = {keys[name].digest: figure for name, figure in missing.items()}
        for name, seconds in _run(list(unique.values()), keys, store):
            report.computed(name, missing[name].kind, seconds)
        for name in missing:
            entry = store.find(keys[name])
            if entry is None:
                raise RuntimeError(f"{name} was produced but is not in the store")
            entries[name] = entry
    store.remember(keys)
    return entries


def _run(figures: list[Figure], keys: dict[str, Key], store: Store) -> Iterator[tuple[str, float]]:
    jobs = min(len(figures), int(os.environ.get("EXPLORABLE_JOBS", os.cpu_count() or 1)))
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    tasks = (delayed(_one)(figure, keys[figure.name], store) for figure in figures)
    try:
        yield from Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)(tasks)
    finally:
        if jobs > 1:
            get_reusable_executor().shutdown(wait=True, kill_workers=True)


def _one(figure: Figure, key: Key, store: Store) -> tuple[str, float]:
    from generator.produce import produce

    return figure.name, produce(figure, key, store)
