"""What learners do that counts for nothing."""

from datetime import datetime

from grader.learning.ids import new_id
from grader.learning.library import PracticeEntry
from grader.questions.kind import Response
from grader.store.base import Tx
from grader.store.rows import Learner


def practised(
    tx: Tx, learner: Learner, entry: PracticeEntry, response: Response, *, correct: bool, now: datetime
) -> None:
    """A practice question was tried."""
    tx.run(
        "insert_activity",
        id=new_id(),
        learner=learner.id,
        course=entry.course.id,
        kind="PRACTICE",
        revision=entry.practice.revision,
        question=entry.practice.question.id,
        response=response,
        correct=correct,
        at=now,
    )
