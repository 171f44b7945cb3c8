"""A certificate: the snapshot of everything that is printed on it, its number, and its status."""

from datetime import datetime

import msgspec

from grader.certification.status import CertificateStatus, certificate_status


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What was true on the day of issue: renaming a track or a person changes no document.

    All times are UTC.
    """

    number: str  # "CERT-2026-00001"
    code: str  # the verification code: whoever holds it has seen the document
    certification: str  # id
    edition: int  # of the certification's certificates: 1, 2, ... when it is reissued
    learner: str  # id
    name: str
    organization: str | None  # None: staff
    track: str  # id
    major: int  # of the version
    track_title: str
    level: str
    version: str  # "major.minor"
    courses: tuple[str, ...]  # titles of the courses passed
    issued_at: datetime
    expires_at: datetime | None = None  # None: until a new major version of the track
    revoked_at: datetime | None = None
    revoked_reason: str | None = None
    superseded_by: str | None = None  # a certificate number


def status(certificate: Certificate, now: datetime) -> CertificateStatus:
    return certificate_status(expires_at=certificate.expires_at, revoked_at=certificate.revoked_at, now=now)


def number(year: int, count: int) -> str:
    """The `count`-th certificate of a year: five digits, more when five are not enough."""
    return f"CERT-{year}-{count:05d}"
