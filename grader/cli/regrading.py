"""Regrading, as a terminal shows it: a line for each attempt that changes, and how far it is."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

import click
from rich.console import Console
from rich.progress import Progress

from grader.catalog.artifacts import read_artifacts
from grader.cli.work import utc_now
from grader.errors import InvalidValueError
from grader.grading.grade import Grade
from grader.grading.regrade import Outcome
from grader.learning import regrading
from grader.learning.corrections import LONGEST_REASON, checked
from grader.learning.library import Library
from grader.learning.regrading import Change, Rehearsed, Target, Terms
from grader.settings import Settings
from grader.store.base import Store
from grader.store.place import open_store

PAGE = 50
"""Learners at a time: each in a transaction of its own, so that a running grader never waits for long."""

ROW = "{:<24} {:<36} {:<16} {:<16} {}"


def regrade(settings: Settings, name: str, terms: Terms) -> None:
    """Raises NotFoundError for a course or revision that nobody ever had."""
    asyncio.run(_run(settings, name, terms))


def checked_reason(reason: str) -> str:
    """As a certificate may show it; empty for none. Said before anybody is regraded: raises click.BadParameter."""
    try:
        return checked("reason", reason, LONGEST_REASON) if reason.strip() else ""
    except InvalidValueError as error:
        raise click.BadParameter(str(error), param_hint="--reason") from None


async def _run(settings: Settings, name: str, terms: Terms) -> None:
    library = Library(read_artifacts(settings.folder / settings.build))
    store = open_store(settings.database, settings.folder)
    try:
        target = await store.read(regrading.find_target, name)
        counts: Counter[Outcome] = Counter()
        with _progress() as progress:
            task = progress.add_task(f"Attempts at {target.course}", total=target.visits)
            async for visits, changes in _pages(store, target, library, terms):
                progress.advance(task, visits)
                _show(changes, head=not counts.keys() - {Outcome.SAME})
                counts.update(change.outcome for change in changes)
        if not terms.rehearsal and counts.keys() - {Outcome.KEPT}:
            await store.transact(regrading.conclude, target, counts, terms=terms, now=utc_now())
        click.echo(_summary(counts, terms))
    finally:
        await store.close()


async def _pages(
    store: Store, target: Target, library: Library, terms: Terms
) -> AsyncIterator[tuple[int, list[Change]]]:
    """How many learners, and what changes for them: page by page, so that memory does not grow with the attempts.

    One by one until something changes: that is told to the audit trail in the same transaction, and once.
    """
    if not terms.rehearsal:
        await store.transact(regrading.keep_keys, target, library, terms=terms, now=utc_now())
    begun = terms.rehearsal
    for revision in target.revisions:
        last = ""
        while page := await store.read(regrading.list_learners, revision, after=last, limit=PAGE if begun else 1):
            last = page[-1]
            unit = regrading.regrade_learner if begun else regrading.regrade_first
            work = partial(unit, revision=revision, target=target, library=library, terms=terms)
            done = await asyncio.gather(*(_learner(store, work, one) for one in page))
            changes = [change for found in done for change in found]
            begun = begun or any(change.is_written for change in changes)
            yield len(page), changes


async def _learner(store: Store, work: Callable[..., list[Change]], learner: str) -> list[Change]:
    try:
        return await store.transact(work, learner=learner, now=utc_now())
    except Rehearsed as rehearsed:
        return rehearsed.changes


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _show(changes: Sequence[Change], *, head: bool) -> None:
    shown = [change for change in changes if change.outcome is not Outcome.SAME]
    if shown and head:
        click.echo(ROW.format("learner", "attempt", "score", "result", "certificate").rstrip())
    for change in shown:
        kept = change.outcome is Outcome.KEPT
        score = _arrow(_percent(change.before.score), _percent(change.after.score))
        result = _arrow(_result(change.before), _result(change.after))
        effect = "kept" if kept else change.effect
        click.echo(ROW.format(change.learner[:24], change.attempt, score, result, effect).rstrip())


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _percent(score: float) -> str:
    return f"{int(score * 1000 + 1e-6) / 10:g} %"


def _result(grade: Grade) -> str:
    return "passed" if grade.passed else "failed"


def _summary(counts: Counter[Outcome], terms: Terms) -> str:
    if not counts:
        return "Every attempt is graded with this key already."
    said = [
        f"raised: {counts[Outcome.RAISED]}",
        f"lowered: {counts[Outcome.LOWERED]}",
        f"kept, though the corrected key gives less: {counts[Outcome.KEPT]}",
        f"of the same score, explained with the corrected key: {counts[Outcome.SAME]}",
    ]
    end = "Nothing is written yet: add --apply." if terms.rehearsal else "Written."
    return f"Attempts {'; '.join(said)}. {end}"
