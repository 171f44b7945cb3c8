from datetime import UTC, datetime, timedelta

import pytest

from grader.catalog.model import QuizRules
from grader.grading.limits import (
    GRACE,
    AttemptsSpentError,
    CooldownError,
    attempts_left,
    check_start,
    due_at,
    is_over,
    next_attempt_at,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
THREE = QuizRules(attempts=3, cooldown=(0, 3600))


def test_it_works() -> None:
    """Without rules anybody may start at once, however often."""
    check_start(QuizRules(), [NOON] * 99, NOON)
    assert attempts_left(QuizRules(), 99) is None


def test_attempts_are_counted() -> None:
    """The fourth of three is refused."""
    assert [attempts_left(THREE, n) for n in range(5)] == [3, 2, 1, 0, 0]
    with pytest.raises(AttemptsSpentError, match="All 3 attempts"):
        check_start(THREE, [NOON] * 3, NOON + 99 * HOUR)


def test_the_cooldown_counts_from_the_last_attempt() -> None:
    """The first number is for the second attempt; the last one repeats."""
    assert next_attempt_at(THREE, []) is None
    assert next_attempt_at(THREE, [NOON]) is None
    assert next_attempt_at(THREE, [NOON + HOUR, NOON]) == NOON + 2 * HOUR
    assert next_attempt_at(THREE, [NOON] * 9) == NOON + HOUR


def test_a_start_during_the_cooldown_is_refused() -> None:
    """The error says from when on; at that moment it is allowed."""
    with pytest.raises(CooldownError, match="2026-11-23 13:00 UTC") as caught:
        check_start(THREE, [NOON, NOON], NOON + HOUR - timedelta(seconds=1))
    assert caught.value.next_attempt_at == NOON + HOUR
    check_start(THREE, [NOON, NOON], NOON + HOUR)


def test_the_time_limit() -> None:
    """The time counts from the start; what is sent at the last moment has a few seconds to arrive."""
    assert due_at(QuizRules(), NOON) is None
    assert not is_over(None, NOON)
    due = due_at(QuizRules(time_limit=3600), NOON)
    assert due == NOON + HOUR
    assert not is_over(due, NOON + HOUR + GRACE)
    assert is_over(due, NOON + HOUR + GRACE + timedelta(microseconds=1))
