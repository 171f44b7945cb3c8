"""What a new major version asks of those who are certified in the former one, from end to end."""

from datetime import timedelta
from typing import Any

import httpx

from tests.api.content import PAGES, RIGHT
from tests.api.parts import NOON, Grader, Person

PRIVACY = PAGES["basics/privacy.md"].replace("quiz: {attempts: 2, cooldown: 24h}\n", "")
NEW_QUESTION = """\

### Who may wait? {#wait since=2.0}

- [x] Nobody
- [ ] Everybody
"""
RIGHT["wait"] = ["Nobody"]
GRACE = timedelta(days=90)


def version(number: str, **changed: str) -> dict[str, str]:
    """The pages of Basics in another version, some of them changed."""
    index = PAGES["basics/index.md"].replace('"1.0"', f'"{number}"')
    return PAGES | {"basics/index.md": index, "basics/privacy.md": PRIVACY} | changed


INTAKE_2 = {"basics/intake.md": PAGES["basics/intake.md"] + NEW_QUESTION}
HISTORY_2 = {"basics/history.md": PAGES["basics/history.md"].replace("required: false", 'required: true, since: "2.0"')}


async def released(grader: Grader, person: Person, number: str, **changed: str) -> Person:
    """The same person after a release, when the outbox is worked off."""
    fresh = await grader.rebuild(version(number, **changed))
    await grader.at_rest()
    return Person(fresh, person.http)


async def basics(person: Person) -> dict[str, Any]:
    response = await person.http.get("/api/v1/me/certifications")
    found: dict[str, Any] = response.json()["certifications"][0]
    return found


async def facts(person: Person, number: str) -> dict[str, Any]:
    response = await person.http.get(f"/api/v1/certificates/{number}")
    found: dict[str, Any] = response.json()
    return found


async def started(person: Person, course: str) -> tuple[str, list[str]]:
    """An attempt's id, and which questions it holds."""
    name = await person.start(course)
    rows = await person.grader.rows(f"SELECT scope, shown FROM quiz_attempts WHERE id = '{name}'")
    scope, shown = rows[0]
    questions = [one["question"] for one in httpx.Response(200, text=shown).json()]
    return name, [scope, *questions]


async def renew(person: Person, course: str, *, right: bool = True) -> dict[str, Any]:
    """Answer what is new of a course; the grade."""
    name, (_, *questions) = await started(person, course)
    answers = [one for one in person.grader.answers(course, right=right) if one["question"] in questions]
    response = await person.submit(name, answers)
    assert response.status_code == 200, response.text
    grade: dict[str, Any] = response.json()
    return grade


async def test_it_works(grader: Grader, alice: Person) -> None:
    """A holder answers what is new, and gets a new certificate that supersedes the old one."""
    old = await alice.certify()
    grader.clock.move(days=10)
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    standing = await basics(alice)
    assert (standing["status"], standing["passed_courses"], standing["due"]) == ("NOT_STARTED", 1, False)
    assert standing["certificate"]["number"] == old["number"]
    assert standing["renewal"] == {
        "certificate": old["number"],
        "needed_by": "2027-03-03T12:00:00Z",
        "left": ["basics/intake"],
    }
    assert [(one["status"], one["new_questions"]) for one in standing["courses"]] == [
        ("NOT_STARTED", ["wait"]),
        ("CREDITED", []),
        ("NOT_STARTED", []),
    ]
    grade = await renew(alice, "basics/intake")
    assert (grade["status"], grade["score"]) == ("PASSED", 1)
    new = grade["certification"]["certificate"]
    assert (new["number"], new["version"], new["expires_at"]) == ("CERT-2026-00002", "2.0", None)
    assert grade["certification"]["renewal"] is None
    assert (await facts(alice, old["number"]))["superseded_by"] == new["number"]
    assert (await basics(alice))["status"] == "COMPLETED"


async def test_only_what_is_new_is_asked(grader: Grader, alice: Person, charlie: Person) -> None:
    """A holder's attempt holds the new questions and nothing else; somebody else's holds all."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    name, shown = await started(alice, "basics/intake")
    assert shown == ["RENEWAL", "wait"]
    refused = await alice.submit(name, alice.grader.answers("basics/intake"))
    assert refused.status_code == 422
    charlie = Person(alice.grader, charlie.http)
    assert (await started(charlie, "basics/intake"))[1] == ["FULL", "start", "anonymous", "wait"]


async def test_a_course_that_changed(grader: Grader, alice: Person) -> None:
    """A course with `since: 2.0` is passed whole, also one that became required."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **HISTORY_2)
    assert (await basics(alice))["renewal"]["left"] == ["basics/history"]
    assert (await started(alice, "basics/history"))[1] == ["FULL", "first"]
    grade = await alice.take("basics/history")
    assert grade["certification"]["certificate"]["version"] == "2.0"


async def test_nothing_is_new(grader: Grader, alice: Person, charlie: Person) -> None:
    """Who needs nothing more gets the new certificate without lifting a hand; others get none."""
    old = await alice.certify()
    await charlie.take("basics/intake")
    alice = await released(grader, alice, "2.0")
    standing = await basics(alice)
    assert (standing["status"], standing["certificate"]["version"]) == ("COMPLETED", "2.0")
    assert standing["certificate"]["number"] == (await facts(alice, old["number"]))["superseded_by"]
    assert await grader.rows("SELECT count(*) FROM certificates") == [(2,)]
    events = await grader.rows(
        "SELECT actor, action FROM audit_events WHERE action IN ('certification.completed', 'certificate.issued')"
    )
    assert events[2:] == [(None, "certification.completed"), (None, "certificate.issued")]


async def test_a_minor_version_asks_nothing(grader: Grader, alice: Person) -> None:
    """Nothing expires, nobody is asked, no certificate is issued."""
    old = await alice.certify()
    intake = INTAKE_2["basics/intake.md"].replace("since=2.0", "since=1.1")
    alice = await released(grader, alice, "1.1", **{"basics/intake.md": intake})
    standing = await basics(alice)
    assert (standing["status"], standing["certificate"], standing["renewal"]) == ("COMPLETED", old, None)
    assert await grader.rows("SELECT count(*) FROM certificates") == [(1,)]


async def test_a_minor_version_that_asks_less(grader: Grader, alice: Person) -> None:
    """Who lacked only what is not required any more is certified with the version that says so."""
    await alice.take("basics/intake")
    optional = PRIVACY.replace("minutes: 5", "minutes: 5, required: false")
    alice = await released(grader, alice, "1.1", **{"basics/privacy.md": optional})
    standing = await basics(alice)
    assert (standing["status"], standing["certificate"]["version"]) == ("COMPLETED", "1.1")


async def test_old_certificates_get_an_end(grader: Grader, alice: Person, charlie: Person) -> None:
    """Release plus grace, to the microsecond, for every certificate of an older version, each with its audit event."""
    numbers = [(await person.certify())["number"] for person in (alice, charlie)]
    grader.clock.move(days=30, microseconds=1)
    release = grader.clock.now
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    for number in numbers:
        assert (await facts(alice, number))["expires_at"] == f"{release + GRACE:%Y-%m-%dT%H:%M:%S.%fZ}"
    rows = await grader.rows(
        "SELECT actor, subject, details FROM audit_events WHERE action = 'certificate.expiry-changed' ORDER BY subject"
    )
    assert rows == [
        (None, number, '{"version":"2.0","expires_at":"2027-03-23T12:00:00.000001Z","earlier":{"expires_at":null}}')
        for number in numbers
    ]
    grader.clock.now = release + GRACE - timedelta(microseconds=1)
    assert (await facts(alice, numbers[0]))["status"] == "ACTIVE"
    grader.clock.move(microseconds=1)
    assert (await facts(alice, numbers[0]))["status"] == "EXPIRED"


async def test_the_earlier_end_wins(grader: Grader, alice: Person) -> None:
    """A certificate that ends sooner by the calendar keeps its end."""
    number = (await alice.certify())["number"]
    await grader.execute("UPDATE certificates SET expires_at = '2026-12-01T00:00:00.000000Z'")
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    assert (await facts(alice, number))["expires_at"] == "2026-12-01T00:00:00Z"
    assert await grader.rows("SELECT * FROM audit_events WHERE action = 'certificate.expiry-changed'") == []


async def test_a_third_version_prolongs_nothing(grader: Grader, alice: Person) -> None:
    """The end of a certificate of version 1 stays what version 2 made of it."""
    number = (await alice.certify())["number"]
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    end = (await facts(alice, number))["expires_at"]
    grader.clock.move(days=30)
    alice = await released(grader, alice, "3.0", **INTAKE_2)
    assert (await facts(alice, number))["expires_at"] == end


async def test_after_the_grace(grader: Grader, alice: Person) -> None:
    """Who comes too late takes the whole track; it is due."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    grader.clock.move(days=90)
    await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    standing = await basics(alice)
    assert (standing["due"], standing["renewal"], standing["certificate"]["status"]) == (True, None, "EXPIRED")
    assert (await started(alice, "basics/intake"))[1][0] == "FULL"
    grade = await alice.certify()
    assert (await facts(alice, "CERT-2026-00001"))["superseded_by"] == grade["number"]


async def test_an_attempt_at_what_is_new_outlives_the_certificate(grader: Grader, alice: Person) -> None:
    """Open when the grace ends, it goes on with the whole quiz; its draft is gone, since it was for other questions."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    name, _ = await started(alice, "basics/intake")
    grader.clock.move(days=90)
    await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    assert await started(alice, "basics/intake") == (name, ["FULL", "start", "anonymous", "wait"])


async def test_an_attempt_at_what_is_new_outlives_its_version(grader: Grader, alice: Person) -> None:
    """Submitted after the next release it is graded, and leads nowhere in the version that came."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    name, _ = await started(alice, "basics/intake")
    answers = [one for one in alice.grader.answers("basics/intake") if one["question"] == "wait"]
    alice = await released(grader, alice, "3.0", **INTAKE_2)
    grade = (await alice.submit(name, answers)).json()
    assert (grade["status"], grade["certification"]["passed_courses"]) == ("PASSED", 0)
    assert await grader.rows("SELECT count(*) FROM certificates") == [(1,)]


async def test_credits_are_handed_on(grader: Grader, alice: Person) -> None:
    """Passed in 1, credited to 2, credited to 3: without a pass of its own, and known from the store."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    await renew(alice, "basics/intake")
    assert await grader.rows("SELECT course FROM course_credits") == [("basics/privacy",)]
    alice = await released(grader, alice, "3.0", **INTAKE_2)
    standing = await basics(alice)
    assert (standing["status"], standing["certificate"]["version"]) == ("COMPLETED", "3.0")


async def test_who_skipped_a_version(grader: Grader, alice: Person) -> None:
    """A certificate of version 1 that still holds when 3 comes saves nothing."""
    await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    alice = await released(grader, alice, "3.0", **INTAKE_2)
    standing = await basics(alice)
    assert (standing["passed_courses"], standing["renewal"]["left"]) == (0, ["basics/intake", "basics/privacy"])
    assert (await started(alice, "basics/intake"))[1][0] == "FULL"


async def test_failing_what_is_new(grader: Grader, alice: Person) -> None:
    """A failed renewal takes nothing away."""
    old = await alice.certify()
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    name, _ = await started(alice, "basics/intake")
    wrong = [one for one in alice.grader.answers("basics/intake", right=False) if one["question"] == "wait"]
    assert (await alice.submit(name, wrong)).json()["status"] == "FAILED"
    assert (await facts(alice, old["number"]))["status"] == "ACTIVE"
    assert (await renew(alice, "basics/intake"))["certification"]["status"] == "COMPLETED"


async def test_a_completion_just_before_the_release(grader: Grader, alice: Person) -> None:
    """Certified in version 1 an instant before 2 comes: a certificate with an end, and a renewal."""
    await alice.take("basics/intake")
    await alice.take("basics/privacy")
    grader.clock.move(microseconds=1)
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    assert (await basics(alice))["renewal"]["needed_by"] == f"{NOON + GRACE:%Y-%m-%dT%H:%M:%S}.000001Z"


async def test_printed_anew(grader: Grader, alice: Person) -> None:
    """A certificate that got an end says so on paper, too."""
    old = await alice.certify()
    await alice.http.get(old["pdf_url"])
    assert "Until a new major version" in grader.printer.printed[-1]
    alice = await released(grader, alice, "2.0", **INTAKE_2)
    assert "Until 21 February 2027" in grader.printer.printed[-1]
    count = len(grader.printer.printed)
    assert (await alice.http.get(old["pdf_url"])).status_code == 200
    assert len(grader.printer.printed) == count
    assert len(list((grader.root / "data" / "certificates").iterdir())) == 1


async def test_a_spent_renewal_reveals_nothing(grader: Grader, alice: Person) -> None:
    """Behind the last attempt at what is new the whole quiz may come once more: so the fails stay silent."""
    await alice.certify()
    limited = INTAKE_2["basics/intake.md"].replace("minutes: 10}\n", "minutes: 10}\nquiz: {attempts: 2}\n")
    alice = await released(grader, alice, "2.0", **{"basics/intake.md": limited})
    for left in (1, 0):
        grade = await renew(alice, "basics/intake", right=False)
        assert (grade["status"], grade["attempts_left"], grade["questions"]) == ("FAILED", left, None)
