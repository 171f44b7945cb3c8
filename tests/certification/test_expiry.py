from datetime import UTC, datetime

import pytest

from grader.certification.expiry import expires_at


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
