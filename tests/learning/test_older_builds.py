"""While a new build is rolled out, graders with the former one still work on the same database."""

import pytest

from grader.learning import submission
from tests.acting import Stage, version
from tests.api.content import PAGES

pytestmark = pytest.mark.on_both


async def test_what_a_newer_build_began_stays_with_it(stage: Stage) -> None:
    """The last pass of the new version comes in at an older grader: it counts there, and a newer one certifies."""
    older = stage.library
    await stage.release(version("2.0"))
    newer = stage.library
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    attempt = await stage.start(alice, "basics/privacy")
    stage.library = older
    passed = await stage.submit(alice, attempt)
    assert (passed.status, passed.certification) == ("PASSED", attempt.certification)
    assert await stage.certificates(alice) == []
    await stage.work_off()
    assert await stage.certificates(alice) == [], "an older build certifies nobody"
    stage.library = newer
    stage.move(minutes=2)  # until the older one's claim has run out
    await stage.work_off()
    assert [one.major for one in await stage.certificates(alice)] == [2]


async def test_an_older_sweep(stage: Stage) -> None:
    """An older grader that closes an attempt whose time is over leaves it in the new version."""
    page = PAGES["basics/intake.md"].replace("minutes: 10}\n", "minutes: 10}\nquiz: {time_limit: 1m}\n")
    timed = {"basics/intake.md": page}
    await stage.release(version("1.0", **timed))
    older = stage.library
    await stage.release(version("2.0", **timed))
    alice = await stage.sign_in("Alice Liddell")
    attempt = await stage.start(alice, "basics/intake")
    stage.move(minutes=5)
    closed = await stage.store.transact(submission.close_overdue, attempt.id, older, now=stage.now)
    assert (closed.status, closed.certification) == ("FAILED", attempt.certification)


async def test_going_on_at_an_older_grader(stage: Stage) -> None:
    """An open attempt is found, and stays in the new version."""
    older = stage.library
    await stage.release(version("2.0"))
    alice = await stage.sign_in("Alice Liddell")
    attempt = await stage.start(alice, "basics/intake")
    stage.library = older
    assert await stage.start(alice, "basics/intake") == attempt
