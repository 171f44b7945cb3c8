import pytest

from grader.learning import attempts, certifications, submission
from grader.store.base import Tx
from grader.store.writing import LostWriteError
from tests.acting import Stage, version
from tests.api.content import PAGES

pytestmark = pytest.mark.on_both


async def test_a_stale_attempt_is_not_finished(stage: Stage) -> None:
    """A unit of work that takes a finished attempt for an open one fails as a whole, and the first grade stays."""
    alice = await stage.sign_in("Alice Liddell")
    attempt = await stage.start(alice, "basics/intake")
    finished = await stage.submit(alice, attempt)
    trail = await stage.events("attempt", attempt.id)
    with pytest.raises(LostWriteError, match="finish_attempt"):
        await stage.store.transact(submission.close, alice, attempt, stage.library, now=stage.now)
    assert await stage.submit(alice, attempt) == finished
    assert await stage.events("attempt", attempt.id) == trail


async def test_a_second_open_attempt_is_not_begun(stage: Stage) -> None:
    """A unit of work that overlooks the open attempt fails as a whole: nobody gets an attempt that is not stored."""
    alice = await stage.sign_in("Alice Liddell")
    attempt = await stage.start(alice, "basics/intake")

    def overlook(tx: Tx) -> None:
        entry = stage.entry("basics/intake")
        certification = certifications.begin(tx, alice, entry.track, actor=alice.id, now=stage.now)
        terms = attempts.find_terms(tx, alice, entry, now=stage.now)
        attempts._begin(tx, alice, entry, certification, terms, number=2, now=stage.now)

    with pytest.raises(LostWriteError, match="insert_attempt"):
        await stage.store.transact(overlook)
    assert (await stage.start(alice, "basics/intake")).id == attempt.id


async def test_no_old_questions_for_a_new_version(stage: Stage) -> None:
    """Whoever keeps an attempt with drawn questions open until a new major version comes gets its questions."""
    drawn = PAGES["basics/intake.md"].replace("minutes: 10}\n", "minutes: 10}\nquiz: {draw: 1}\n")
    await stage.release(version("1.0", **{"basics/intake.md": drawn}))
    alice = await stage.sign_in("Alice Liddell")
    old = await stage.start(alice, "basics/intake")
    newer = drawn.replace("clock start?", "clock really start?").replace("minutes: 10}", 'minutes: 10, since: "2.0"}')
    await stage.release(version("2.0", **{"basics/intake.md": newer}))
    gone_on = await stage.start(alice, "basics/intake")
    assert (gone_on.id, gone_on.revision) == (old.id, stage.entry("basics/intake").quiz.revision)
    assert gone_on.certification != old.certification


async def test_in_the_same_version_it_ends_as_it_began(stage: Stage) -> None:
    """When only the page has changed, drawn questions stay as they were drawn."""
    drawn = PAGES["basics/intake.md"].replace("minutes: 10}\n", "minutes: 10}\nquiz: {draw: 1}\n")
    await stage.release(version("1.0", **{"basics/intake.md": drawn}))
    alice = await stage.sign_in("Alice Liddell")
    old = await stage.start(alice, "basics/intake")
    await stage.release(version("1.1", **{"basics/intake.md": drawn.replace("clock start?", "clock really start?")}))
    assert await stage.start(alice, "basics/intake") == old
