"""Writing a row that has to be there."""

from grader.store.base import Tx, Value


class LostWriteError(Exception):
    """No fault of anybody's who asks: a unit of work knew something that was not so any more, or forgot a lock."""

    def __init__(self, query: str, rows: int) -> None:
        super().__init__(f"{query} has written {rows} rows where it had to write one.")
        self.query = query
        self.rows = rows


def write_one(tx: Tx, query: str, **params: Value) -> None:
    """Write exactly one row. Raises LostWriteError, which takes the whole unit of work back.

    For queries whose conditions keep them from writing what is no longer so: with `tx.run` alone the unit would go on
    as if it had been written.
    """
    rows = tx.run(query, **params)
    if rows != 1:
        raise LostWriteError(query, rows)
