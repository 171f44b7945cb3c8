"""The rules of attempts and certification, against a model of them, over random histories on both stores."""

import pytest

from tests.databases import Databases
from tests.laws.histories import check, postgres_stores, sqlite_stores


def test_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> None:
    """After every step of every history the store holds what the model says, and the audit trail tells of it."""
    check(sqlite_stores(tmp_path_factory.mktemp("laws")), examples=30)


def test_on_postgresql(postgres: Databases) -> None:
    """The same, in fewer histories: the rules are the same code, the queries are not."""
    check(postgres_stores(postgres), examples=12)
