"""Whether a certificate holds: computed from its facts and the clock, never stored."""

from datetime import datetime
from enum import StrEnum


class CertificateStatus(StrEnum):
    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


def certificate_status(*, expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> CertificateStatus:
    """Revocation wins over expiry; a certificate is expired from the instant `expires_at` on."""
    if revoked_at is not None:
        return CertificateStatus.REVOKED
    if expires_at is not None and expires_at <= now:
        return CertificateStatus.EXPIRED
    return CertificateStatus.ACTIVE
