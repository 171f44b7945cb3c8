"""When the next attempt may start, and when one ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from grader.catalog.model import QuizRules
from grader.errors import ConflictError

GRACE = timedelta(seconds=5)
"""What is sent at the last moment may be so long on its way."""


class AttemptsSpentError(ConflictError):
    def __init__(self, attempts: int) -> None:
        super().__init__("attempts-spent", f"All {attempts} attempts at this quiz are used.")


class CooldownError(ConflictError):
    """The next attempt may start at `next_attempt_at` (UTC). `attempts_left` is None for as many as wanted."""

    def __init__(self, next_attempt_at: datetime, attempts_left: int | None) -> None:
        super().__init__("cooldown", f"The next attempt may start at {next_attempt_at:%Y-%m-%d %H:%M} UTC.")
        self.next_attempt_at = next_attempt_at
        self.attempts_left = attempts_left


def attempts_left(rules: QuizRules, finished: int) -> int | None:
    """None: as many as wanted."""
    return None if rules.attempts is None else max(rules.attempts - finished, 0)


def next_attempt_at(rules: QuizRules, finished: Sequence[datetime]) -> datetime | None:
    """When the attempt after these finished ones may start; None: at once. The last cooldown of the list repeats."""
    if not finished or not rules.cooldown:
        return None
    seconds = rules.cooldown[min(len(finished), len(rules.cooldown)) - 1]
    return max(finished) + timedelta(seconds=seconds) if seconds else None


def check_start(rules: QuizRules, finished: Sequence[datetime], now: datetime) -> None:
    """`finished` are the ends of the earlier attempts. Raises AttemptsSpentError or CooldownError."""
    left = attempts_left(rules, len(finished))
    if left == 0:
        raise AttemptsSpentError(rules.attempts or 0)
    opens = next_attempt_at(rules, finished)
    if opens and now < opens:
        raise CooldownError(opens, left)


def due_at(rules: QuizRules, started: datetime) -> datetime | None:
    """When the time of an attempt is over; None: it takes as long as it takes."""
    return started + timedelta(seconds=rules.time_limit) if rules.time_limit else None


def is_over(due: datetime | None, now: datetime) -> bool:
    """Is nothing taken any more, not even what was sent at the last moment?"""
    return due is not None and now > due + GRACE
