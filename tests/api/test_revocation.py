"""POST /api/v1/certificates/{number}/revocation, and what everybody sees of a certificate that does not stand."""

import asyncio
from typing import Any

import httpx
import pytest

from grader.learning.corrections import reissue
from grader.learning.people import give_role
from tests.acting import version
from tests.api.parts import Grader, Person

NUMBER = "CERT-2026-00001"
URL = f"/api/v1/certificates/{NUMBER}/revocation"
PDF = f"/certificates/{NUMBER}.pdf"


@pytest.fixture
async def operator(grader: Grader, charlie: Person) -> Person:
    await grader.store.transact(
        give_role, "charlie@example.org", "operator", actor="operator:root", now=grader.clock.now
    )
    return charlie


async def revoke(person: Person, reason: Any = "Fraud", number: str = NUMBER) -> httpx.Response:
    return await person.http.post(f"/api/v1/certificates/{number}/revocation", json={"reason": reason})


async def test_it_works(grader: Grader, alice: Person, operator: Person) -> None:
    """An operator revokes a certificate; the answer is what the certificate is now."""
    await alice.certify()
    grader.clock.move(hours=1)
    response = await revoke(operator)
    assert response.status_code == 200
    body = response.json()
    assert (body["number"], body["status"], body["name"]) == (NUMBER, "REVOKED", "Alice Liddell")
    assert (body["revoked_at"], body["revoked_reason"]) == ("2026-11-23T13:00:00Z", "Fraud")
    [(actor, details)] = await grader.rows(
        "SELECT actor, details FROM audit_events WHERE action = 'certificate.revoked'"
    )
    me = (await operator.http.get("/api/v1/me")).json()["learner"]
    assert (me["role"], actor, details) == ("operator", me["id"], '{"reason":"Fraud"}')


async def test_twice(grader: Grader, alice: Person, operator: Person) -> None:
    """The same again gets the same answer and changes nothing; another reason is in conflict with the first one."""
    await alice.certify()
    first = await revoke(operator)
    grader.clock.move(hours=1)
    await grader.at_rest()
    before = await grader.dump()
    assert (await revoke(operator)).json() == first.json()
    refused = await revoke(operator, "Something else")
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "certificate-revoked")
    assert await grader.dump() == before


async def test_at_once(grader: Grader, alice: Person, operator: Person) -> None:
    """Of many identical revocations one changes something, and all get the same answer."""
    await alice.certify()
    answers = await asyncio.gather(*(revoke(operator) for _ in range(16)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}
    assert len(await grader.rows("SELECT id FROM audit_events WHERE action = 'certificate.revoked'")) == 1


async def test_for_operators_only(grader: Grader, alice: Person, charlie: Person, stranger: Person) -> None:
    """Not for its owner, other learners, managers, or who is not signed in; nothing changes."""
    await alice.certify()
    await grader.store.transact(
        give_role, "charlie@example.org", "manager", actor="operator:root", now=grader.clock.now
    )
    await grader.at_rest()
    before = await grader.dump()
    for person, status, name in ((alice, 403, "forbidden"), (charlie, 403, "forbidden")):
        answer = await revoke(person)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, name)
    assert (await revoke(stranger)).status_code == 401
    assert await grader.dump() == before


@pytest.mark.parametrize("reason", ["", " \n", "!!!", "x" * 501, 7, None])
async def test_reason(alice: Person, operator: Person, reason: object) -> None:
    """A reason that says nothing is no reason; the answer names the place."""
    await alice.certify()
    answer = await revoke(operator, reason)
    assert (answer.status_code, answer.json()["path"]) == (422, "$.reason")


async def test_bodies(alice: Person, operator: Person) -> None:
    """Nothing else may stand in the body, and a reason must."""
    await alice.certify()
    bodies: list[object] = [{}, {"reason": "Fraud", "name": "Bob"}, []]
    for body in bodies:
        assert (await operator.http.post(URL, json=body)).status_code == 422
    assert (await operator.http.post(URL)).status_code == 422


async def test_unknown(operator: Person) -> None:
    """There is nothing to revoke."""
    assert (await revoke(operator, number="CERT-2026-99999")).status_code == 404


async def test_what_others_see(alice: Person, operator: Person, stranger: Person) -> None:
    """Facts and page say REVOKED to everybody; why, only to who has the code. There is no document any more."""
    certificate = await alice.certify()
    code = {"code": certificate["verify_url"].partition("code=")[2]}
    await alice.http.get(PDF)
    await revoke(operator, "Answers were shared")
    facts = f"/api/v1/certificates/{NUMBER}"
    plain, coded = (await stranger.http.get(facts)).json(), (await stranger.http.get(facts, params=code)).json()
    assert [(one["status"], one["revoked_reason"]) for one in (plain, coded)] == [
        ("REVOKED", None),
        ("REVOKED", "Answers were shared"),
    ]
    page, coded_page = (
        await stranger.http.get(f"/verify/{NUMBER}"),
        await stranger.http.get(f"/verify/{NUMBER}", params=code),
    )
    assert "must not be relied on" in page.text
    assert "Answers were shared" not in page.text
    assert "Answers were shared" in coded_page.text
    for person, params in ((alice, {}), (stranger, code)):
        document = await person.http.get(PDF, params=params)
        assert (document.status_code, document.json()["type"].rpartition("/")[2]) == (410, "revoked")
        assert "superseded_by" not in document.json()
    assert (await stranger.http.get(PDF)).status_code == 403
    [mine] = [one for one in (await alice.http.get("/api/v1/me/certifications")).json()["certifications"] if one["due"]]
    assert (mine["track"], mine["status"], mine["certificate"]["status"]) == ("basics", "NOT_STARTED", "REVOKED")


async def test_reissued(grader: Grader, alice: Person, stranger: Person) -> None:
    """The old number answers with what took its place, everywhere; the new one has a document, the old one has none."""
    await alice.certify()
    await grader.store.transact(
        reissue,
        NUMBER,
        "Misspelt",
        name="Alice Pleasance Liddell",
        organization=None,
        actor="operator:root",
        now=grader.clock.now,
    )
    new = "CERT-2026-00002"
    facts = (await stranger.http.get(f"/api/v1/certificates/{NUMBER}")).json()
    assert (facts["status"], facts["superseded_by"]) == ("REVOKED", new)
    page = await stranger.http.get(f"/verify/{NUMBER}")
    assert f'<a href="/verify/{new}">{new}</a>' in page.text
    refused = await alice.http.get(PDF)
    assert (refused.status_code, refused.json()["superseded_by"]) == (410, new)
    assert f"{new} took its place" in refused.json()["detail"]
    browser = await alice.http.get(PDF, headers={"accept": "text/html"})
    assert (browser.status_code, f"{new} took its place" in browser.text) == (410, True)
    document = await alice.http.get(f"/certificates/{new}.pdf")
    assert document.status_code == 200
    assert any("Alice Pleasance Liddell" in html for html in grader.printer.printed)
    mine = (await alice.http.get("/api/v1/me/certifications")).json()["certifications"][0]
    assert (mine["status"], mine["certificate"]["number"], mine["due"]) == ("COMPLETED", new, False)


async def test_others_that_hold(grader: Grader, alice: Person, operator: Person) -> None:
    """The answer names what else the person has of the track: a superseded one holds, and certifies, to its end."""
    await alice.certify()
    await grader.rebuild(version("2.0"))
    await grader.at_rest()
    newer = "CERT-2026-00002"
    assert (await revoke(operator, number=newer)).json()["others_held"] == [NUMBER]
    [mine] = [
        one
        for one in (await alice.http.get("/api/v1/me/certifications")).json()["certifications"]
        if one["track"] == "basics"
    ]
    assert (mine["due"], mine["certificate"]["number"]) == (False, NUMBER)
    assert (await revoke(operator)).json()["others_held"] == []
