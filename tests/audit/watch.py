"""Looks at every table before and after each unit of work, in the unit's own transaction."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from grader.api.app import utc_now
from grader.store.base import Store, Tx
from grader.store.values import to_text
from tests.audit.facts import DETAILS, FACTS, NOBODY, SUBJECTS, Change, Row
from tests.databases import records

Tables = Mapping[str, Mapping[tuple[Any, ...], Row]]
"""The rows of each table by their keys."""

Event = Mapping[str, Any]

Times = Sequence[tuple[str, str]]
"""First and last moment, by the clock of the test or by that of the machine."""


class Watch:
    """What units of work did that the audit trail does not tell, or not well."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.complaints: list[str] = []
        self.actions: set[str] = set()
        self.units = 0
        self._began = to_text(utc_now())
        self._last: Tables | None = None

    def over(self, transact: Callable[..., Any]) -> Callable[..., Any]:
        """A store's `transact` with this watch in each of its transactions."""

        async def watched(store: Store, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            return await transact(store, self._unit, work, args, kwargs)

        return watched

    def look(self, tx: Tx) -> None:
        """Has anything changed past the units of work?"""
        if self._last is not None and look(tx) != self._last:
            self.complaints.append("A fact has changed past all units of work.")

    def _unit(self, tx: Tx, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        tx.lock("watch")  # one after the other: what another one does meanwhile would be taken for this one's doing
        before = self._begin(tx)
        last = records(tx, "SELECT COALESCE(MAX(id), 0) AS id FROM audit_events")[0]["id"]
        result = work(tx, *args, **kwargs)
        events = records(tx, f"SELECT * FROM audit_events WHERE id > {last} ORDER BY id")
        after = look(tx)
        name = getattr(work, "__qualname__", repr(work))
        self.complaints += [f"{name}: {one}" for one in self._complaints(changes(before, after), events, after)]
        self.actions |= {event["action"] for event in events}
        self.units += 1
        self._last = after
        return result

    def _begin(self, tx: Tx) -> Tables:
        self.look(tx)
        return look(tx)

    def _complaints(self, changed: list[Change], events: Sequence[Event], tables: Tables) -> Iterator[str]:
        now = self.clock()
        times = ((to_text(now), to_text(now)), (self._began, to_text(utc_now())))
        told = {(event["subject_kind"], event["subject"]) for event in events}
        for one in changed:
            if not one.is_excused(now) and not is_told(one, told):
                yield f"{one.table} changed without an event: {one.columns or one.rows}"
        for event in events:
            yield from (f"{event['action']} {said}" for said in faults(event, tables, times))


def look(tx: Tx) -> Tables:
    return {
        table: {tuple(row[name] for name in fact.key): row for row in records(tx, f"SELECT * FROM {table}")}
        for table, fact in FACTS.items()
    }


def changes(before: Tables, after: Tables) -> list[Change]:
    return [
        Change(table, before[table].get(key), after[table].get(key))
        for table in FACTS
        for key in before[table].keys() | after[table].keys()
        if before[table].get(key) != after[table].get(key)
    ]


def is_told(change: Change, told: set[tuple[str, str]]) -> bool:
    kinds = {kind for kind, _ in told}
    return any(
        kind in kinds if column is None else any((kind, row[column]) in told for row in change.rows)
        for kind, column in FACTS[change.table].told
    )


def faults(event: Event, tables: Tables, times: Times) -> Iterator[str]:
    """Who did it, what exactly, to what: each has to be there."""
    actor, action = event["actor"], event["action"]
    known = actor is not None and (actor.startswith("operator:") or (actor,) in tables["learners"])
    if not known and not (actor is None and action in NOBODY):
        yield f"does not say who did it: {actor}"
    if not any(first <= event["at"] <= last for first, last in times):
        yield f"does not say when: {event['at']}"
    table, column = SUBJECTS[event["subject_kind"]]
    if all(row[column] != event["subject"] for row in tables[table].values()):
        yield f"is of nothing that there is: {event['subject_kind']} {event['subject']}"
    missing = DETAILS[action] - json.loads(event["details"]).keys()
    if missing:
        yield f"lacks {sorted(missing)}"
