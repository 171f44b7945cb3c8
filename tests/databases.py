"""Databases of a test's own: a new SQLite file, or a new database on the tests' PostgreSQL server."""

from itertools import count
from typing import NamedTuple

from bench.postgresql import Server
from grader.store.postgresql.address import parse
from grader.store.postgresql.schema import migrate

KINDS = ("sqlite", "postgresql")
TEMPLATE = "template_grader"


class Databases(NamedTuple):
    """On one server. Each is a copy of a template that has the schema."""

    server: Server
    numbers: "count[int]"

    def new(self) -> str:
        """The name of a database with the schema and no rows."""
        return self._create(f"TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")

    def new_empty(self) -> str:
        """The name of a database without a schema."""
        return self._create("TEMPLATE template0")

    def _create(self, options: str) -> str:
        name = f"test_{next(self.numbers)}"
        self.server.execute(f"CREATE DATABASE {name} {options}")
        return name

    def drop(self, name: str) -> None:
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def databases(server: Server) -> Databases:
    server.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(parse(server.url(TEMPLATE)))
    return Databases(server, count(1))
