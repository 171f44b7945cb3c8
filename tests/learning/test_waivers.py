from datetime import datetime, timedelta
from pathlib import Path

import pytest

from grader.catalog.artifacts import read_artifacts
from grader.errors import InvalidValueError, NotFoundError, SetupError
from grader.learning import certifications
from grader.learning.library import Library
from grader.learning.overview import Standing, standing
from grader.learning.people import AmbiguousLearnerError
from grader.learning.waivers import NoWaiverError, find_place, grant, list_waivers, withdraw
from grader.store.rows import Learner
from tests.acting import Stage, version
from tests.api.content import PAGES, TIMED, publish

pytestmark = pytest.mark.on_both

WHO = "operator:root"
ALICE = "alice@example.org"


async def waive(stage: Stage, place: str, *, who: str = ALICE, days: float = 30, reason: str = "On leave") -> None:
    await stage.store.transact(
        grant,
        who,
        find_place(stage.library, place),
        reason=reason,
        ends_at=stage.now + timedelta(days=days),
        actor=WHO,
        now=stage.now,
    )


async def unwaive(stage: Stage, place: str) -> None:
    found = find_place(stage.library, place)
    await stage.store.transact(withdraw, ALICE, found, reason="Back", actor=WHO, now=stage.now)


async def standing_in(stage: Stage, learner: Learner, track: str) -> Standing:
    found = stage.library.find_track(track)
    assert found
    return await stage.store.read(standing, learner, found, now=stage.now)


async def ends(stage: Stage) -> list[tuple[str | None, datetime, str | None]]:
    return [(row.course, row.ends_at, row.withdrawn_by) for row in await stage.store.read(list_waivers)]


async def test_it_works(stage: Stage) -> None:
    """A waived track is not due, until its end; there is no certificate of it."""
    alice = await stage.sign_in("Alice Liddell")
    assert (await standing_in(stage, alice, "basics")).due
    await waive(stage, "basics")
    found = await standing_in(stage, alice, "basics")
    assert (found.due, found.waived_until, found.status) == (False, stage.now + timedelta(days=30), "NOT_STARTED")
    assert await stage.certificates(alice) == []
    stage.move(days=30)
    assert (await standing_in(stage, alice, "basics")).due


async def test_a_waived_course(stage: Stage) -> None:
    """It says until when, and so does not its neighbour."""
    alice = await stage.sign_in("Alice Liddell")
    await waive(stage, "basics/intake")
    intake, privacy, _ = (await standing_in(stage, alice, "basics")).courses
    assert (intake.status, intake.waived_until) == ("WAIVED", stage.now + timedelta(days=30))
    assert (privacy.status, privacy.waived_until) == ("NOT_STARTED", None)


async def test_the_trail(stage: Stage) -> None:
    """Who let whom off what, until when and why."""
    alice = await stage.sign_in("Alice Liddell")
    await waive(stage, "basics/intake")
    [row] = await stage.store.read(list_waivers)
    assert (row.learner_name, row.learner_email, row.reason, row.granted_by) == (
        "Alice Liddell",
        ALICE,
        "On leave",
        WHO,
    )
    [event] = await stage.events("waiver", row.id)
    assert (event.action, event.actor, event.at) == ("waiver.granted", WHO, stage.now)
    assert event.details == {
        "learner": alice.id,
        "email": ALICE,
        "place": "basics/intake",
        "reason": "On leave",
        "ends_at": "2026-12-23T12:00:00Z",
    }


async def test_prerequisites(stage: Stage) -> None:
    """A waived track counts where another one asks for it, as long as the waiver lasts."""
    alice = await stage.sign_in("Alice Liddell")
    with pytest.raises(certifications.PrerequisitesError):
        await stage.start(alice, "expert/secrets")
    await waive(stage, "basics", days=1)
    attempt = await stage.start(alice, "expert/secrets")
    stage.move(days=1)
    assert (await stage.submit(alice, attempt)).status == "PASSED"
    with pytest.raises(certifications.PrerequisitesError):
        await stage.start(alice, "expert/secrets")


async def test_a_course_is_no_prerequisite(stage: Stage) -> None:
    """Being let off a course is not being let off the track."""
    alice = await stage.sign_in("Alice Liddell")
    await waive(stage, "basics/intake")
    with pytest.raises(certifications.PrerequisitesError):
        await stage.start(alice, "expert/secrets")


async def test_a_waiver_may_be_the_last_step(stage: Stage) -> None:
    """Who lacks only the waived course is certified at once, by the operator; it is not among the courses passed."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    await waive(stage, "basics/privacy")
    [certificate] = await stage.certificates(alice)
    assert certificate.courses == ("Intake",)
    [started, completed] = await stage.events("certification", certificate.certification)
    assert (started.actor, completed.actor, completed.action) == (alice.id, WHO, "certification.completed")
    assert completed.details["courses"] == {"basics/intake": "PASSED", "basics/privacy": "WAIVED"}


async def test_a_waiver_may_come_first(stage: Stage) -> None:
    """Then the last pass certifies, if the waiver lasts at that moment."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    for who in (ALICE, "bob@example.org"):
        await waive(stage, "basics/privacy", who=who, days=10)
    stage.move(days=9)
    await stage.take(alice, "basics/intake")
    stage.move(days=1)
    await stage.take(bob, "basics/intake")
    assert [len(await stage.certificates(one)) for one in (alice, bob)] == [1, 0]


async def test_certified_stays_certified(stage: Stage) -> None:
    """Neither the end of a waiver nor its withdrawal takes away what was earned by its help."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    await waive(stage, "basics/privacy")
    await unwaive(stage, "basics/privacy")
    stage.move(days=60)
    assert (await standing_in(stage, alice, "basics")).status == "COMPLETED"


async def test_nobody_is_certified_by_waivers_alone(stage: Stage) -> None:
    """Something must have been passed."""
    alice = await stage.sign_in("Alice Liddell")
    for course in ("basics/intake", "basics/privacy"):
        await waive(stage, course)
    assert await stage.certificates(alice) == []
    assert (await standing_in(stage, alice, "basics")).status == "NOT_STARTED"


async def test_a_waived_course_was_not_passed(stage: Stage) -> None:
    """In the next version it is to be passed, and the waiver of old lasts as long as it was granted."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    await waive(stage, "basics/privacy", days=10)
    stage.move(days=10)
    await stage.release(version("2.0"))
    renewal = (await standing_in(stage, alice, "basics")).renewal
    assert renewal is not None
    assert list(renewal.left) == ["basics/privacy"]


async def test_withdrawn(stage: Stage) -> None:
    """A withdrawn waiver counts no more; it stays on record, with who withdrew it."""
    alice = await stage.sign_in("Alice Liddell")
    await waive(stage, "basics")
    await waive(stage, "basics", days=60)
    await waive(stage, "basics/intake")
    await unwaive(stage, "basics")
    assert (await standing_in(stage, alice, "basics")).due
    assert sorted((course or "", who) for course, _, who in await ends(stage)) == [
        ("", WHO),
        ("", WHO),
        ("basics/intake", None),
    ]
    with pytest.raises(NoWaiverError):
        await unwaive(stage, "basics")


async def test_nothing_to_withdraw(stage: Stage) -> None:
    """What has ended, or was never granted, cannot be withdrawn."""
    await stage.sign_in("Alice Liddell")
    await waive(stage, "basics", days=1)
    stage.move(days=1)
    for place in ("basics", "basics/intake"):
        with pytest.raises(NoWaiverError, match=f"Nothing of {place} is waived for {ALICE}"):
            await unwaive(stage, place)


@pytest.mark.parametrize("days", [0, -1])
async def test_a_waiver_ends_in_the_future(stage: Stage, days: float) -> None:
    """One that has ended already would be a slip of the pen."""
    await stage.sign_in("Alice Liddell")
    with pytest.raises(InvalidValueError, match="ends in the future"):
        await waive(stage, "basics", days=days)


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("basic", "There is no track 'basic': did you mean `basics`?"),
        ("basics/intak", "There is no course 'basics/intak': did you mean `basics/intake`?"),
        ("basics/silence", "There is no course 'basics/silence'"),
    ],
)
async def test_unknown_places(stage: Stage, place: str, hint: str) -> None:
    """What is misspelt is told with what may be meant."""
    with pytest.raises(NotFoundError) as caught:
        find_place(stage.library, place)
    assert str(caught.value).startswith(hint)


async def test_a_build_that_no_grader_has_taken_in(stage: Stage, tmp_path: Path) -> None:
    """What is new in it can be waived only afterwards, and the refusal says what to do."""
    await stage.sign_in("Alice Liddell")
    publish(tmp_path, PAGES | TIMED | {"basics/extra.md": PAGES["basics/history.md"].replace("{#first}", "{#extra}")})
    stage.library = Library(read_artifacts(tmp_path / "build"))
    for place in ("timed", "timed/exam", "basics/extra"):
        with pytest.raises(SetupError) as caught:
            await waive(stage, place)
        told = f"The database has no {place} yet. Start the grader once with this build: grader serve"
        assert str(caught.value) == told
    await waive(stage, "basics")


async def test_unknown_and_ambiguous_people(stage: Stage) -> None:
    """Nobody is guessed: an address that two issuers know asks for the id."""
    with pytest.raises(NotFoundError, match=r"There is no learner 'alice@example\.org'"):
        await waive(stage, "basics")
    first = await stage.sign_in("Alice Liddell")
    second = await stage.sign_in("Alice Cooper", issuer="https://id.example")
    with pytest.raises(AmbiguousLearnerError) as caught:
        await waive(stage, "basics", who="ALICE@example.org")
    for one in (first, second):
        assert f"{one.id} ({one.name}, signed in by {one.issuer})" in str(caught.value)
    await waive(stage, "basics", who=second.id)
    assert [(await standing_in(stage, one, "basics")).due for one in (first, second)] == [True, False]
