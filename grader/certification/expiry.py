"""When a certificate expires by the calendar."""

from calendar import monthrange
from datetime import datetime


def expires_at(issued_at: datetime, validity_months: int | None) -> datetime | None:
    """The same day and time so many months later (UTC), or the month's last day when it has no such day.

    None: it does not expire by the calendar.
    """
    if validity_months is None:
        return None
    years, month = divmod(issued_at.month - 1 + validity_months, 12)
    year, month = issued_at.year + years, month + 1
    day = min(issued_at.day, monthrange(year, month)[1])
    return issued_at.replace(year=year, month=month, day=day)
