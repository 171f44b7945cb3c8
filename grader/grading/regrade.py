"""A grade made anew with a corrected key, against the one that there is."""

from enum import StrEnum

from grader.grading.grade import Grade


class Outcome(StrEnum):
    RAISED = "raised"
    SAME = "same"  # the score; what is said to be right may differ
    LOWERED = "lowered"
    KEPT = "kept"  # though the corrected key gives less


def outcome(before: Grade, after: Grade, *, lowering: bool) -> Outcome:
    """What becomes of a grade. Without `lowering` nobody gets less than they have."""
    if after.score > before.score or (after.passed and not before.passed):
        return Outcome.RAISED
    if after.score < before.score or (before.passed and not after.passed):
        return Outcome.LOWERED if lowering else Outcome.KEPT
    return Outcome.SAME
