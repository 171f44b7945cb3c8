from pathlib import Path

import pytest

from grader.store.named import load


def test_it_works(tmp_path: Path) -> None:
    """A query has the SQL for its driver and the parameters that it declares."""
    (tmp_path / "things.sql").write_text(
        "-- name: find_thing(id)^\n-- A comment.\nSELECT * FROM things WHERE id = :id;\n"
    )
    assert {"find_thing": ("SELECT * FROM things WHERE id = :id;", {"id"})} == load("sqlite3", tmp_path)
    assert load("psycopg", tmp_path)["find_thing"].sql == "SELECT * FROM things WHERE id = %(id)s;"


def test_unknown() -> None:
    """An unknown name is a KeyError."""
    with pytest.raises(KeyError, match="find_nothing"):
        load("sqlite3")["find_nothing"]


def test_list_query(tmp_path: Path) -> None:
    """Only what a file names is a query."""
    (tmp_path / "things.sql").write_text("-- name: list_things()\nSELECT * FROM things;\n")
    assert list(load("sqlite3", tmp_path)) == ["list_things"]


def test_same_name_in_two_files(tmp_path: Path) -> None:
    """Two files never define the same query."""
    for name in ("a.sql", "b.sql"):
        (tmp_path / name).write_text("-- name: list_things()\nSELECT * FROM things;\n")
    with pytest.raises(ValueError, match=r"b\.sql: there is a query 'list_things' already"):
        load("sqlite3", tmp_path)


@pytest.mark.parametrize("driver", ["sqlite3", "psycopg"])
def test_every_driver(driver: str) -> None:
    """Every query loads for every driver, and declares each parameter that it uses."""
    assert load(driver).keys() == load("sqlite3").keys()


def test_portable() -> None:
    """No query uses what one database alone understands, and no clock but the caller's."""
    for name, query in load("sqlite3").items():
        for word in (
            "OR IGNORE",
            "OR REPLACE",
            "json_",
            "datetime(",
            "CURRENT_TIMESTAMP",
            "now()",
            "rowid",
            "%",
        ):
            assert word.lower() not in query.sql.lower(), name
