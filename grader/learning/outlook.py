"""What a learner may expect before starting an attempt."""

from datetime import datetime
from typing import Literal, NamedTuple

from grader.errors import ConflictError
from grader.grading.drawing import draw
from grader.grading.limits import attempts_left, check_start, next_attempt_at
from grader.learning import attempts, certifications
from grader.learning.attempt import Attempt
from grader.learning.library import QuizEntry
from grader.store.base import Tx
from grader.store.rows import CertificationRow, Learner


class Outlook(NamedTuple):
    scope: Literal["FULL", "RENEWAL"]
    questions: int | None  # how many an attempt would hold; None: the quiz is gone
    open: Attempt | None  # what to go on with
    attempts_left: int | None  # to be started; None: as many as wanted
    next_attempt_at: datetime | None  # None: at once
    refusal: ConflictError | None  # with which a start would end


def outlook(tx: Tx, learner: Learner, entry: QuizEntry, *, now: datetime) -> Outlook:
    rules = entry.quiz.rules
    certification = tx.find(
        CertificationRow, "find_certification_of", learner=learner.id, track=entry.track.id, major=entry.track.major
    )
    found = attempts.find_open(tx, learner, entry.course.id)
    terms = attempts.find_terms(tx, learner, entry, now=now)
    rows = attempts.list_of_course(tx, learner.id, entry.course.id)
    ends = attempts.ends(rows, certification.id, terms) if certification else []
    opens = next_attempt_at(rules, ends)
    refusal = None
    if found is None:
        try:
            certifications.check_prerequisites(tx, learner, entry.track, now=now)
            check_start(rules, ends, now)
        except ConflictError as error:
            refusal = error
    return Outlook(
        scope=terms.scope,
        questions=len(draw(entry.quiz, seed="", among=terms.among)),
        open=found,
        attempts_left=attempts_left(rules, len(ends) + (found is not None)),
        next_attempt_at=opens if opens and opens > now else None,
        refusal=refusal,
    )
