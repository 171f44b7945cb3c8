"""One attempt at a quiz."""

from grader.errors import NotFoundError
from grader.grading.drawing import Shown
from grader.grading.grade import Answer, Grade
from grader.store.base import Tx
from grader.store.rows import AttemptRow, Learner


class Attempt(AttemptRow, frozen=True, kw_only=True):
    """The row, with what its JSON holds."""

    responses: tuple[Answer, ...]
    shown: tuple[Shown, ...] | None  # None, in attempts of old: all questions, as in the page
    grade: Grade | None


def get_own(tx: Tx, learner: Learner, attempt: str) -> Attempt:
    """Raises NotFoundError, for somebody else's attempt too: its existence is nobody's business."""
    found = tx.find(Attempt, "find_attempt", id=attempt)
    if found is None or found.learner != learner.id:
        raise NotFoundError("attempt", attempt)
    return found
