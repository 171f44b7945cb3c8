"""Certificates that must not stand as they are: revoked, or issued anew with what is right. History stays."""

from datetime import UTC, datetime

import msgspec

from grader.certificates.model import Certificate
from grader.certificates.wording import long_date
from grader.errors import ConflictError, InvalidValueError
from grader.identity.naming import LONGEST_NAME, fits, folded, says_something
from grader.learning import audit, certificates
from grader.store.base import Tx

LONGEST_REASON = 500


class RevokedError(ConflictError):
    """It was revoked before, for another reason."""

    def __init__(self, certificate: Certificate) -> None:
        assert certificate.revoked_at
        super().__init__(
            "certificate-revoked",
            f"{certificate.number} was revoked on {long_date(certificate.revoked_at)} already, "
            f"for another reason: {certificate.revoked_reason}",
        )


class SupersededError(ConflictError):
    def __init__(self, number: str, by: str) -> None:
        super().__init__("certificate-superseded", f"{number} is superseded by {by}. Correct that one instead.")


def revoke(tx: Tx, number: str, reason: str, *, actor: str, now: datetime) -> Certificate:
    """As it is then. Twice for the same reason is once.

    Raises NotFoundError, RevokedError, and InvalidValueError for a reason that says nothing.
    """
    found = certificates.get_certificate(tx, number)
    tx.lock(f"learner {found.learner}")
    reason = checked("reason", reason, LONGEST_REASON)
    _revoke(tx, number, reason, actor=actor, now=now)
    after = certificates.get_certificate(tx, number)
    if after.revoked_reason != reason:
        raise RevokedError(after)
    return after


def reissue(
    tx: Tx, number: str, reason: str, *, name: str | None, organization: str | None, actor: str, now: datetime
) -> Certificate:
    """The next edition, with a new number and what is corrected; the old one is revoked and answers with the new one.

    None leaves a fact as it is, an empty organization takes it away. Date of issue and end stay: what was reached, and
    until when it counts, is not what was wrong. Raises NotFoundError, SupersededError and InvalidValueError.
    """
    found = certificates.get_certificate(tx, number)
    tx.lock(f"learner {found.learner}")
    tx.lock(f"track {found.track}")  # before a release ends the old one and does not see the new one
    found = certificates.get_certificate(tx, number)
    last = certificates.find_certificate_of(tx, found.certification) or found
    if found.superseded_by or last.number != number:
        raise SupersededError(number, found.superseded_by or last.number)
    reason = checked("reason", reason, LONGEST_REASON)
    newer = _corrected(tx, found, name=name, organization=organization, now=now)
    certificates.insert(tx, newer, actor=actor, now=now)
    _revoke(tx, number, reason, actor=actor, now=now)
    certificates.supersede(tx, number, newer.number, actor=actor, now=now)
    audit.record(
        tx,
        "certificate.reissued",
        actor=actor,
        subject=("certificate", newer.number),
        now=now,
        instead_of=number,
        reason=reason,
        name=newer.name,
        organization=newer.organization,
        earlier={"name": found.name, "organization": found.organization},
    )
    return newer


def _revoke(tx: Tx, number: str, reason: str, *, actor: str, now: datetime) -> None:
    """Unless it is revoked already: then the first reason stays."""
    if tx.run("revoke_certificate", number=number, revoked_at=now, revoked_reason=reason):
        audit.record(tx, "certificate.revoked", actor=actor, subject=("certificate", number), now=now, reason=reason)


def _corrected(tx: Tx, found: Certificate, *, name: str | None, organization: str | None, now: datetime) -> Certificate:
    return msgspec.structs.replace(
        found,
        number=certificates.next_number(tx, now.astimezone(UTC)),
        code=certificates.new_code(),
        edition=found.edition + 1,
        name=found.name if name is None else checked("name", name, LONGEST_NAME),
        organization=_organization(found, organization),
        revoked_at=None,
        revoked_reason=None,
        superseded_by=None,
    )


def _organization(found: Certificate, given: str | None) -> str | None:
    if given is None:
        return found.organization
    return checked("organization", given, LONGEST_NAME) if given.strip() else None


def checked(field: str, text: str, longest: int) -> str:
    """White space folded. Raises InvalidValueError for what says nothing, is too long, or cannot be printed."""
    given = folded(text)
    if not says_something(given):
        raise InvalidValueError(field, f"The {field} is empty.")
    if not fits(given, longest):
        raise InvalidValueError(field, f"The {field} has up to {longest} printable characters.")
    return given
