import pytest

from grader.grading.grade import Grade
from grader.grading.regrade import Outcome, outcome


def grade(score: float, *, passing: float = 0.8) -> Grade:
    return Grade(score=score, passed=score >= passing, passing_score=passing, credits={}, topics=())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0.5, 1.0, Outcome.RAISED),
        (0.5, 0.6, Outcome.RAISED),
        (0.5, 0.5, Outcome.SAME),
        (1.0, 0.9, Outcome.KEPT),
        (1.0, 0.0, Outcome.KEPT),
    ],
)
def test_it_works(before: float, after: float, expected: Outcome) -> None:
    """More is given, less is not taken."""
    assert outcome(grade(before), grade(after), lowering=False) is expected


@pytest.mark.parametrize("after", [0.9, 0.0])
def test_lowering(after: float) -> None:
    """Less is taken by whoever says so."""
    assert outcome(grade(1.0), grade(after), lowering=True) is Outcome.LOWERED
