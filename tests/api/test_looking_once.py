"""What a unit of work knows it asks for once: each query is a part of the time that a submission takes."""

from collections import Counter
from collections.abc import Mapping

import pytest

from grader.store.base import Value
from grader.store.sqlite.tx import SqliteTx
from tests.api.parts import Grader, Person


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every query with its parameters, in order."""
    found: list[tuple[str, str]] = []
    look_up = SqliteTx._sql

    def noted(tx: SqliteTx, query: str, params: Mapping[str, Value]) -> str:
        found.append((query, repr(params)))
        return look_up(tx, query, params)

    monkeypatch.setattr(SqliteTx, "_sql", noted)
    return found


async def test_it_works(grader: Grader, alice: Person, asked: list[tuple[str, str]]) -> None:
    """A new attempt asks six times and one that passes seven times, and neither anything twice."""
    await alice.take("basics/intake", right=False)
    asked.clear()
    attempt = await alice.start("basics/intake")
    start = list(asked)
    asked.clear()
    grade = await alice.submit(attempt, grader.answers("basics/intake"))
    assert grade.json()["status"] == "PASSED"
    for unit, most in ((start, 6), (asked, 7)):
        queries = [one for one in unit if "outbox" not in one[0] and "overdue" not in one[0]]  # what runs beside
        assert len(queries) == most, [query for query, _ in queries]
        assert {1} == set(Counter(queries).values())
