"""Whatever a request changes stands in the audit trail, in the same transaction."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import pytest

from grader.api.app import create_api, create_context
from grader.learning.people import give_role
from tests.api.parts import Person
from tests.audit.conftest import Requests
from tests.audit.watch import Watch
from tests.databases import on_both

SAFE = {"GET", "HEAD", "OPTIONS"}


class Case(NamedTuple):
    act: Callable[[Person], Awaitable[None]]
    shows: set[str]


async def sign_in(alice: Person) -> None:
    """Again, in the same browser, with another name, and after the session is over."""
    await alice.sign_in("Alice Hargreaves", "alice@example.org", "Acme")
    alice.grader.clock.move(days=400)
    await alice.sign_in("Alice Hargreaves", "alice@example.org")


async def sign_out(alice: Person) -> None:
    """And once more with a session that is over."""
    token = alice.http.cookies["grader_session"]
    await alice.http.post("/sign-out")
    await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    assert alice.http.cookies["grader_session"] != token
    alice.grader.clock.move(days=400)
    await alice.http.post("/sign-out")


async def start(alice: Person) -> None:
    """A new attempt; the open one; and instead of one whose time is over the next one."""
    for _ in range(2):
        await alice.start("basics/intake")
    await alice.start("timed/exam")
    alice.grader.clock.move(hours=2)
    await alice.start("timed/exam")


async def save(alice: Person) -> None:
    """A draft is no fact yet."""
    url = f"/api/v1/attempts/{await alice.start('basics/intake')}/responses"
    for right in (True, False):
        answers = alice.grader.answers("basics/intake", right=right)
        assert (await alice.http.put(url, json={"responses": answers})).status_code == 204


async def submit(alice: Person) -> None:
    """Failed, passed, certified; too late."""
    await alice.take("basics/intake", right=False)
    await alice.certify()
    late = await alice.start("timed/exam")
    alice.grader.clock.move(hours=2)
    assert (await alice.submit(late, [])).json()["timed_out"]


async def practise(alice: Person) -> None:
    """Counts for nothing."""
    practice = next(one.practice[0] for _, one in alice.grader.catalog.courses() if one.practice)
    answer = {"response": [practice.question.options[0].id]}
    response = await alice.http.post(f"/api/v1/practice/{practice.revision}/responses", json=answer)
    assert response.status_code == 200


async def revoke(alice: Person) -> None:
    """Twice for the same reason is once; for another one it is refused."""
    grader = alice.grader
    number = (await alice.certify())["number"]
    await grader.store.transact(give_role, "alice@example.org", "operator", actor="operator:root", now=grader.clock.now)
    url = f"/api/v1/certificates/{number}/revocation"
    answers = [await alice.http.post(url, json={"reason": reason}) for reason in ("Fraud", "Fraud", "Else")]
    assert [one.status_code for one in answers] == [200, 200, 409]


async def look_late(alice: Person) -> None:
    """Reading ends an attempt whose time is over."""
    await alice.start("timed/exam")
    alice.grader.clock.move(hours=2)
    found = await alice.http.get("/api/v1/attempts", params={"quiz": alice.grader.revision("timed/exam")})
    assert found.json()["attempts"][0]["grade"]["timed_out"]


async def touch(alice: Person) -> None:
    assert (await alice.http.get("/readyz")).status_code == 200


CASES = {
    "POST /sign-in": Case(
        sign_in, {"learner.added", "learner.changed", "learner.signed-in", "organization.added", "catalog.changed"}
    ),
    "POST /sign-out": Case(sign_out, {"learner.signed-out"}),
    "POST /api/v1/attempts": Case(start, {"attempt.started", "certification.started", "attempt.timed-out"}),
    "PUT /api/v1/attempts/{attempt:str}/responses": Case(save, set()),
    "POST /api/v1/attempts/{attempt:str}/submission": Case(
        submit, {"attempt.submitted", "attempt.timed-out", "certification.completed", "certificate.issued"}
    ),
    "POST /api/v1/practice/{revision:str}/responses": Case(practise, set()),
    "POST /api/v1/certificates/{number:str}/revocation": Case(revoke, {"certificate.revoked"}),
    "GET /api/v1/attempts": Case(look_late, {"attempt.timed-out"}),
    "GET /readyz": Case(touch, set()),
}
"""A case for each route that may change something, and for two that should not, and do."""


@on_both
@pytest.mark.parametrize("route", CASES)
async def test_it_works(route: str, alice: Person, watch: Watch, requests: Requests) -> None:
    """No fact changes without an event that says who did what to which row."""
    case = CASES[route]
    await case.act(alice)
    await alice.grader.at_rest()
    await alice.grader.store.read(watch.look)
    assert watch.complaints == []
    assert case.shows <= watch.actions
    assert requests.knows(route)


async def test_every_route(alice: Person) -> None:
    """A new route that may change something needs a case: those of the document, and those for browsers only."""
    grader = alice.grader
    api = create_api(create_context(grader.settings, grader.store, grader.printer))
    found = {f"{method} {route.path}" for route in api.routes for method in getattr(route, "methods", ())}
    assert {one for one in found if one.split()[0] not in SAFE} == {one for one in CASES if not one.startswith("GET")}
    document = (await alice.http.get("/api/v1/schema/openapi.json")).json()
    described = {
        f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item if method != "get"
    }
    assert described <= {one.replace(":str", "") for one in CASES}
