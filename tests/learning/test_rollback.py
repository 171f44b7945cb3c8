"""A build with a lower major version is served again after a newer one."""

from datetime import timedelta

import pytest

from grader.learning import certificates
from grader.learning.overview import standings
from grader.store.rows import Learner
from tests.acting import Stage, version

pytestmark = pytest.mark.on_both

GRACE = timedelta(days=90)


async def test_it_works(stage: Stage) -> None:
    """What has been decided stays: ended certificates keep their ends, those of the newer version hold."""
    alice = await stage.sign_in("Alice Liddell")
    first = await stage.certify(alice)
    await stage.release(version("2.0"))
    before = await stage.certificates(alice)
    assert {one.number: one.expires_at for one in before} == {first.number: stage.now + GRACE, "CERT-2026-00002": None}
    stage.move(days=10)
    await stage.release(version("1.0"))
    assert await stage.certificates(alice) == before
    assert (await stage.events("track", "basics"))[-1].details == {"version": "1.0", "earlier": {"version": "2.0"}}


async def test_certificates_of_the_old_version_are_issued_again(stage: Stage) -> None:
    """Without an end, until the newer version comes again: then each that has none yet gets one, from that day."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    first = await stage.certify(alice)
    await stage.release(version("2.0"))
    ends_at = stage.now + GRACE
    stage.move(days=10)
    await stage.release(version("1.0"))
    between = await stage.certify(bob)
    assert (between.major, between.expires_at) == (1, None)
    stage.move(days=10)
    await stage.release(version("2.0"))
    found = [await stage.store.read(certificates.get_certificate, number) for number in (first.number, between.number)]
    assert [one.expires_at for one in found] == [ends_at, stage.now + GRACE]


async def test_what_was_passed_waits(stage: Stage) -> None:
    """What somebody passed in the newer version does not count in the old one, and counts when it is back."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.release(version("2.0"))
    await stage.take(alice, "basics/intake")
    await stage.release(version("1.0"))
    await stage.take(alice, "basics/privacy")
    assert await stage.certificates(alice) == []
    await stage.release(version("2.0"))
    await stage.take(alice, "basics/privacy")
    assert [one.major for one in await stage.certificates(alice)] == [2]


async def test_the_last_issued_supersedes(stage: Stage) -> None:
    """Who holds one of the newer version and passes the old one gets that, and the newer one names it."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.release(version("2.0"))
    newer = await stage.certify(alice)
    await stage.release(version("1.0"))
    old = await stage.certify(alice)
    assert (newer.major, old.major) == (2, 1)
    assert (await stage.store.read(certificates.get_certificate, newer.number)).superseded_by == old.number


async def test_an_open_attempt_at_the_newer_version(stage: Stage) -> None:
    """What was begun in the old version and goes on in the newer one is not begun in the old one any more."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.start(alice, "basics/intake")
    for number, expected in (("1.0", "IN_PROGRESS"), ("2.0", "NOT_STARTED")):
        await stage.release(version(number))
        assert await status(stage, alice) == expected
    await stage.start(alice, "basics/intake")
    assert await status(stage, alice) == "IN_PROGRESS"
    await stage.release(version("1.0"))
    assert await status(stage, alice) == "NOT_STARTED"


async def status(stage: Stage, learner: Learner) -> str:
    """In the track Basics."""
    return (await stage.store.read(standings, learner, stage.library, now=stage.now))[0].status
