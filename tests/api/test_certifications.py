import asyncio
from typing import Any

import pytest

from tests.api.content import PAGES
from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both


async def standing(person: Person, track: str) -> dict[str, Any]:
    body = (await person.http.get("/api/v1/me/certifications")).json()
    found: dict[str, Any] = next(one for one in body["certifications"] if one["track"] == track)
    return found


async def test_it_works(alice: Person) -> None:
    """Every track is listed, with every course and how one stands in it."""
    await alice.take("basics/intake", right=False)
    await alice.start("basics/privacy")
    body = (await alice.http.get("/api/v1/me/certifications")).json()
    assert [one["track"] for one in body["certifications"]] == ["basics", "expert", "open"]
    basics = body["certifications"][0]
    assert (basics["status"], basics["required_courses"], basics["passed_courses"]) == ("IN_PROGRESS", 2, 0)
    assert basics["certificate"] is None
    assert [(one["course"], one["status"], one["score"]) for one in basics["courses"]] == [
        ("basics/intake", "FAILED", 0.0),
        ("basics/privacy", "IN_PROGRESS", None),
        ("basics/history", "NOT_STARTED", None),
    ]


async def test_nobody(stranger: Person) -> None:
    """Progress is for who is signed in."""
    response = await stranger.http.get("/api/v1/me/certifications")
    assert response.status_code == 401
    assert response.json()["type"].endswith("/sign-in-required")


async def test_not_started(charlie: Person, alice: Person) -> None:
    """Another learner's progress is not one's own."""
    await alice.certify()
    basics = await standing(charlie, "basics")
    assert (basics["status"], basics["passed_courses"], basics["certificate"]) == ("NOT_STARTED", 0, None)


async def test_completed(alice: Person) -> None:
    """Passing what is required completes the track with one certificate; what is optional may be open."""
    certificate = await alice.certify()
    basics = await standing(alice, "basics")
    assert (basics["status"], basics["passed_courses"]) == ("COMPLETED", 2)
    assert basics["certificate"] == certificate
    code = certificate["verify_url"].partition("code=")[2]
    assert len(code) == 14
    assert certificate == {
        "number": "CERT-2026-00001",
        "status": "ACTIVE",
        "name": "Alice Liddell",
        "organization": "Acme",
        "track": "basics",
        "track_title": "Basics",
        "version": "1.0",
        "level": "FOUNDATION",
        "issued_at": "2026-11-23T12:00:00Z",
        "expires_at": None,
        "revoked_at": None,
        "superseded_by": None,
        "pdf_url": "/certificates/CERT-2026-00001.pdf",
        "verify_url": f"/verify/CERT-2026-00001?code={code}",
    }


async def test_a_pass_stays(alice: Person) -> None:
    """Failing afterwards takes nothing away, and passing again brings no second certificate."""
    certificate = await alice.certify()
    failed = await alice.take("basics/intake", right=False)
    passed = await alice.take("basics/intake")
    assert failed["certification"]["certificate"] == passed["certification"]["certificate"] == certificate
    assert (await standing(alice, "basics"))["courses"][0]["status"] == "PASSED"


async def test_numbers(grader: Grader, alice: Person, charlie: Person) -> None:
    """Numbers count from 1 in each year, whoever it is for."""
    first, second = await alice.certify(), await charlie.certify()
    assert [first["number"], second["number"]] == ["CERT-2026-00001", "CERT-2026-00002"]
    grader.clock.move(days=60)
    await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    third = (await alice.take("expert/secrets"))["certification"]["certificate"]
    assert third["number"] == "CERT-2027-00001"


async def test_snapshot(alice: Person) -> None:
    """The certificate holds the name as it was when it was issued, and never one that a request gives."""
    certificate = await alice.certify()
    await alice.sign_in("Alice Hargreaves", "alice@example.org")
    assert (await standing(alice, "basics"))["certificate"]["name"] == certificate["name"] == "Alice Liddell"


@pytest.mark.parametrize("table", ["certificates", "outbox"])
async def test_all_or_nothing(grader: Grader, alice: Person, table: str) -> None:
    """A fault while the certificate is issued takes the submission back as well; later all of it works, number 1."""
    await alice.take("basics/intake")
    attempt = await alice.start("basics/privacy")
    answers = grader.answers("basics/privacy")
    before = await grader.dump()
    await grader.break_table(table)
    refused = await alice.submit(attempt, answers)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (500, "internal-error")
    assert await grader.dump() == before
    await grader.mend_table(table)
    grade = (await alice.submit(attempt, answers)).json()
    assert grade["certification"]["certificate"]["number"] == "CERT-2026-00001"


async def test_new_major_version(grader: Grader, alice: Person) -> None:
    """Who is not certified begins anew with a new major version; an attempt that is open when it comes counts in it."""
    await alice.take("basics/intake")
    attempt = await alice.start("basics/privacy")
    pages = PAGES | {"basics/index.md": PAGES["basics/index.md"].replace('"1.0"', '"2.0"')}
    fresh = Person(await grader.rebuild(pages), alice.http)
    basics = await standing(fresh, "basics")
    assert (basics["status"], basics["passed_courses"]) == ("NOT_STARTED", 0)
    passed = (await fresh.submit(attempt, grader.answers("basics/privacy"))).json()
    assert passed["certification"]["passed_courses"] == 1
    certificate = (await fresh.take("basics/intake"))["certification"]["certificate"]
    assert (certificate["number"], certificate["version"]) == ("CERT-2026-00001", "2.0")


async def test_former_major_version_completes_nothing(grader: Grader, alice: Person) -> None:
    """An attempt at questions of a former major version is graded, and is no way to a certificate of either."""
    await alice.take("basics/intake")
    attempt = await alice.start("basics/privacy")
    answers = grader.answers("basics/privacy")
    changed = {
        "basics/index.md": PAGES["basics/index.md"].replace('"1.0"', '"2.0"'),
        "basics/privacy.md": PAGES["basics/privacy.md"].replace("Everybody", "Anybody"),
    }
    await grader.rebuild(PAGES | changed)
    grade = (await alice.submit(attempt, answers)).json()
    assert (grade["status"], grade["certification"]["status"]) == ("PASSED", "NOT_STARTED")
    assert await grader.rows("SELECT number FROM certificates") == []


async def test_many_learners_at_once(grader: Grader) -> None:
    """Certificates that are issued in a muddle are numbered without gaps or doubles."""

    async def certified(n: int) -> str:
        async with grader.client() as http:
            person = await Person(grader, http).sign_in(f"Learner {n}", f"learner-{n}@example.org")
            return str((await person.certify())["number"])

    numbers = await asyncio.gather(*(certified(n) for n in range(24)))
    assert sorted(numbers) == [f"CERT-2026-{n:05d}" for n in range(1, 25)]
