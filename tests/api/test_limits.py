"""Attempts, cooldown, prerequisites: kept by the server."""

from tests.api.content import PAGES
from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both


async def test_cooldown(grader: Grader, alice: Person) -> None:
    """The next attempt waits; the refusal says until when, and to the second it is over."""
    await alice.take("basics/privacy", right=False)
    grader.clock.move(hours=23, minutes=59, seconds=59)
    body = {"quiz": grader.revision("basics/privacy")}
    refused = await alice.http.post("/api/v1/attempts", json=body)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/cooldown")
    assert refused.json()["next_attempt_at"] == "2026-11-24T12:00:00Z"
    grader.clock.move(seconds=1)
    assert (await alice.http.post("/api/v1/attempts", json=body)).status_code == 201


async def test_attempts(grader: Grader, alice: Person) -> None:
    """When all attempts are used no other one starts, however long one waits."""
    for _ in range(2):
        await alice.take("basics/privacy", right=False)
        grader.clock.move(days=30)
        await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    refused = await alice.http.post("/api/v1/attempts", json={"quiz": grader.revision("basics/privacy")})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/attempts-spent")


async def test_limits_are_ones_own(grader: Grader, alice: Person, charlie: Person) -> None:
    """Another learner's attempts do not count."""
    await alice.take("basics/privacy", right=False)
    assert (await charlie.take("basics/privacy"))["status"] == "PASSED"


async def test_rewording_does_not_reset_the_limits(grader: Grader, alice: Person) -> None:
    """The attempts at a course count, whichever revision of its quiz they were about."""
    await alice.take("basics/privacy", right=False)
    reworded = PAGES["basics/privacy.md"].replace("Everybody", "Anybody")
    fresh = await grader.rebuild(PAGES | {"basics/privacy.md": reworded})
    refused = await alice.http.post("/api/v1/attempts", json={"quiz": fresh.revision("basics/privacy")})
    assert refused.json()["type"].endswith("/cooldown")


async def test_major_version_resets_the_limits(grader: Grader, alice: Person) -> None:
    """What counts again, a new major version, can be tried again."""
    for _ in range(2):
        await alice.take("basics/privacy", right=False)
        grader.clock.move(days=2)
    newer = PAGES["basics/index.md"].replace('"1.0"', '"2.0"')
    fresh = await grader.rebuild(PAGES | {"basics/index.md": newer})
    response = await alice.http.post("/api/v1/attempts", json={"quiz": fresh.revision("basics/privacy")})
    assert (response.status_code, response.json()["number"]) == (201, 3)
    grade = await Person(fresh, alice.http).take("basics/privacy", right=False)
    assert grade["attempts_left"] == 1


async def test_prerequisites(grader: Grader, alice: Person) -> None:
    """A track's quizzes open when the tracks that it builds upon are completed."""
    body = {"quiz": grader.revision("expert/secrets")}
    refused = await alice.http.post("/api/v1/attempts", json=body)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/prerequisites-missing")
    assert refused.json()["detail"] == "Complete first: Basics."
    await alice.certify()
    assert (await alice.http.post("/api/v1/attempts", json=body)).status_code == 201
