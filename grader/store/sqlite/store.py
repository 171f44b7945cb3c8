"""`SqliteStore`: the store in one file."""

from pathlib import Path
from typing import Self

from grader.store.sides import TwoSided
from grader.store.sqlite.connection import connect
from grader.store.sqlite.readers import Readers
from grader.store.sqlite.schema import make_ready, migrate
from grader.store.sqlite.writer import Writer

READERS = 4


class SqliteStore(TwoSided):
    @classmethod
    def open(cls, path: Path, *, busy_timeout: float = 5.0, upgrade: bool = False) -> Self:
        """Open the database, or make a new one. `busy_timeout` (seconds) is the wait for other writers.

        Raises SetupError for a place that cannot be written, for a newer schema, and for an older one unless
        `upgrade` is set.
        """
        if upgrade:
            migrate(path, busy_timeout=busy_timeout)
        else:
            make_ready(path, busy_timeout=busy_timeout)
        return cls(
            Writer(connect(path, busy_timeout=busy_timeout)),
            Readers([connect(path, busy_timeout=busy_timeout, read_only=True) for _ in range(READERS)]),
        )
