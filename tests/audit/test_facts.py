"""What is looked at: nothing of the schema, of the actions and of the subjects is left out."""

import ast
from collections.abc import Iterator
from pathlib import Path

from grader.store.base import Store
from grader.store.named import QUERIES, load
from grader.store.values import to_text
from tests.api.parts import Clock
from tests.audit.facts import DETAILS, FACTS, NO_FACTS, NOBODY, SUBJECTS
from tests.audit.watch import Watch
from tests.databases import execute, on_both, tables

GRADER = QUERIES.parents[1]


async def test_every_table(store: Store) -> None:
    """A table holds facts, or there is a reason why not."""
    assert sorted(FACTS.keys() | NO_FACTS.keys()) == await store.read(tables)
    assert FACTS.keys() & NO_FACTS.keys() == set()


def test_every_action() -> None:
    """Of each action that the program writes it is known what has to be said, and of no other."""
    found = {action for path in GRADER.rglob("*.py") for action in recorded(path)}
    assert found | {"certificate.expiry-changed"} == DETAILS.keys()
    assert NOBODY.keys() <= DETAILS.keys()


def recorded(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)) if "audit.record" in text else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            constants = (one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant))
            yield from (one for one in constants if isinstance(one, str))


def test_every_writer() -> None:
    """Events are written by `audit.record`, and by one query for many certificates at once."""
    writers = {name for name, query in load("sqlite3").items() if "INSERT INTO audit_events" in query.sql}
    assert writers == {"insert_audit_event", "insert_audit_of_expiry"}


def test_every_subject() -> None:
    """Whatever an event is about, `grader audit` finds it by its name."""
    assert {action.partition(".")[0] for action in DETAILS} == SUBJECTS.keys()
    query = load("sqlite3")["list_audit_events_of"].sql
    assert [kind for kind in SUBJECTS if f"'{kind}'" not in query] == []


@on_both
async def test_a_change_without_an_event_is_seen(watch: Watch, store: Store, clock: Clock) -> None:
    """The watch says which table, and what."""
    await store.transact(execute, f"INSERT INTO organizations VALUES ('acme', 'Acme', '{to_text(clock())}')")
    [complaint] = watch.complaints
    assert complaint.startswith("execute: organizations changed without an event: ")


@on_both
async def test_an_event_of_nothing_is_seen(watch: Watch, store: Store, clock: Clock) -> None:
    """The trail tells of nothing that is not there, and it says by whom, when and what."""
    values = f"'{to_text(clock())}', 'track.released', 'track', 'nope', '{{}}'"
    await store.transact(
        execute, f"INSERT INTO audit_events (at, action, subject_kind, subject, details) VALUES ({values})"
    )
    clock.move(days=1)
    await store.transact(
        execute, f"INSERT INTO audit_events (at, action, subject_kind, subject, details) VALUES ({values})"
    )
    said = ["is of nothing that there is: track nope", "lacks ['earlier', 'version']"]
    late = ["does not say when: 2026-11-23T12:00:00.000000Z"]
    assert watch.complaints == [f"execute: track.released {one}" for one in said + late + said]


async def test_a_back_door_is_seen(watch: Watch, store: Store) -> None:
    """What no unit of work did has changed, too."""
    await store.transact(lambda tx: None)
    watch._last = {table: {("gone",): {}} for table in FACTS}
    await store.transact(lambda tx: None)
    assert watch.complaints == ["A fact has changed past all units of work."]
