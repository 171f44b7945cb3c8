"""Attempts: start one or go on with it, and find those there are."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple

import msgspec

from grader.catalog.model import QuizRules
from grader.grading.drawing import draw
from grader.grading.limits import check_start, due_at, is_over
from grader.learning import audit, certifications, submission
from grader.learning.attempt import Attempt
from grader.learning.ids import new_id
from grader.learning.library import Library, QuizEntry
from grader.store.base import Tx
from grader.store.rows import AttemptEnd, CertificationRow, Learner, QuizRevisionRow


class Started(NamedTuple):
    attempt: Attempt
    created: bool


def start(
    tx: Tx,
    learner: Learner,
    entry: QuizEntry,
    library: Library,
    *,
    now: datetime,
    among: AbstractSet[str] | None = None,
) -> Started:
    """A new attempt, or the one that is open. `among`: a renewal, which holds only these questions.

    Raises PrerequisitesError, AttemptsSpentError and CooldownError. The limits count within a certification: a new
    major version of the track begins anew.
    """
    tx.lock(f"learner {learner.id}")
    found = find_open(tx, learner, entry.course.id)
    if found and is_over(found.due_at, now):
        submission.close(tx, learner, found, library, now=now)
    elif found:
        return Started(_go_on(tx, learner, found, entry, among=among, now=now), created=False)
    certifications.check_prerequisites(tx, learner, entry.track)
    certification = certifications.begin(tx, learner, entry.track, now=now)
    earlier = list_of_course(tx, learner.id, entry.course.id)
    check_start(entry.quiz.rules, ends(earlier, certification.id), now)
    number = earlier[0].number + 1 if earlier else 1
    return Started(_begin(tx, learner, entry, certification, number=number, among=among, now=now), created=True)


def _begin(
    tx: Tx,
    learner: Learner,
    entry: QuizEntry,
    certification: CertificationRow,
    *,
    number: int,
    among: AbstractSet[str] | None,
    now: datetime,
) -> Attempt:
    name = new_id()
    attempt = Attempt(
        id=name,
        learner=learner.id,
        course=entry.course.id,
        revision=entry.quiz.revision,
        certification=certification.id,
        number=number,
        status="IN_PROGRESS",
        passing_score=entry.quiz.rules.passing_score,
        scope="FULL" if among is None else "RENEWAL",
        started_at=now,
        due_at=due_at(entry.quiz.rules, now),
        saved_at=None,
        submitted_at=None,
        timed_out=False,
        score=None,
        responses=(),
        shown=draw(entry.quiz, seed=name, among=among),
        grade=None,
        key_digest=None,
        regraded_at=None,
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
        scope=attempt.scope,
        started_at=attempt.started_at,
        due_at=attempt.due_at,
        responses=attempt.responses,
        shown=attempt.shown,
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
    return attempt


def _go_on(
    tx: Tx, learner: Learner, attempt: Attempt, entry: QuizEntry, *, among: AbstractSet[str] | None, now: datetime
) -> Attempt:
    enrolled = submission.enrol(tx, learner, attempt, entry.track, now=now)
    if enrolled.revision == entry.quiz.revision or (entry.quiz.rules.hidden and _is_kept(tx, enrolled.revision)):
        return enrolled
    return _move(tx, learner, enrolled, entry, among=among, now=now)


def _is_kept(tx: Tx, revision: str) -> bool:
    """Can the questions still be shown, though the page has others? Then the attempt ends as it began."""
    row = tx.find(QuizRevisionRow, "find_quiz_revision", revision=revision)
    return row is not None and row.html is not None


def _move(
    tx: Tx, learner: Learner, attempt: Attempt, entry: QuizEntry, *, among: AbstractSet[str] | None, now: datetime
) -> Attempt:
    """Nothing was submitted to an open attempt, so when its page has changed it goes on with the new questions."""
    moved = msgspec.structs.replace(
        attempt,
        revision=entry.quiz.revision,
        passing_score=entry.quiz.rules.passing_score,
        due_at=due_at(entry.quiz.rules, now),
        responses=(),
        shown=draw(entry.quiz, seed=attempt.id, among=among),
        saved_at=None,
    )
    tx.run(
        "move_attempt",
        id=moved.id,
        revision=moved.revision,
        passing_score=moved.passing_score,
        due_at=moved.due_at,
        shown=moved.shown,
    )
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


def find_open(tx: Tx, learner: Learner, course: str) -> Attempt | None:
    return tx.find(Attempt, "find_open_attempt", learner=learner.id, course=course)


def list_of_quiz(tx: Tx, learner: Learner, revision: str) -> list[Attempt]:
    """Newest first."""
    return tx.list(Attempt, "list_attempts", learner=learner.id, revision=revision)


def list_of_course(tx: Tx, learner: str, course: str) -> list[AttemptEnd]:
    """Newest first."""
    return tx.list(AttemptEnd, "list_attempt_ends", learner=learner, course=course)


def list_ends(tx: Tx, attempt: Attempt) -> list[datetime]:
    """When the attempts ended that count together with this one: its learner's, at its course, in its certification."""
    return ends(list_of_course(tx, attempt.learner, attempt.course), attempt.certification)


def ends(attempts: Sequence[AttemptEnd], certification: str | None) -> list[datetime]:
    return [one.submitted_at for one in attempts if one.submitted_at and one.certification == certification]


def rules_now(library: Library, attempt: Attempt) -> QuizRules:
    """The rules of the attempt's quiz as they are today; the default ones when it is gone."""
    quiz = library.find_quiz(attempt.course)
    return quiz.rules if quiz else QuizRules()
