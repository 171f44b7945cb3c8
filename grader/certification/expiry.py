"""When a certificate expires: by the calendar, or because a new major version came."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta


def expires_at(issued_at: datetime, validity_months: int | None) -> datetime | None:
    """The same day and time so many months later, or the month's last day when it has no such day; in UTC.

    None: it does not expire by the calendar.
    """
    if validity_months is None:
        return None
    issued_at = issued_at.astimezone(UTC)
    years, month = divmod(issued_at.month - 1 + validity_months, 12)
    year, month = issued_at.year + years, month + 1
    day = min(issued_at.day, monthrange(year, month)[1])
    return issued_at.replace(year=year, month=month, day=day)


def grace_ends_at(released_at: datetime, grace_days: int) -> datetime:
    """The end of certificates of older major versions after the release of a new one; days of 24 hours."""
    return released_at.astimezone(UTC) + timedelta(days=grace_days)
