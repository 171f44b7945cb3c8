"""The named queries against PostgreSQL's own planner."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from grader.store.named import load
from grader.store.postgresql.address import Address
from tests.store.sqlite.test_queries import HOT


@pytest.fixture
def connection(address: Address) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(address.url) as connection:
        yield connection


def test_prepares(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Every query fits the schema, whatever types its parameters are sent with."""
    for query in load("psycopg").values():
        connection.execute(f"EXPLAIN {query.sql}", dict.fromkeys(query.parameters))


def test_uses_an_index(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """A query of the daily work need not read a whole table."""
    connection.execute("SET enable_seqscan = off")
    for name in HOT:
        query = load("psycopg")[name]
        plan = connection.execute(f"EXPLAIN {query.sql}", dict.fromkeys(query.parameters)).fetchall()
        assert [step for (step,) in plan if "Seq Scan" in str(step)] == [], name


@pytest.mark.parametrize(
    "change", ["UPDATE audit_events SET at = now()", "DELETE FROM audit_events", "TRUNCATE audit_events"]
)
def test_audit_is_append_only(connection: "psycopg.Connection[tuple[object, ...]]", change: str) -> None:
    """Even outside the named queries an audit event is neither changed nor deleted."""
    query = load("psycopg")["insert_audit_event"]
    values = dict.fromkeys(query.parameters, "x") | {"at": datetime(2026, 1, 1, tzinfo=UTC), "details": "{}"}
    connection.execute(query.sql, values)
    with pytest.raises(psycopg.IntegrityError, match="audit events are never"):
        connection.execute(change.encode())


def test_json_only(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """A column of JSON takes nothing else."""
    query = load("psycopg")["insert_audit_event"]
    values = dict.fromkeys(query.parameters, "x") | {"at": datetime(2026, 1, 1, tzinfo=UTC), "details": "{'a"}
    with pytest.raises(psycopg.DataError, match="invalid input syntax for type json"):
        connection.execute(query.sql, values)
