"""Where the database is, and how a program gets hold of it: one door for both kinds."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from grader.errors import SetupError
from grader.store.base import Store

if TYPE_CHECKING:  # psycopg is loaded only by who needs it
    from grader.store.postgresql.address import Address

SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql://", "postgres://")

Place: TypeAlias = "Path | Address"
"""A SQLite file, or a database on a PostgreSQL server. Its text names no password."""


def place_of(database: str, folder: Path) -> Place:
    """What the setting `database` names; a file's path is relative to `folder`.

    Raises SetupError, which does not repeat the setting: it may hold a password.
    """
    if database.startswith(SQLITE):
        return folder / database.removeprefix(SQLITE)
    if database.startswith(POSTGRESQL):
        from grader.store.postgresql.address import parse  # noqa: PLC0415

        return parse(database)
    raise SetupError(
        "The setting `database` is not possible: write sqlite:///path/of/file.db "
        "or postgresql://user:password@host:5432/name"
    )


def open_store(database: str, folder: Path) -> Store:
    """Open the database; a new one gets its schema. Raises SetupError, also for an older or newer schema."""
    place = place_of(database, folder)
    if isinstance(place, Path):
        from grader.store.sqlite import SqliteStore  # noqa: PLC0415

        return SqliteStore.open(place)
    from grader.store.postgresql import PostgresStore  # noqa: PLC0415

    return PostgresStore.open(place)


def make_ready(database: str, folder: Path) -> None:
    """Look whether `open_store` would work, and give a new database its schema. Raises SetupError."""
    place = place_of(database, folder)
    if isinstance(place, Path):
        from grader.store.sqlite import schema  # noqa: PLC0415

        schema.make_ready(place)
    else:
        from grader.store.postgresql import schema as postgresql  # noqa: PLC0415

        postgresql.make_ready(place)


def migrate(database: str, folder: Path) -> list[str]:
    """Bring the database to the newest schema; the names of the steps taken. Raises SetupError."""
    place = place_of(database, folder)
    if isinstance(place, Path):
        from grader.store.sqlite import schema  # noqa: PLC0415

        return schema.migrate(place)
    from grader.store.postgresql import schema as postgresql  # noqa: PLC0415

    return postgresql.migrate(place)
