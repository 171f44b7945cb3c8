"""What `grader regrade` gives and takes: passes, and the certificates that hang on them."""

import asyncio
import re
from datetime import UTC, datetime

import pytest

from tests.api.content import PAGES
from tests.api.parts import NOON, Grader, Person
from tests.api.regrading import Regrade, attempt, correct, lines, publish_key, take_wrongly

pytestmark = pytest.mark.on_both

TAKING = ("--allow-lowering", "--revoke-certificates", "--reason", "Wrong key")


async def test_nothing_is_taken_away(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """Whoever passed with the wrong key keeps the pass and the certificate, and is listed."""
    passed = await take_wrongly(alice)
    certificate = (await alice.take("basics/privacy"))["certification"]["certificate"]
    await correct(wrong)
    for options in ((), ("--apply",), ("--apply",)):
        _, row, summary = lines(await regrade("basics/intake", *options))
        assert row == ["Alice Liddell", passed["attempt"], "100 % → 50 %", "passed → failed", "kept"]
        assert "kept, though the corrected key gives less: 1" in summary[0]
    seen = await attempt(alice, passed["attempt"])
    assert (seen["status"], seen["grade"]["score"]) == ("PASSED", 1.0)
    assert seen["grade"]["questions"] == passed["questions"]
    facts = (await alice.http.get(f"/api/v1/certificates/{certificate['number']}")).json()
    assert facts["status"] == "ACTIVE"


async def test_lowering(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """A pass is taken by whoever says so; the certificate that needed it stays even then, and is named."""
    passed = await take_wrongly(alice)
    certificate = (await alice.take("basics/privacy"))["certification"]["certificate"]
    await correct(wrong)
    _, row, _ = lines(await regrade("basics/intake", "--allow-lowering", "--apply"))
    assert row == [
        "Alice Liddell",
        passed["attempt"],
        "100 % → 50 %",
        "passed → failed",
        f"{certificate['number']} stays",
    ]
    assert (await attempt(alice, passed["attempt"]))["status"] == "FAILED"
    facts = (await alice.http.get(f"/api/v1/certificates/{certificate['number']}")).json()
    assert facts["status"] == "ACTIVE"


async def test_revoking(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """With the pass the certificate goes, if that is said too; the trail tells why."""
    await take_wrongly(alice)
    certificate = (await alice.take("basics/privacy"))["certification"]["certificate"]
    await correct(wrong)
    for more in ((), ("--apply",)):
        _, row, _ = lines(await regrade("basics/intake", *TAKING, *more))
        assert row[-1] == f"{certificate['number']} is revoked"
    facts = (await alice.http.get(f"/api/v1/certificates/{certificate['number']}")).json()
    assert facts["status"] == "REVOKED"
    assert await wrong.rows("SELECT action FROM audit_events WHERE action = 'certificate.revoked'") == [
        ("certificate.revoked",)
    ]


async def test_another_pass_is_enough(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """Who has passed the course with another attempt keeps the certificate, whatever is said."""
    await take_wrongly(alice)
    await alice.take("basics/privacy")
    await correct(wrong)
    await alice.take("basics/intake")
    _, row, _ = lines(await regrade("basics/intake", *TAKING))
    assert row[-1] == "passed → failed"


async def test_what_is_not_needed(grader: Grader, alice: Person, regrade: Regrade) -> None:
    """A certificate does not hang on an optional course."""
    await alice.certify()
    await alice.take("basics/history")
    history = PAGES["basics/history.md"].replace("- [x] Yes", "- [ ] Yes").replace("- [ ] No", "- [x] No")
    await publish_key(grader, PAGES | {"basics/history.md": history})
    _, row, _ = lines(await regrade("basics/history", *TAKING))
    assert row[-1] == "passed → failed"


async def test_who_is_waived(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """Nor on a course that its holder need not pass."""
    await take_wrongly(alice)
    await alice.take("basics/privacy")
    me = (await alice.http.get("/api/v1/me")).json()["learner"]["id"]
    await wrong.execute(
        "INSERT INTO waivers (id, learner, track, course, reason, granted_by, granted_at, ends_at) VALUES "
        f"('w', '{me}', 'basics', 'basics/intake', 'Teaches it', 'x', '2000-01-01T00:00:00.000000Z', "
        "'2999-01-01T00:00:00.000000Z')"
    )
    await correct(wrong)
    _, row, _ = lines(await regrade("basics/intake", *TAKING))
    assert row[-1] == "passed → failed"


async def test_completing(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """Whose last missing course is passed that way is certified in the same transaction, and gets the PDF."""
    await alice.take("basics/intake")
    assert (await alice.take("basics/privacy"))["certification"]["certificate"] is None
    await correct(wrong)
    for options in ((), ("--apply",)):
        _, row, _ = lines(await regrade("basics/intake", *options))
        assert re.fullmatch(r"CERT-\d{4}-00001 is issued", row[-1])
    wrong.clock.now = max(NOON, datetime.now(UTC))  # the command's clock is a real one
    await alice.sign_in("Alice Liddell", "alice@example.org", "Acme")
    async with asyncio.timeout(10):
        while not wrong.printer.printed:  # noqa: ASYNC110 - the grader finds it by itself
            await asyncio.sleep(0.05)
    [mine] = [
        one["certificate"]
        for one in (await alice.http.get("/api/v1/me/certifications")).json()["certifications"]
        if one["certificate"]
    ]
    assert mine["number"] in row[-1]
