"""Stages 3 and 4 for all figures: what the store lacks is produced, in parallel processes."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool

from generator.code import Code
from generator.errors import GeneratorError
from generator.keys import Key, key
from generator.report import Report
from generator.resolve import Figure
from generator.selection import EVERYTHING, Selection
from generator.store import Entry, Store
from generator.task import task

# Set before the libraries load that would otherwise start as many threads as there are processors.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
    store.sweep()
    code = Code(store.code)
    keys = {figure.name: key(figure, code) for figure in figures}
    code.keep()
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
    """Compute in other processes: this one stays light and never holds an old model."""
    # The same payload may be asked for twice; the store's key says so.
    same: dict[str, list[str]] = {}
    for name in missing:
        same.setdefault(keys[name].digest, []).append(name)
    jobs = min(len(same), _jobs())
    if not jobs:
        _produce_here(same, missing, keys, store, report)
        return
    from joblib.externals.loky import get_reusable_executor

    _start_tracker()
    executor = get_reusable_executor(max_workers=jobs, env=dict.fromkeys(THREADS, "1"))
    waiting = deque(same.values())
    running: dict[Future[float], list[str]] = {}
    try:
        while waiting or running:
            # No more than there are processes, so that what is said to be computing is.
            while waiting and len(running) < jobs:
                names = waiting.popleft()
                done = executor.submit(task, missing[names[0]], keys[names[0]], store)
                running[done] = names
                for name in names:
                    report.started(name)
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                seconds = done.result()
                for name in running.pop(done):
                    report.computed(name, seconds)
    except BrokenProcessPool:
        names = [name for several in running.values() for name in several]
        raise GeneratorError(
            f"a process was killed while it computed {' or '.join(names)}",
            hint="if the memory was full, try EXPLORABLE_JOBS=1: one figure after the other",
        ) from None
    finally:
        # What is finished is in the store; that they take leave of their libraries helps nobody.
        executor.shutdown(wait=True, kill_workers=True)


def _produce_here(
    same: dict[str, list[str]], missing: dict[str, Figure], keys: dict[str, Key], store: Store,
    report: Report,
) -> None:  # fmt: skip
    """Compute in this very process, so that a debugger can stop in an author's code."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    for names in same.values():
        for name in names:
            report.started(name)
        seconds = task(missing[names[0]], keys[names[0]], store)
        for name in names:
            report.computed(name, seconds)


def _start_tracker() -> None:
    """Start the process that tidies up behind those that are killed, and would warn of each."""
    from joblib.externals.loky.backend.resource_tracker import ensure_running

    before = dict(os.environ)
    os.environ["PYTHONWARNINGS"] = "ignore::UserWarning"
    try:
        ensure_running()
    finally:
        os.environ.pop("PYTHONWARNINGS")
        os.environ.update(before)


def _jobs() -> int:
    """As many processes as there are processors, or as the author asks for; 0 is this one alone.

    Raises:  GeneratorError for what is no such number.
    """
    asked = os.environ.get("EXPLORABLE_JOBS", "")
    if not asked:
        return os.cpu_count() or 1
    if not asked.isdecimal():
        raise GeneratorError(f"EXPLORABLE_JOBS is {asked!r}", hint="give a number from 0 upwards")
    return int(asked)
