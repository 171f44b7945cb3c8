from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from grader.certificates import wording
from grader.certificates.model import Certificate


@pytest.mark.parametrize(
    ("month", "expected"), [(1, "5 January 2026"), (9, "5 September 2026"), (12, "5 December 2026")]
)
def test_long_date(month: int, expected: str) -> None:
    """Dates are written out: nobody has to guess which number is the month."""
    assert wording.long_date(datetime(2026, month, 5, tzinfo=UTC)) == expected


def test_validity(certificate: Certificate) -> None:
    """It is valid until a date, or until the track's next major version."""
    assert wording.validity(certificate) == "Until a new major version of the track"
    dated = replace(certificate, expires_at=datetime(2028, 11, 23, tzinfo=UTC))
    assert wording.validity(dated) == "Until 23 November 2028"


def test_level(certificate: Certificate) -> None:
    """A level is printed as a word, not as a constant."""
    assert wording.level(certificate) == "Foundation"
