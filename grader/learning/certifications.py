"""A learner's way through a track, and the certificate at its end."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from grader.catalog.model import Track
from grader.certificates.model import Certificate, number
from grader.certification.expiry import expires_at
from grader.certification.progress import CertificationStatus, progress
from grader.errors import ConflictError, NotFoundError
from grader.learning import audit
from grader.learning.ids import new_id
from grader.store.base import Tx
from grader.store.rows import CertificationRow, Learner, TrackRow

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that look alike in print."""


class PrerequisitesError(ConflictError):
    """`missing` are the tracks to be completed first."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("prerequisites-missing", f"Complete first: {', '.join(missing)}.")
        self.missing = missing


def check_prerequisites(tx: Tx, learner: Learner, track: Track) -> None:
    """A prerequisite is met by a completed certification, of whichever version. Raises PrerequisitesError."""
    if not track.prerequisites:
        return
    rows = tx.list(CertificationRow, "list_certifications", learner=learner.id)
    completed = {row.track for row in rows if row.status == CertificationStatus.COMPLETED}
    missing = [name for name in track.prerequisites if name not in completed]
    if missing:
        titles = {row.id: row.title for row in tx.list(TrackRow, "list_tracks")}
        raise PrerequisitesError([titles.get(name, name) for name in missing])


def begin(tx: Tx, learner: Learner, track: Track, *, now: datetime) -> CertificationRow:
    """The learner's certification for the track's major version, begun if need be."""
    row = tx.find(
        CertificationRow,
        "upsert_certification",
        id=new_id(),
        learner=learner.id,
        track=track.id,
        major=track.major,
        started_at=now,
    )
    assert row is not None
    return row


def advance(tx: Tx, learner: Learner, track: Track, certification: str, *, now: datetime) -> None:
    """After a pass: complete the certification when nothing is missing, and issue its certificate.

    A certification of a former major version stays as it is: what it took is no longer taught.
    """
    row = tx.find(CertificationRow, "find_certification", id=certification)
    if row is None or row.major != track.major:
        return
    passed = set(tx.list(str, "list_passed_courses", certification=certification))
    if not progress(track, passed).complete:
        return
    changed = tx.run("complete_certification", id=certification, completed_at=now, version_completed=track.version)
    if changed:
        audit.record(
            tx,
            "certification.completed",
            actor=learner.id,
            subject=("certification", certification),
            now=now,
            version=track.version,
        )
        issue(tx, learner, track, certification, passed=passed, now=now)


def issue(
    tx: Tx, learner: Learner, track: Track, certification: str, *, passed: set[str], now: datetime
) -> Certificate:
    """A certificate with the next number of the year; its PDF is asked for in the same transaction."""
    count = tx.find(int, "next_certificate_number", year=now.year)
    assert count is not None
    certificate = Certificate(
        number=number(now.year, count),
        code=new_code(),
        certification=certification,
        edition=1,
        learner=learner.id,
        name=learner.name,
        organization=learner.organization_name,
        track=track.id,
        major=track.major,
        track_title=track.title,
        level=track.level,
        version=track.version,
        courses=tuple(course.title for course in track.courses if course.id in passed),
        issued_at=now,
        expires_at=expires_at(now, track.validity_months),
    )
    tx.run(
        "insert_certificate",
        number=certificate.number,
        certification=certificate.certification,
        edition=certificate.edition,
        learner=certificate.learner,
        name=certificate.name,
        organization=certificate.organization,
        track=certificate.track,
        major=certificate.major,
        track_title=certificate.track_title,
        level=certificate.level,
        version=certificate.version,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        code=certificate.code,
        courses=certificate.courses,
    )
    tx.run(
        "insert_outbox",
        kind="certificate.pdf",
        subject=certificate.number,
        payload={},
        created_at=now,
        due_at=now,
    )
    audit.record(
        tx,
        "certificate.issued",
        actor=learner.id,
        subject=("certificate", certificate.number),
        now=now,
        certification=certification,
        version=track.version,
    )
    return certificate


def new_code() -> str:
    """The verification code: twelve letters in three groups, about 58 bits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(12))
    return "-".join(letters[n : n + 4] for n in (0, 4, 8))


def get_certificate(tx: Tx, certificate: str) -> Certificate:
    """Raises NotFoundError."""
    found = find_certificate(tx, certificate)
    if found is None:
        raise NotFoundError("certificate", certificate)
    return found


def find_certificate(tx: Tx, certificate: str) -> Certificate | None:
    return tx.find(Certificate, "find_certificate", number=certificate)


def find_certificate_of(tx: Tx, certification: str) -> Certificate | None:
    return tx.find(Certificate, "find_certificate_of", certification=certification)
