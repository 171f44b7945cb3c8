"""How many histories, how long, and on what."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from grader.store.base import Store
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import parse
from grader.store.sqlite import SqliteStore
from grader.store.sqlite.schema import make_ready
from tests.databases import Databases
from tests.laws.operating import Operating

STEPS = 40
"""Of a history, at most."""


def check(new_store: Callable[[], Store], *, examples: int, by_chance: bool = False) -> None:
    """Raises AssertionError with the shortest history found after which store and model differ.

    The same histories in every run, unless `by_chance`.
    """
    machine = type("History", (Operating,), {"open_store": staticmethod(new_store)})
    profile = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        derandomize=not by_chance,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=by_chance,
    )
    run_state_machine_as_test(machine, settings=profile)


def sqlite_stores(folder: Path) -> Callable[[], Store]:
    """Each call opens a new database there."""
    template = folder / "template.db"
    make_ready(template)
    numbers = itertools.count()
    return lambda: SqliteStore.open(Path(shutil.copy(template, folder / f"{next(numbers)}.db")))


def postgres_stores(databases: Databases) -> Callable[[], Store]:
    """Each call makes a new database, and drops the one before."""
    former: list[str] = []

    def open_new() -> Store:
        while former:
            databases.drop(former.pop())
        former.append(databases.new())
        return PostgresStore.open(parse(databases.server.url(former[0])))

    return open_new
