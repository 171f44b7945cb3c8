"""What a new version of a track means for those who learnt an older one."""

from datetime import datetime, timedelta

import msgspec

from grader.catalog.model import Track
from grader.certification.expiry import grace_ends_at
from grader.learning import audit, certifications
from grader.learning.library import Library
from grader.store.base import Tx
from grader.store.rows import Learner, OutboxEntry, TrackRow


def release(tx: Tx, track: Track, former: TrackRow | None, *, now: datetime) -> None:
    """Note the version, if it is another one than the `former` one. A higher major version ends older certificates.

    Who needs nothing more for the new version is found out after the commit: an entry of the outbox for each learner.
    """
    tx.run("insert_track_version", track=track.id, major=track.major, version=track.version, released_at=now)
    if former is None or former.version == track.version:
        return
    tx.take_time()  # a track may have a million certificates
    audit.record(
        tx,
        "track.released",
        actor=None,
        subject=("track", track.id),
        now=now,
        version=track.version,
        earlier={"version": former.version},
    )
    if track.major > former.major:
        _expire(tx, track, grace_ends_at(now, track.grace_days), now)
    tx.run(
        "insert_outbox_of_certifications",
        track=track.id,
        major=track.major,
        payload={"track": track.id},
        repeated_until=now + timedelta(days=track.grace_days),
        now=now,
    )


def _expire(tx: Tx, track: Track, ends_at: datetime, now: datetime) -> None:
    """None is prolonged. What changed is printed anew."""
    details = msgspec.json.encode({"version": track.version, "expires_at": ends_at}).decode()
    tx.run(
        "insert_audit_of_expiry",
        track=track.id,
        major=track.major,
        expires_at=ends_at,
        at=now,
        details=details.removesuffix("}") + ',"earlier":{"expires_at":',
    )
    tx.run("insert_outbox_of_expiry", track=track.id, major=track.major, expires_at=ends_at, now=now)
    tx.run("expire_certificates", track=track.id, major=track.major, expires_at=ends_at)


def settle_entry(tx: Tx, entry: OutboxEntry, library: Library, *, now: datetime) -> bool:
    """Work off an entry of the outbox: certify its learner if nothing is left to do.

    False: this grader has not the build that the store was told of last, so the entry waits for one that has.
    """
    track = library.find_track(entry.payload["track"])
    row = tx.find(TrackRow, "find_track", id=entry.payload["track"])
    if track and row and row.version != track.version:
        return False
    tx.lock(f"learner {entry.subject}")
    learner = tx.find(Learner, "find_learner", id=entry.subject)
    done = tx.run("finish_outbox", id=entry.id, done_at=now)
    if done and track and learner:
        certifications.settle(tx, learner, track, actor=None, now=now)
    return True
