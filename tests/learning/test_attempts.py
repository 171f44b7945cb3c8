import pytest

from grader.learning import attempts, certifications, submission
from grader.store.base import Tx
from grader.store.writing import LostWriteError
from tests.acting import Stage

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
