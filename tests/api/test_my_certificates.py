"""GET /api/v1/me/certificates."""

from typing import Any

from grader.learning.corrections import reissue, revoke
from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both


async def certificates(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await person.http.get("/api/v1/me/certificates")).json()["certificates"]
    return found


async def test_it_works(grader: Grader, alice: Person) -> None:
    """Every certificate that one ever got, of whichever track, the newest first."""
    first = await alice.certify()
    grader.clock.move(hours=1)
    second = (await alice.take("expert/secrets"))["certification"]["certificate"]
    assert await certificates(alice) == [second, first]


async def test_own_ones_only(alice: Person, charlie: Person, stranger: Person) -> None:
    """Nobody sees those of somebody else."""
    await alice.certify()
    assert await certificates(charlie) == []
    response = await stranger.http.get("/api/v1/me/certificates")
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (401, "sign-in-required")


async def test_revoked(grader: Grader, alice: Person) -> None:
    """A revoked one says since when, and has no document."""
    number = (await alice.certify())["number"]
    await grader.store.transact(revoke, number, "Fraud", actor="operator:root", now=grader.clock.now)
    [found] = await certificates(alice)
    assert (found["status"], found["revoked_at"]) == ("REVOKED", "2026-11-23T12:00:00Z")
    assert (found["pdf_url"], found["superseded_by"]) == (None, None)


async def test_reissued(grader: Grader, alice: Person) -> None:
    """One issued anew stands beside the old one, which names it."""
    number = (await alice.certify())["number"]
    await grader.store.transact(
        reissue, number, "Married", name="Alice H.", organization=None, actor="operator:root", now=grader.clock.now
    )
    new, old = await certificates(alice)
    assert (new["status"], new["name"], new["pdf_url"]) == ("ACTIVE", "Alice H.", f"/certificates/{new['number']}.pdf")
    assert (old["number"], old["status"], old["superseded_by"]) == (number, "REVOKED", new["number"])
