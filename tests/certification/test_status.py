from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.certification.expiry import expires_at
from grader.certification.status import CertificateStatus, certificate_status

TICK = timedelta(microseconds=1)
MOMENTS = st.integers(0, 4 * 10**15).map(lambda ticks: datetime(1970, 1, 1, tzinfo=UTC) + ticks * TICK)


def status(now: datetime, expires: datetime | None = None, revoked: datetime | None = None) -> CertificateStatus:
    return certificate_status(expires_at=expires, revoked_at=revoked, now=now)


@pytest.mark.parametrize(
    "end",
    [
        datetime(2028, 11, 23, 10, 30, 5, 123456, tzinfo=UTC),
        datetime(2028, 1, 1, tzinfo=UTC),
        datetime(2027, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2028, 2, 29, tzinfo=UTC),
        datetime(2028, 3, 1, tzinfo=UTC),
    ],
)
def test_it_works(end: datetime) -> None:
    """A certificate holds until just before its end, and not at it, at midnight, at new year and on leap days too."""
    assert status(end - TICK, end) == "ACTIVE"
    assert status(end, end) == "EXPIRED"
    assert status(end + TICK, end) == "EXPIRED"


def test_without_an_end() -> None:
    """What has no end holds for ever."""
    assert status(datetime.max.replace(tzinfo=UTC)) == "ACTIVE"


@given(MOMENTS, MOMENTS, MOMENTS | st.none())
def test_revoked_is_revoked(now: datetime, revoked: datetime, expires: datetime | None) -> None:
    """Whatever the clock says."""
    assert status(now, expires, revoked) == "REVOKED"


@pytest.mark.parametrize("hours", [-12, -5, 0, 5.75, 14])
def test_clocks_in_other_zones(hours: float) -> None:
    """The same instant is the same, wherever the clock stands, and whichever day it shows there."""
    zone = timezone(timedelta(hours=hours))
    end = datetime(2028, 2, 29, 0, 0, tzinfo=UTC)
    assert status((end - TICK).astimezone(zone), end) == "ACTIVE"
    assert status(end.astimezone(zone), end) == "EXPIRED"
    assert status(end, end.astimezone(zone)) == "EXPIRED"


def test_when_clocks_are_set_back() -> None:
    """Of the two moments at 02:30 in a night of autumn only the second one is past the end."""
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    end = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)
    assert status(datetime(2027, 10, 31, 2, 30, tzinfo=summer), end) == "ACTIVE"
    assert status(datetime(2027, 10, 31, 2, 30, tzinfo=winter), end) == "EXPIRED"


@given(MOMENTS, st.integers(1, 120), MOMENTS)
def test_time_only_runs_one_way(issued: datetime, months: int, now: datetime) -> None:
    """Once expired, for ever expired."""
    end = expires_at(issued, months)
    if status(now, end) == "EXPIRED":
        assert status(now + timedelta(days=1), end) == "EXPIRED"
    assert status(issued, end) == "ACTIVE"
