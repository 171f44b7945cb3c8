from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from grader.certificates.model import Certificate, number, status
from grader.certification.status import CertificateStatus

NOON = datetime(2027, 6, 1, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def test_it_is_active(certificate: Certificate) -> None:
    """Without an expiry and without a revocation a certificate stays active."""
    assert status(certificate, NOON) is CertificateStatus.ACTIVE


def test_expiry(certificate: Certificate) -> None:
    """It is active until the last instant before `expires_at`, and expired at it."""
    expiring = replace(certificate, expires_at=NOON)
    assert status(expiring, NOON - INSTANT) is CertificateStatus.ACTIVE
    assert status(expiring, NOON) is CertificateStatus.EXPIRED


def test_revocation_wins(certificate: Certificate) -> None:
    """A revoked certificate is revoked, expired or not."""
    revoked = replace(certificate, expires_at=NOON, revoked_at=NOON)
    assert status(revoked, NOON) is CertificateStatus.REVOKED
    assert status(replace(revoked, expires_at=None), NOON) is CertificateStatus.REVOKED


@pytest.mark.parametrize(
    ("year", "count", "expected"),
    [(2026, 1, "CERT-2026-00001"), (2026, 99_999, "CERT-2026-99999"), (2031, 100_000, "CERT-2031-100000")],
)
def test_number(year: int, count: int, expected: str) -> None:
    """A number is its year and five digits, or more when they are needed."""
    assert number(year, count) == expected
