"""`validity_months`: a whole number that a calendar can bear."""

import pytest

from grader.catalog.frontmatter import MOST_MONTHS, track_fields
from grader.catalog.model import TRACK_TYPES

READ = track_fields(TRACK_TYPES)["validity_months"]


def test_it_works() -> None:
    """Up to a century."""
    assert [READ(1), READ(MOST_MONTHS)] == [1, MOST_MONTHS]


@pytest.mark.parametrize("months", [0, -1, MOST_MONTHS + 1, True, "24", 1.5])
def test_anything_else_is_refused(months: object) -> None:
    """A longer one would end behind the calendar, and stop the submission that completes a track."""
    with pytest.raises(ValueError, match="^write "):
        READ(months)
