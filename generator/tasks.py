"""Stages 3 and 4 for all figures: what the store lacks is produced, in parallel processes."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait

from generator.keys import Key, key
from generator.report import Report
from generator.resolve import Figure
from generator.selection import EVERYTHING, Selection
from generator.store import Entry, Store


def compute(
    figures: list[Figure], store: Store, report: Report, chosen: Selection = EVERYTHING
) -> dict[str, Entry]:
    """Give the store's entry of every figure by its name, producing those that are missing.

    Where one figure is chosen no other is produced: the rest stand as they were last built, and
    those that never were are left out.

    Raises:  GeneratorError from the first figure that cannot be produced; finished ones are kept,
             as they are when the build is interrupted.
    """
    report.planned({figure.name: figure.kind for figure in figures})
    keys = {figure.name: key(figure) for figure in figures}
    missing: dict[str, Figure] = {}
    entries: dict[str, Entry] = {}
    for figure in figures:
        name = figure.name
        if entry := store.find(keys[name]):
            entries[name] = entry
            report.found(name)
        elif chosen.figure in ("", name):
            missing[name] = figure
        else:
            del keys[name]
            if entry := store.aged(name):
                entries[name] = entry
                report.aged(name)
    if missing:
        report.computing(list(missing))
        _produce(missing, keys, store, report)
    for name in missing:
        produced = store.find(keys[name])
        if produced is None:
            raise RuntimeError(f"{name} was produced but is not in the store")
        entries[name] = produced
    store.remember(keys, beside=not chosen.whole)
    return entries


def _produce(
    missing: dict[str, Figure], keys: dict[str, Key], store: Store, report: Report
) -> None:
    """Compute in other processes, always: this one stays light and never holds an old model."""
    from joblib.externals.loky import get_reusable_executor

    # The same payload may be asked for twice; the store's key says so.
    same: dict[str, list[str]] = {}
    for name in missing:
        same.setdefault(keys[name].digest, []).append(name)
    jobs = min(len(same), int(os.environ.get("EXPLORABLE_JOBS", os.cpu_count() or 1)))
    executor = get_reusable_executor(max_workers=jobs)
    waiting = deque(same.values())
    running: dict[Future[float], list[str]] = {}
    try:
        while waiting or running:
            # No more than there are processes, so that what is said to be computing is.
            while waiting and len(running) < jobs:
                names = waiting.popleft()
                task = executor.submit(_one, missing[names[0]], keys[names[0]], store)
                running[task] = names
                for name in names:
                    report.started(name)
            for task in wait(running, return_when=FIRST_COMPLETED).done:
                seconds = task.result()
                for name in running.pop(task):
                    report.computed(name, seconds)
    finally:
        executor.shutdown(wait=True, kill_workers=True)


def _one(figure: Figure, key: Key, store: Store) -> float:
    from generator.produce import produce

    return produce(figure, key, store)
