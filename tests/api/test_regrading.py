"""Grades made anew by `grader regrade`, while a grader serves."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from grader.cli import regrading
from grader.cli.command import cli
from tests.api.content import PAGES, TIMED, publish
from tests.api.parts import NOON, Grader, Person

pytestmark = pytest.mark.on_both

WRONG_KEY = PAGES | {
    "basics/intake.md": PAGES["basics/intake.md"]
    .replace("- [x] On receipt", "- [ ] On receipt")
    .replace("- [ ] On opening", "- [x] On opening")
}
"""What was published at first: the wrong option marked. PAGES is the correction."""

TAKING = ("--allow-lowering", "--revoke-certificates", "--reason", "Wrong key")

Regrade = Callable[..., Awaitable[str]]


@pytest.fixture
def regrade(
    grader: Grader, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Regrade:
    """Runs the command on the grader's database, and returns what it says."""
    monkeypatch.setenv("GRADER_DATABASE", database)

    async def run(*arguments: str) -> str:
        why = ["--reason", "The key was wrong."] if "--apply" in arguments and "--reason" not in arguments else []
        words = ["--root", str(grader.root), "regrade", *arguments, *why]
        await asyncio.to_thread(cli.main, words, standalone_mode=False)
        return capsys.readouterr().out

    return run


async def publish_key(grader: Grader, pages: dict[str, str]) -> None:
    """Another key for the same questions, taken in by the running grader."""
    publish(grader.root, pages)
    before = await grader.rows("SELECT count(*) FROM quiz_keys")
    async with asyncio.timeout(10):
        while await grader.rows("SELECT count(*) FROM quiz_keys") == before:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@pytest.fixture
async def wrong(grader: Grader) -> Grader:
    await publish_key(grader, WRONG_KEY)
    return grader


async def correct(grader: Grader, pages: dict[str, str] = PAGES) -> None:
    """PAGES had been published before the wrong key was, so there is no new key to wait for."""
    publish(grader.root, pages)
    await asyncio.sleep(1)


async def attempt(person: Person, name: str) -> dict[str, Any]:
    found: dict[str, Any] = (await person.http.get(f"/api/v1/attempts/{name}")).json()
    return found


def lines(said: str) -> list[list[str]]:
    """The table: columns are two blanks apart, or more."""
    return [re.split(r" {2,}|(?<=-[0-9a-f]{12}) ", line) for line in said.splitlines()]


async def test_it_works(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """First it shows what would change, and changes nothing; then it does that."""
    failed = await alice.take("basics/intake")
    assert (failed["status"], failed["score"]) == ("FAILED", 0.5)
    await correct(wrong)
    before = await wrong.dump()
    for _ in range(2):
        head, row, summary = lines(await regrade("basics/intake"))
        assert head == ["learner", "attempt", "score", "result", "certificate"]
        assert row == ["Alice Liddell", failed["attempt"], "50 % → 100 %", "failed → passed"]
        assert summary[0].startswith("Attempts raised: 1; lowered: 0;")
        assert summary[0].endswith("Nothing is written yet: add --apply.")
    assert await wrong.dump() == before
    said = await regrade("basics/intake", "--apply", "--reason", "Wrong option marked")
    assert said.endswith("Written.\n")
    seen = await attempt(alice, failed["attempt"])
    assert (seen["status"], seen["grade"]["score"], seen["grade"]["questions"][0]["correct"]) == ("PASSED", 1.0, True)
    assert await regrade("basics/intake", "--apply") == "Every attempt is graded with this key already.\n"


async def test_audit(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """The trail tells of each attempt its grades and keys before and after, why, and by whom; and of the whole."""
    failed = await alice.take("basics/intake")
    await correct(wrong)
    await regrade("basics/intake", "--apply", "--reason", "Wrong option marked")
    rows = await wrong.rows(
        "SELECT action, actor, subject, details FROM audit_events WHERE action LIKE '%.regraded' ORDER BY id"
    )
    assert [(action, subject) for action, _, subject, _ in rows] == [
        ("attempt.regraded", failed["attempt"]),
        ("course.regraded", "basics/intake"),
    ]
    assert {actor.partition(":")[0] for _, actor, _, _ in rows} == {"operator"}
    one = msgspec.json.decode(rows[0][3])
    assert (one["before"]["status"], one["before"]["score"], one["after"]["status"], one["after"]["score"]) == (
        "FAILED",
        0.5,
        "PASSED",
        1,
    )
    assert one["before"]["key"] != one["after"]["key"]
    assert one["reason"] == "Wrong option marked"


async def test_broken_off(
    wrong: Grader, alice: Person, charlie: Person, regrade: Regrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is broken off has left its word in the course's trail; the next one does the rest, and says so."""
    for person in (alice, charlie):
        await person.take("basics/intake")
    await correct(wrong)
    with monkeypatch.context() as patch:
        patch.setattr(regrading, "_show", _break_off)
        with pytest.raises(RuntimeError):
            await regrade("basics/intake", "--apply", "--reason", "Wrong option marked")
    assert await trail(wrong) == ["attempt.regraded", "course.regrading-begun"]
    for _ in range(2):
        await regrade("basics/intake", "--apply")
    assert (await trail(wrong))[2:] == ["attempt.regraded", "course.regrading-begun", "course.regraded"]
    [told] = await wrong.rows("SELECT details FROM audit_events WHERE action = 'course.regrading-begun' LIMIT 1")
    assert msgspec.json.decode(told[0])["reason"] == "Wrong option marked"


def _break_off(*_: object, **__: object) -> None:
    raise RuntimeError


async def trail(grader: Grader) -> list[str]:
    rows = await grader.rows("SELECT action FROM audit_events WHERE action LIKE '%.regrad%' ORDER BY id")
    return [action for (action,) in rows]


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


async def take_wrongly(person: Person) -> dict[str, Any]:
    """What the wrong key takes for right."""
    name = await person.start("basics/intake")
    wrong, right = person.grader.answers("basics/intake", right=False), person.grader.answers("basics/intake")
    grade: dict[str, Any] = (await person.submit(name, [wrong[0], right[1]])).json()
    return grade


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


async def test_errata(grader: Grader, alice: Person, charlie: Person, regrade: Regrade) -> None:
    """An option that turns out to be right as well raises whoever chose it, and lowers nobody."""
    await take_wrongly(alice)
    await charlie.take("basics/intake")
    erratum = PAGES["basics/intake.md"].replace("- [ ] On opening", "- [ ] On opening {always}")
    await publish_key(grader, PAGES | {"basics/intake.md": erratum})
    _, row, summary = lines(await regrade("basics/intake", "--apply", "--allow-lowering"))
    assert row[0] == "Alice Liddell"
    assert "raised: 1; lowered: 0; kept, though the corrected key gives less: 0; of the same score" in summary[0]


async def test_the_same_score_is_explained_anew(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """Whose score does not change is told what is right by the corrected key; the trail tells that, too."""
    passed = await take_wrongly(alice)
    reworded = WRONG_KEY["basics/intake.md"].replace("SENTINEL-explanation", "Better")
    await publish_key(wrong, WRONG_KEY | {"basics/intake.md": reworded})
    assert "SENTINEL-explanation" in str((await attempt(alice, passed["attempt"]))["grade"])
    assert "explained with the corrected key: 1. Written." in await regrade("basics/intake", "--apply")
    assert "Better" in str((await attempt(alice, passed["attempt"]))["grade"])
    assert await wrong.rows("SELECT count(*) FROM audit_events WHERE action = 'attempt.regraded'") == [(1,)]


async def test_open_attempts_wait(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """What is not submitted has no grade; it gets one with the corrected key."""
    name = await alice.start("basics/intake")
    await correct(wrong)
    assert await regrade("basics/intake", "--apply") == "Every attempt is graded with this key already.\n"
    assert (await alice.submit(name, wrong.answers("basics/intake"))).json()["score"] == 1.0


async def test_only_what_was_shown_counts(grader: Grader, alice: Person, regrade: Regrade) -> None:
    """An attempt with drawn questions is regraded by these."""
    pages = PAGES | TIMED
    timed = await grader.rebuild(pages)
    started = (await alice.http.post("/api/v1/attempts", json={"quiz": timed.revision("timed/exam")})).json()
    shown = [one["id"] for one in started["questions"]]
    other = next(one for one in ("one", "two", "three", "four") if one not in shown)
    answers = [one for one in timed.answers("timed/exam") if one["question"] in shown]
    await alice.submit(started["id"], answers)
    number = ("one", "two", "three", "four").index(other) + 1
    exam = TIMED["timed/exam.md"].replace(f"- [x] Right {number}", f"- [ ] Right {number}")
    exam = exam.replace(f"- [ ] Wrong {number}", f"- [x] Wrong {number}")
    await publish_key(timed, pages | {"timed/exam.md": exam})
    assert "of the same score, explained with the corrected key: 1" in await regrade("timed/exam", "--allow-lowering")


async def test_every_revision_of_a_course(wrong: Grader, alice: Person, regrade: Regrade) -> None:
    """A course names all its revisions; a learner who has tried several of them is met once."""
    first = await alice.take("basics/intake")
    reworded = WRONG_KEY["basics/intake.md"].replace("When does the clock start?", "When does it start?")
    fresh = await wrong.rebuild(WRONG_KEY | {"basics/intake.md": reworded})
    second = await Person(fresh, alice.http).take("basics/intake")
    corrected = PAGES["basics/intake.md"].replace("When does the clock start?", "When does it start?")
    await publish_key(fresh, PAGES | {"basics/intake.md": corrected})
    for options in ((), ("--apply",)):
        said = lines(await regrade("basics/intake", *options))
        assert [row[1] for row in said[1:-1]] == [second["attempt"]]
    assert (await attempt(alice, first["attempt"]))["status"] == "FAILED"
    assert await regrade(fresh.revision("basics/intake")) == "Every attempt is graded with this key already.\n"


async def test_page_by_page(
    wrong: Grader, alice: Person, charlie: Person, regrade: Regrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, they are read a few at a time, and each is met once."""
    monkeypatch.setattr(regrading, "PAGE", 1)
    for person in (alice, charlie):
        await person.take("basics/intake")
        await take_wrongly(person)
    await correct(wrong)
    said = lines(await regrade("basics/intake", "--apply"))
    assert sorted(row[0] for row in said[1:-1]) == ["Alice Liddell"] * 2 + ["Charlie Chaplin"] * 2
    assert "raised: 2; lowered: 0; kept, though the corrected key gives less: 2" in said[-1][0]


async def test_while_serving(wrong: Grader, alice: Person, charlie: Person, regrade: Regrade) -> None:
    """Submissions meanwhile are graded as ever, and nothing of either is lost."""
    failed = await alice.take("basics/intake")
    await correct(wrong)

    async def work() -> None:
        for _ in range(20):
            await charlie.take("basics/history")

    said, _ = await asyncio.gather(regrade("basics/intake", "--apply"), work())
    assert "raised: 1" in said
    assert (await attempt(alice, failed["attempt"]))["status"] == "PASSED"
    assert await wrong.rows("SELECT count(*) FROM quiz_attempts WHERE course = 'basics/history'") == [(20,)]
