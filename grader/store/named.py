"""The named queries of `queries/*.sql`: one set for every database."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import aiosql

QUERIES = Path(__file__).parent / "queries"


class NamedQuery(NamedTuple):
    sql: str  # with the placeholders of the driver
    parameters: frozenset[str]


@cache
def load(driver: str, folder: Path = QUERIES) -> MappingProxyType[str, NamedQuery]:
    """Every query by name. `driver` is aiosql's name of it, e.g. "sqlite3" or "psycopg"."""
    found: dict[str, NamedQuery] = {}
    for path in sorted(folder.glob("*.sql")):
        for name, query in _queries(path, driver):
            if name in found:
                raise ValueError(f"{path}: there is a query {name!r} already.")
            found[name] = query
    return MappingProxyType(found)


def _queries(path: Path, driver: str) -> Iterator[tuple[str, NamedQuery]]:
    loaded = aiosql.from_path(path, driver)
    for name in loaded.available_queries:
        query = getattr(loaded, name)
        if query.parameters is not None:  # aiosql adds `<name>_cursor` to each select, which declares none
            yield name, NamedQuery(query.sql, frozenset(query.parameters))
