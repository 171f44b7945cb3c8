"""An attempt's life: start, draft, submission."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from grader.catalog.model import QuizKey, QuizRules, Topic
from grader.errors import ConflictError, NotFoundError
from grader.grading.grade import Answer, Grade, check, grade
from grader.grading.limits import check_start
from grader.learning import audit, certifications
from grader.learning.ids import new_id
from grader.learning.library import Library, QuizEntry
from grader.questions.model import Question, QuestionType
from grader.store.base import Tx
from grader.store.rows import AttemptRow, Learner, QuizRevisionRow


class Attempt(AttemptRow, frozen=True, kw_only=True):
    """The row, with what its JSON holds."""

    responses: tuple[Answer, ...]
    shown: None
    grade: Grade | None


class AttemptFinishedError(ConflictError):
    def __init__(self) -> None:
        super().__init__("attempt-finished", "This attempt was submitted already, with other answers.")


class Examined(NamedTuple):
    """What an attempt is about: a quiz as it was when the attempt began."""

    questions: tuple[Question, ...]
    topics: tuple[Topic, ...]
    key: QuizKey


class Started(NamedTuple):
    attempt: Attempt
    created: bool


def start(tx: Tx, learner: Learner, entry: QuizEntry, *, now: datetime) -> Started:
    """A new attempt, or the one that is open.

    Raises PrerequisitesError, AttemptsSpentError and CooldownError. The limits count within a certification: a new
    major version of the track begins anew.
    """
    found = tx.find(Attempt, "find_open_attempt", learner=learner.id, course=entry.course.id)
    if found:
        return Started(_go_on(tx, learner, found, entry, now=now), created=False)
    certifications.check_prerequisites(tx, learner, entry.track)
    certification = certifications.begin(tx, learner, entry.track, now=now)
    earlier = list_of_course(tx, learner, entry.course.id)
    check_start(entry.quiz.rules, _ends(earlier, certification.id), now)
    attempt = Attempt(
        id=new_id(),
        learner=learner.id,
        course=entry.course.id,
        revision=entry.quiz.revision,
        certification=certification.id,
        number=earlier[0].number + 1 if earlier else 1,
        status="IN_PROGRESS",
        passing_score=entry.quiz.rules.passing_score,
        started_at=now,
        saved_at=None,
        submitted_at=None,
        score=None,
        responses=(),
        shown=None,
        grade=None,
    )
    tx.run(
        "insert_attempt",
        id=attempt.id,
        learner=attempt.learner,
        course=attempt.course,
        revision=attempt.revision,
        certification=attempt.certification,
        number=attempt.number,
        passing_score=attempt.passing_score,
        started_at=now,
        responses=(),
        shown=None,
    )
    audit.record(
        tx,
        "attempt.started",
        actor=learner.id,
        subject=("attempt", attempt.id),
        now=now,
        course=attempt.course,
        revision=attempt.revision,
    )
    return Started(attempt, created=True)


def _go_on(tx: Tx, learner: Learner, attempt: Attempt, entry: QuizEntry, *, now: datetime) -> Attempt:
    enrolled = _enrol(tx, learner, attempt, entry, now=now)
    if enrolled.revision == entry.quiz.revision:
        return enrolled
    return _move(tx, learner, enrolled, entry, now=now)


def _enrol(tx: Tx, learner: Learner, attempt: Attempt, entry: QuizEntry, *, now: datetime) -> Attempt:
    """An open attempt at what is taught now counts in the track's present major version."""
    certification = certifications.begin(tx, learner, entry.track, now=now)
    if attempt.certification == certification.id:
        return attempt
    tx.run("enrol_attempt", id=attempt.id, certification=certification.id)
    return msgspec.structs.replace(attempt, certification=certification.id)


def _move(tx: Tx, learner: Learner, attempt: Attempt, entry: QuizEntry, *, now: datetime) -> Attempt:
    """Nothing was submitted to an open attempt, so when its quiz has changed it goes on with the new questions."""
    moved = msgspec.structs.replace(
        attempt, revision=entry.quiz.revision, passing_score=entry.quiz.rules.passing_score, responses=()
    )
    tx.run("move_attempt", id=moved.id, revision=moved.revision, passing_score=moved.passing_score)
    audit.record(
        tx,
        "attempt.moved",
        actor=learner.id,
        subject=("attempt", attempt.id),
        now=now,
        revision=moved.revision,
        earlier=attempt.revision,
    )
    return moved


def get(tx: Tx, learner: Learner, attempt: str) -> Attempt:
    """Raises NotFoundError, for somebody else's attempt too: its existence is nobody's business."""
    found = tx.find(Attempt, "find_attempt", id=attempt)
    if found is None or found.learner != learner.id:
        raise NotFoundError("attempt", attempt)
    return found


def list_of_quiz(tx: Tx, learner: Learner, revision: str) -> list[Attempt]:
    """Newest first."""
    return tx.list(Attempt, "list_attempts", learner=learner.id, revision=revision)


def list_of_course(tx: Tx, learner: Learner, course: str) -> list[Attempt]:
    """Newest first."""
    return tx.list(Attempt, "list_attempts_of_course", learner=learner.id, course=course)


def list_ends(tx: Tx, attempt: Attempt) -> list[datetime]:
    """When the attempts ended that count together with this one: its learner's, at its course, in its certification."""
    rows = tx.list(Attempt, "list_attempts_of_course", learner=attempt.learner, course=attempt.course)
    return _ends(rows, attempt.certification)


def _ends(attempts: Sequence[Attempt], certification: str | None) -> list[datetime]:
    return [one.submitted_at for one in attempts if one.submitted_at and one.certification == certification]


def examined(tx: Tx, attempt: Attempt, library: Library) -> Examined:
    """The quiz of the attempt's revision, which may be older than the page."""
    entry = library.quizzes.get(attempt.revision)
    if entry:
        return Examined(entry.quiz.questions, entry.quiz.topics, entry.key)
    row = tx.find(QuizRevisionRow, "find_quiz_revision", revision=attempt.revision)
    if row is None:
        raise NotFoundError("quiz revision", attempt.revision)
    return Examined(row.questions, row.topics, row.key)


def save(tx: Tx, learner: Learner, attempt: str, answers: Sequence[Answer], library: Library, *, now: datetime) -> None:
    """Keep a draft. Raises NotFoundError, InvalidResponseError, AttemptFinishedError."""
    found = get(tx, learner, attempt)
    check(examined(tx, found, library).questions, answers)
    if not tx.run("save_responses", id=attempt, responses=tuple(answers), saved_at=now):
        raise AttemptFinishedError


def submit(
    tx: Tx, learner: Learner, attempt: str, answers: Sequence[Answer], library: Library, *, now: datetime
) -> Attempt:
    """Grade an attempt, once: the same answers again change nothing. What completes a track issues its certificate.

    Raises NotFoundError, InvalidResponseError, and AttemptFinishedError for other answers to a finished attempt.
    """
    found = get(tx, learner, attempt)
    quiz = examined(tx, found, library)
    check(quiz.questions, answers)
    if found.status != "IN_PROGRESS":
        if _normal(quiz, found.responses) != _normal(quiz, answers):
            raise AttemptFinishedError
        return found
    entry = library.quizzes.get(found.revision)
    if entry and entry.course.id == found.course:
        found = _enrol(tx, learner, found, entry, now=now)
    result = grade(quiz.questions, quiz.topics, quiz.key, answers, passing_score=found.passing_score)
    finished = msgspec.structs.replace(
        found,
        status="PASSED" if result.passed else "FAILED",
        submitted_at=now,
        score=result.score,
        responses=tuple(answers),
        grade=result,
    )
    tx.run(
        "finish_attempt",
        id=attempt,
        status=finished.status,
        submitted_at=now,
        score=finished.score,
        responses=finished.responses,
        grade=finished.grade,
    )
    audit.record(
        tx,
        "attempt.submitted",
        actor=learner.id,
        subject=("attempt", attempt),
        now=now,
        status=finished.status,
        score=finished.score,
        revision=finished.revision,
    )
    track = library.find_track(finished.course.partition("/")[0])
    if result.passed and finished.certification and track:
        certifications.advance(tx, learner, track, finished.certification, now=now)
    return finished


def _normal(quiz: Examined, answers: Sequence[Answer]) -> dict[str, tuple[str, ...]]:
    """Answers without what does not matter: their order, questions left empty, the order of several ticks."""
    ticks = {question.id for question in quiz.questions if question.type is QuestionType.MULTI_SELECT}
    return {
        answer.question: tuple(sorted(answer.response)) if answer.question in ticks else answer.response
        for answer in answers
        if any(answer.response)
    }


def rules_now(library: Library, attempt: Attempt) -> QuizRules:
    """The rules of the attempt's quiz as they are today; the default ones when it is gone."""
    course = next(
        (one for track in library.tracks for one in track.courses if one.id == attempt.course and one.quiz),
        None,
    )
    return course.quiz.rules if course and course.quiz else QuizRules()
