from datetime import UTC, datetime, timedelta

import pytest

from grader.errors import NotFoundError
from grader.learning import trail
from grader.learning.corrections import revoke
from grader.learning.waivers import find_place, grant
from grader.store.rows import TrailEvent
from tests.acting import Stage, version
from tests.api.parts import NOON

pytestmark = pytest.mark.on_both

ALWAYS = datetime.min.replace(tzinfo=UTC)


async def of(stage: Stage, subject: str, *, since: datetime = ALWAYS, limit: int = 100) -> list[TrailEvent]:
    return await stage.store.read(trail.of, subject, since=since, limit=limit)


def actions(events: list[TrailEvent]) -> list[str]:
    return [event.action for event in events]


async def test_it_works(stage: Stage) -> None:
    """Of a person the trail has all that is theirs, and nothing of others: from the first visit to the revocation."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    certificate = await stage.certify(alice)
    await stage.certify(bob)
    place = find_place(stage.library, "expert")
    ends = stage.now + timedelta(days=1)
    await stage.store.transact(grant, alice.id, place, reason="Why", ends_at=ends, actor="operator:root", now=stage.now)
    await stage.store.transact(revoke, certificate.number, "Fraud", actor="operator:root", now=stage.now)
    for name in (alice.id, "alice@example.org", "Alice@Example.org"):
        assert actions(await of(stage, name)) == [
            "learner.added",
            "certification.started",
            "attempt.started",
            "attempt.submitted",
            "attempt.started",
            "attempt.submitted",
            "certification.completed",
            "certificate.issued",
            "waiver.granted",
            "certificate.revoked",
        ]


async def test_of_a_certificate(stage: Stage) -> None:
    """By number; who acted is told by address."""
    certificate = await stage.certify(await stage.sign_in("Alice Liddell"))
    [event] = await of(stage, certificate.number)
    assert (event.action, event.actor_email) == ("certificate.issued", "alice@example.org")


async def test_of_a_track(stage: Stage) -> None:
    """By its folder."""
    await stage.release(version("1.1"))
    [event] = await of(stage, "basics")
    assert (event.action, event.actor, event.details["earlier"]) == ("track.released", None, {"version": "1.0"})


async def test_latest(stage: Stage) -> None:
    """Without a subject: the newest events of all, as many as asked for, in their order."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    events = await stage.store.read(trail.latest, since=ALWAYS, limit=2)
    assert actions(events) == ["certification.completed", "certificate.issued"]
    everything = await stage.store.read(trail.latest, since=ALWAYS, limit=100)
    assert actions(everything)[0] == "catalog.changed"


async def test_since(stage: Stage) -> None:
    """Only what happened from then on."""
    alice = await stage.sign_in("Alice Liddell")
    stage.move(days=1)
    await stage.take(alice, "basics/intake")
    day = NOON + timedelta(days=1)
    assert actions(await of(stage, alice.id, since=day)) == [
        "certification.started",
        "attempt.started",
        "attempt.submitted",
    ]
    assert await of(stage, alice.id, since=day + timedelta(seconds=1)) == []


async def test_of_nothing(stage: Stage) -> None:
    """What nobody knows has no trail."""
    with pytest.raises(NotFoundError, match="There is no audit event of 'CERT-2026-00001'"):
        await of(stage, "CERT-2026-00001")
