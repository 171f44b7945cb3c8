"""Certificates: issued, found, and replaced by later ones."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from grader.catalog.model import Track
from grader.certificates.model import Certificate, number, status
from grader.certificates.wording import long_date
from grader.certification.expiry import expires_at
from grader.certification.status import CertificateStatus
from grader.errors import GraderError, NotFoundError
from grader.learning import audit
from grader.store.base import Tx
from grader.store.rows import Learner

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that look alike in print."""


class WithdrawnError(GraderError):
    """The document of a revoked certificate is given to nobody, not even its owner: on paper it would look valid."""

    def __init__(self, certificate: Certificate) -> None:
        assert certificate.revoked_at
        since = long_date(certificate.revoked_at)
        newer = f" {certificate.superseded_by} took its place." if certificate.superseded_by else ""
        super().__init__(f"{certificate.number} was revoked on {since}, so there is no document of it any more.{newer}")
        self.superseded_by = certificate.superseded_by


def issue(
    tx: Tx,
    learner: Learner,
    track: Track,
    certification: str,
    *,
    courses: Sequence[str],
    actor: str | None,
    now: datetime,
) -> Certificate:
    """A certificate with the next number of the year, which supersedes the learner's former one of the track.

    `courses` are titles. Its PDF is asked for in the same transaction.
    """
    now = now.astimezone(UTC)
    last = find_certificate_of(tx, certification)
    certificate = Certificate(
        number=next_number(tx, now),
        code=new_code(),
        certification=certification,
        edition=last.edition + 1 if last else 1,
        learner=learner.id,
        name=learner.name,
        organization=learner.organization_name,
        track=track.id,
        major=track.major,
        track_title=track.title,
        level=track.level,
        version=track.version,
        courses=tuple(courses),
        issued_at=now,
        expires_at=expires_at(now, track.validity_months),
    )
    former = [one for one in list_certificates(tx, learner.id) if one.track == track.id]
    insert(tx, certificate, actor=actor, now=now)
    for one in former:
        if not one.superseded_by and not one.revoked_at:
            supersede(tx, one.number, certificate.number, actor=actor, now=now)
    return certificate


def insert(tx: Tx, certificate: Certificate, *, actor: str | None, now: datetime) -> None:
    """Write it, ask for its PDF, and tell the audit trail."""
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
        actor=actor,
        subject=("certificate", certificate.number),
        now=now,
        certification=certificate.certification,
        edition=certificate.edition,
        version=certificate.version,
        expires_at=certificate.expires_at,
    )


def supersede(tx: Tx, former: str, newer: str, *, actor: str | None, now: datetime) -> None:
    """The former number stays, and answers with the newer one."""
    tx.run("supersede_certificate", number=former, superseded_by=newer)
    audit.record(tx, "certificate.superseded", actor=actor, subject=("certificate", former), now=now, by=newer)


def next_number(tx: Tx, now: datetime) -> str:
    year = now.astimezone(UTC).year
    count = tx.find(int, "next_certificate_number", year=year)
    assert count is not None
    return number(year, count)


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
    """The last edition."""
    return tx.find(Certificate, "find_certificate_of", certification=certification)


def list_certificates(tx: Tx, learner: str) -> list[Certificate]:
    """Newest first."""
    return tx.list(Certificate, "list_certificates", learner=learner)


def list_others_held(tx: Tx, certificate: str, *, now: datetime) -> list[Certificate]:
    """Other ones of the same learner and track that hold, as superseded ones do to their end. Newest first.

    Raises NotFoundError.
    """
    one = get_certificate(tx, certificate)
    return [
        other
        for other in list_certificates(tx, one.learner)
        if other.track == one.track and other.number != one.number and status(other, now) is CertificateStatus.ACTIVE
    ]
