"""The end of an attempt: drafts until then, the submission, or the clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from grader.catalog.model import Track
from grader.certification.facts import Facts
from grader.errors import ConflictError, NotFoundError
from grader.grading.grade import Answer, check, grade
from grader.grading.limits import is_over
from grader.learning import audit, certifications
from grader.learning.attempt import Attempt, get_own
from grader.learning.library import Library
from grader.learning.paper import Paper, newest_paper, paper_of
from grader.learning.record import record
from grader.questions.model import QuestionType
from grader.store.base import Tx
from grader.store.rows import CertificationRow, Learner
from grader.store.writing import write_one


class Finished(NamedTuple):
    attempt: Attempt
    facts: Facts | None  # on record about the learner in the track, if they were read and no certificate came of them


class AttemptFinishedError(ConflictError):
    def __init__(self) -> None:
        super().__init__("attempt-finished", "This attempt was submitted already, with other answers.")


class TimeOverError(ConflictError):
    def __init__(self) -> None:
        super().__init__("time-over", "The time of this attempt is over. What was saved in time is graded.")


class DraftChangedError(ConflictError):
    def __init__(self) -> None:
        super().__init__("draft-changed", "Other answers were saved meanwhile, on another device perhaps.")


def save(
    tx: Tx,
    learner: Learner,
    attempt: str,
    answers: Sequence[Answer],
    library: Library,
    *,
    over: datetime | UnsetType | None,
    now: datetime,
) -> datetime:
    """Keep a draft, and return when. `over`: when the draft was saved that it replaces, if that is to be checked.

    Raises NotFoundError, InvalidResponseError, AttemptFinishedError, TimeOverError, DraftChangedError.
    """
    tx.lock(f"learner {learner.id}")
    found = get_own(tx, learner, attempt)
    check(paper_of(tx, found, library).questions, answers)
    if found.timed_out or (found.status == "IN_PROGRESS" and is_over(found.due_at, now)):
        raise TimeOverError
    if over is not UNSET and over != found.saved_at and found.status == "IN_PROGRESS":
        raise DraftChangedError
    if not tx.run("save_responses", id=attempt, responses=tuple(answers), saved_at=now):
        raise AttemptFinishedError
    return now


def submit(
    tx: Tx, learner: Learner, attempt: str, answers: Sequence[Answer], library: Library, *, now: datetime
) -> Finished:
    """Grade an attempt, once: the same answers again change nothing. What completes a track issues its certificate.

    After the time limit the answers saved in time count, and these ones do not. Raises NotFoundError,
    InvalidResponseError, and AttemptFinishedError for other answers to a finished attempt.
    """
    tx.lock(f"learner {learner.id}")
    found = get_own(tx, learner, attempt)
    paper = paper_of(tx, found, library)
    check(paper.questions, answers)
    if found.status != "IN_PROGRESS":
        if not found.timed_out and _normal(paper, found.responses) != _normal(paper, answers):
            raise AttemptFinishedError
        return Finished(found, None)
    if is_over(found.due_at, now):
        return Finished(close(tx, learner, found, library, now=now), None)
    return _finish(tx, learner, found, paper, answers, library, now=now)


def close(tx: Tx, learner: Learner, attempt: Attempt, library: Library, *, now: datetime) -> Attempt:
    """End an open attempt whose time is over, as of when it was over, with what was saved until then."""
    paper = newest_paper(tx, attempt, library)
    return _finish(tx, learner, attempt, paper, attempt.responses, library, timed_out=True, now=now).attempt


def list_overdue(tx: Tx, *, before: datetime, limit: int) -> list[str]:
    """The ids of open attempts whose time was over before then."""
    return tx.list(str, "list_overdue_attempts", before=before, limit=limit)


def close_overdue(tx: Tx, attempt: str, library: Library, *, now: datetime) -> Attempt:
    """Close an attempt whose time is over, unless that is done already. Raises NotFoundError."""
    found = tx.find(Attempt, "find_attempt", id=attempt)
    learner = tx.find(Learner, "find_learner", id=found.learner) if found else None
    if learner is None:
        raise NotFoundError("attempt", attempt)
    tx.lock(f"learner {learner.id}")
    found = get_own(tx, learner, attempt)
    if found.status == "IN_PROGRESS" and is_over(found.due_at, now):
        return close(tx, learner, found, library, now=now)
    return found


def _finish(
    tx: Tx,
    learner: Learner,
    attempt: Attempt,
    paper: Paper,
    answers: Sequence[Answer],
    library: Library,
    *,
    timed_out: bool = False,
    now: datetime,
) -> Finished:
    entry = library.quizzes.get(attempt.revision)
    if entry and entry.course.id == attempt.course:
        attempt = enrol(tx, learner, attempt, entry.track, now=now)
    result = grade(paper.questions, paper.topics, paper.key, answers, passing_score=attempt.passing_score)
    finished = msgspec.structs.replace(
        attempt,
        status="PASSED" if result.passed else "FAILED",
        submitted_at=attempt.due_at if timed_out else now,
        timed_out=timed_out,
        score=result.score,
        responses=tuple(answers),
        grade=result,
        key_digest=paper.key_digest,
    )
    write_one(
        tx,
        "finish_attempt",
        id=finished.id,
        status=finished.status,
        submitted_at=finished.submitted_at,
        timed_out=finished.timed_out,
        score=finished.score,
        responses=finished.responses,
        grade=finished.grade,
        key_digest=finished.key_digest,
    )
    audit.record(
        tx,
        "attempt.timed-out" if timed_out else "attempt.submitted",
        actor=None if timed_out else learner.id,
        subject=("attempt", finished.id),
        now=now,
        status=finished.status,
        score=finished.score,
        revision=finished.revision,
        key=finished.key_digest,
    )
    track = library.find_track(attempt.course.partition("/")[0])
    if not result.passed or not track:
        return Finished(finished, None)
    facts = record(tx, learner.id, track.id)
    certificate = certifications.settle(tx, learner, track, facts=facts, actor=learner.id, now=now)
    return Finished(finished, None if certificate else facts)


def enrol(tx: Tx, learner: Learner, attempt: Attempt, track: Track, *, now: datetime) -> Attempt:
    """Count an open attempt at what is taught now in the track's present major version.

    Not one at what was new in a former version: it shows nothing about this one. And a grader with an older build
    leaves it where a newer one has counted it.
    """
    if attempt.scope == "RENEWAL":
        return attempt
    row = tx.find(CertificationRow, "find_certification", id=attempt.certification)
    if (row and row.major == track.major) or not certifications.is_present(tx, track):
        return attempt
    certification = certifications.begin(tx, learner, track, actor=learner.id, now=now)
    write_one(tx, "enrol_attempt", id=attempt.id, certification=certification.id)
    audit.record(
        tx,
        "attempt.enrolled",
        actor=learner.id,
        subject=("attempt", attempt.id),
        now=now,
        certification=certification.id,
        earlier={"certification": attempt.certification},
    )
    return msgspec.structs.replace(attempt, certification=certification.id)


def _normal(paper: Paper, answers: Sequence[Answer]) -> dict[str, tuple[str, ...]]:
    """Answers without what does not matter: their order, questions left empty, the order of several ticks."""
    ticks = {question.id for question in paper.questions if question.type is QuestionType.MULTI_SELECT}
    return {
        answer.question: tuple(sorted(answer.response)) if answer.question in ticks else answer.response
        for answer in answers
        if any(answer.response)
    }
