"""Certificates that are left without their grounds by a pass that is taken away."""

from collections.abc import Sequence
from datetime import datetime

from grader.catalog.model import Track
from grader.certificates.model import Certificate
from grader.certification.facts import Facts, Held, Pass
from grader.certification.grounds import counted_from, needed
from grader.learning import certificates
from grader.learning.attempt import Attempt
from grader.learning.record import record
from grader.store.base import Tx
from grader.store.rows import CertificationRow, TrackRow


def list_groundless(tx: Tx, lost: Attempt, track: Track | None, *, now: datetime) -> list[Certificate]:
    """Those of its learner that needed the attempt while it was passed, of whichever version. Oldest first.

    Revoked ones are none of them. `track` is what is taught now: there the course may be optional, or waived.
    """
    certification = tx.find(CertificationRow, "find_certification", id=lost.certification)
    if certification is None:
        return []
    facts = record(tx, lost.learner, certification.track)
    if _is_dispensable(lost.course, track, facts, now):
        return []
    row = tx.find(TrackRow, "find_track", id=certification.track)
    assert row is not None
    assert lost.submitted_at is not None
    was = Pass(course=lost.course, major=certification.major, scope=lost.scope, at=lost.submitted_at)
    mine = [one for one in certificates.list_certificates(tx, lost.learner) if one.track == row.id]
    return [
        one
        for one in reversed(mine)
        if not one.revoked_at and needed(_held(one), was, facts, _counted_from(one, mine, row.grace_days))
    ]


def _is_dispensable(name: str, track: Track | None, facts: Facts, now: datetime) -> bool:
    course = next((one for one in track.courses if one.id == name), None) if track else None
    return course is not None and (not course.required or facts.waived_until(name, now) is not None)


def _counted_from(certificate: Certificate, among: Sequence[Certificate], grace_days: int) -> datetime | None:
    """One that is issued anew keeps its date, so it is not `former` to what it corrects."""
    earlier = [
        one for one in among if one.certification == certificate.certification and one.issued_at < certificate.issued_at
    ]
    former = max(earlier, key=lambda one: one.edition, default=None)
    return counted_from(_held(certificate), _held(former) if former else None, grace_days)


def _held(certificate: Certificate) -> Held:
    return Held(
        number=certificate.number,
        major=certificate.major,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        revoked_at=certificate.revoked_at,
    )
