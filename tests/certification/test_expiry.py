from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.certification.expiry import expires_at, grace_ends_at


def test_it_works() -> None:
    """Two years after the issue, to the second."""
    issued = datetime(2026, 11, 23, 10, 30, 5, tzinfo=UTC)
    assert expires_at(issued, 24) == datetime(2028, 11, 23, 10, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("issued", "months", "expected"),
    [
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2028, 2, 29), 48, (2032, 2, 29)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
        ((2026, 12, 1), 12, (2027, 12, 1)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last(
    issued: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    """Leap days and short months, over the turn of the year."""
    assert expires_at(datetime(*issued, tzinfo=UTC), months) == datetime(*expected, tzinfo=UTC)


def test_without_a_validity_nothing_expires() -> None:
    """No months, no date."""
    assert expires_at(datetime(2026, 11, 23, tzinfo=UTC), None) is None


@pytest.mark.parametrize("hours", [-11, -5, 2, 13])
def test_the_calendar_is_that_of_utc(hours: int) -> None:
    """A clock in another zone, where it is another day already or still, gives the same instant."""
    issued = datetime(2028, 2, 29, 0, 30, tzinfo=UTC)
    elsewhere = issued.astimezone(timezone(timedelta(hours=hours)))
    assert expires_at(elsewhere, 12) == expires_at(issued, 12) == datetime(2029, 2, 28, 0, 30, tzinfo=UTC)


def test_grace() -> None:
    """So many days of 24 hours after the release, to the second, over a leap day too."""
    released = datetime(2028, 2, 1, 9, 15, 30, tzinfo=UTC)
    assert grace_ends_at(released, 90) == datetime(2028, 5, 1, 9, 15, 30, tzinfo=UTC)
    assert grace_ends_at(released, 0) == released


def test_grace_where_clocks_are_set_forward() -> None:
    """A day stays a day of 24 hours, whatever the zone of the clock."""
    released = datetime(2027, 3, 27, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    assert grace_ends_at(released, 1) == datetime(2027, 3, 28, 11, 0, tzinfo=UTC)
