"""The rules of attempts and certification, against a model of them, over random histories on both stores."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from grader.store.base import Store
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import parse
from grader.store.sqlite import SqliteStore
from tests.databases import KINDS, Databases
from tests.laws.machine import Machine

SHORT = settings(
    max_examples=30,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same histories in every run."""


@pytest.fixture(params=KINDS)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Each call opens a database of its own."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_file")
        numbers = itertools.count()
        return lambda: SqliteStore.open(Path(shutil.copy(template, tmp_path / f"{next(numbers)}.db")))
    databases: Databases = request.getfixturevalue("postgres")
    return lambda: PostgresStore.open(parse(databases.server.url(databases.new())))


def test_laws(new_store: Callable[[], Store]) -> None:
    """After every step of every history the store holds what the model says, and the audit trail tells of it."""
    machine = type("MachineHere", (Machine,), {"open_store": staticmethod(new_store)})
    run_state_machine_as_test(machine, settings=SHORT)
