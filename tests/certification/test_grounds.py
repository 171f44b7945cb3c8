from datetime import datetime, timedelta

import pytest

from grader.certification.facts import Credit, Facts, Held, Pass
from grader.certification.grounds import counted_from, needed
from tests.certification.tracks import RELEASE, held, passed

DAY = timedelta(days=1)
FIRST = held(1, issued_at=RELEASE - 400 * DAY, expires_at=RELEASE)
SECOND = held(1, issued_at=RELEASE - 10 * DAY, expires_at=RELEASE + 400 * DAY)
GRACE_DAYS = 90

LOST = passed("old", 1)
CREDIT = Credit(course="basics/old", major=2)
RENEWAL = passed("old", 2, scope="RENEWAL")


def of(*facts: Pass | Credit) -> Facts:
    return Facts(
        passes=tuple(one for one in facts if isinstance(one, Pass)),
        credits=tuple(one for one in facts if isinstance(one, Credit)),
    )


def test_it_works() -> None:
    """A certificate needs the pass of its version, unless there is another one."""
    assert needed(held(1), LOST, of(passed("some", 1)), None)
    assert not needed(held(1), LOST, of(passed("old", 1)), None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (of(CREDIT), True),
        (of(RENEWAL), True),
        (of(CREDIT, passed("old", 1)), False),
        (of(RENEWAL, passed("old", 1)), False),
        (of(CREDIT, passed("old", 2)), False),
        (of(RENEWAL, passed("old", 2)), False),
        (of(passed("old", 2)), False),
        (of(), False),
    ],
)
def test_a_later_version(facts: Facts, *, expected: bool) -> None:
    """It needs the pass that it took over, if nothing else is left of the course in either version."""
    assert needed(held(2), LOST, facts, None) is expected


def test_over_several_versions() -> None:
    """What was credited twice is followed twice; a gap ends the way."""
    twice = of(CREDIT, Credit(course="basics/old", major=3))
    assert needed(held(3), LOST, twice, None)
    assert not needed(held(3), LOST, of(Credit(course="basics/old", major=3)), None)
    assert not needed(held(1), passed("old", 2), of(), None)


def test_what_was_new() -> None:
    """A pass in new questions may be replaced by another one, as long as the former pass stands."""
    assert needed(held(2), RENEWAL, of(LOST), None)
    assert not needed(held(2), RENEWAL, of(LOST, RENEWAL), None)
    assert needed(held(2), RENEWAL, of(RENEWAL), None)


@pytest.mark.parametrize(
    ("former", "expected"),
    [
        (None, None),
        (FIRST, RELEASE - GRACE_DAYS * DAY),
        (held(1, issued_at=RELEASE - 30 * DAY, expires_at=RELEASE), RELEASE - 30 * DAY),
        (held(1, revoked_at=RELEASE - 20 * DAY), RELEASE - 20 * DAY),
        (held(1, expires_at=RELEASE, revoked_at=RELEASE), RELEASE - GRACE_DAYS * DAY),
        (held(1, issued_at=RELEASE - 30 * DAY, expires_at=None), RELEASE - 30 * DAY),
    ],
)
def test_since_when_passes_counted(former: Held | None, expected: datetime | None) -> None:
    """Once more by the calendar, or after a revocation; one that came later changes nothing."""
    assert counted_from(SECOND, former, GRACE_DAYS) == expected


@pytest.mark.parametrize(
    ("lost", "left", "expected"),
    [
        (passed("old", at=RELEASE - 20 * DAY), passed("old", at=RELEASE - 200 * DAY), True),
        (passed("old", at=RELEASE - 20 * DAY), passed("old", at=RELEASE - 15 * DAY), False),
        (passed("old", at=RELEASE - 20 * DAY), passed("old", scope="RENEWAL", at=RELEASE - 15 * DAY), True),
        (passed("old", at=RELEASE - 200 * DAY), passed("some"), False),
        (passed("old", 0, at=RELEASE - 20 * DAY), passed("some"), False),
    ],
)
def test_earned_once_more(lost: Pass, left: Pass, *, expected: bool) -> None:
    """What was passed before did not count for it, and what counted before is no loss to it."""
    assert needed(SECOND, lost, of(left), RELEASE - 90 * DAY) is expected
