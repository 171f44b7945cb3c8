"""Units of work that tests have a store do."""

from datetime import UTC, datetime

from grader.store.base import Tx
from grader.store.postgresql.tx import PostgresTx
from tests.databases import rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def add(tx: Tx, name: str) -> str | None:
    return tx.find(str, "upsert_organization", id=name, name=name, now=NOW)


def has(tx: Tx, name: str) -> bool:
    return (name,) in rows(tx, "SELECT id FROM organizations")


def ask(tx: Tx, sql: str) -> object:
    assert isinstance(tx, PostgresTx)
    row = tx.connection.execute(sql.encode()).fetchone()
    return row and row[0]
