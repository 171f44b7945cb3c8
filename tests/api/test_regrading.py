"""Grades made anew by `grader regrade`, while a grader serves."""

import asyncio

import msgspec
import pytest

from grader.cli import regrading
from tests.api.content import PAGES, TIMED
from tests.api.parts import Grader, Person
from tests.api.regrading import WRONG_KEY, Regrade, attempt, correct, lines, publish_key, take_wrongly

pytestmark = pytest.mark.on_both


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
