"""Attempts: start one or go on with it, and find those there are."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from grader.catalog.model import QuizRules
from grader.certification.needs import counts_from, need
from grader.grading.drawing import draw
from grader.grading.limits import check_start, due_at, is_over
from grader.learning import audit, certifications, submission
from grader.learning.attempt import Attempt
from grader.learning.ids import new_id
from grader.learning.library import Library, QuizEntry
from grader.learning.record import record
from grader.store.base import Tx
from grader.store.rows import AttemptEnd, CertificationRow, Learner, QuizRevisionRow
from grader.store.writing import write_one


class Terms(NamedTuple):
    """What a start would begin now."""

    among: AbstractSet[str] | None  # a renewal, which holds only these questions
    since: datetime | None  # attempts of before count for a certificate that is being renewed

    @property
    def scope(self) -> Literal["FULL", "RENEWAL"]:
        return "FULL" if self.among is None else "RENEWAL"


class Started(NamedTuple):
    attempt: Attempt
    created: bool


def start(tx: Tx, learner: Learner, entry: QuizEntry, library: Library, *, now: datetime) -> Started:
    """A new attempt, or the one that is open. Who renews a certificate gets the questions that are new to them.

    Raises PrerequisitesError, AttemptsSpentError and CooldownError. The limits count within a certification, so a new
    major version of the track begins anew; apart for the whole quiz and for what is new; and for a certificate that is
    earned once more, after a revocation or in the last days before its end, from that moment on.
    """
    tx.lock(f"learner {learner.id}")
    earlier = list_of_course(tx, learner.id, entry.course.id)
    is_open = any(one.submitted_at is None for one in earlier)
    found = find_open(tx, learner, entry.course.id) if is_open else None
    if found and is_over(found.due_at, now):
        submission.close(tx, learner, found, library, now=now)
        earlier = list_of_course(tx, learner.id, entry.course.id)
        found = None
    if not found:
        certifications.check_prerequisites(tx, learner, entry.track, now=now)
    certification = certifications.begin(tx, learner, entry.track, actor=learner.id, now=now)
    terms = find_terms(tx, learner, entry, now=now)
    if found:
        return Started(_go_on(tx, learner, found, entry, certification, terms, now=now), created=False)
    check_start(entry.quiz.rules, ends(earlier, certification.id, terms), now)
    number = earlier[0].number + 1 if earlier else 1
    return Started(_begin(tx, learner, entry, certification, terms, number=number, now=now), created=True)


def find_terms(tx: Tx, learner: Learner, entry: QuizEntry, *, now: datetime) -> Terms:
    if tx.find(str, "find_any_certificate", learner=learner.id, track=entry.track.id) is None:
        return Terms(among=None, since=None)  # there is nothing to renew
    facts = record(tx, learner.id, entry.track.id)
    questions = need(entry.track, entry.course, facts, now).questions
    return Terms(among=frozenset(questions) or None, since=counts_from(entry.track, facts, now))


def _begin(
    tx: Tx,
    learner: Learner,
    entry: QuizEntry,
    certification: CertificationRow,
    terms: Terms,
    *,
    number: int,
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
        scope=terms.scope,
        started_at=now,
        due_at=due_at(entry.quiz.rules, now),
        saved_at=None,
        submitted_at=None,
        timed_out=False,
        score=None,
        responses=(),
        shown=draw(entry.quiz, seed=name, among=terms.among),
        grade=None,
        key_digest=None,
        regraded_at=None,
    )
    write_one(
        tx,
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
        scope=attempt.scope,
    )
    return attempt


def _go_on(
    tx: Tx,
    learner: Learner,
    attempt: Attempt,
    entry: QuizEntry,
    certification: CertificationRow,
    terms: Terms,
    *,
    now: datetime,
) -> Attempt:
    counts_here = attempt.certification == certification.id
    if attempt.scope == "RENEWAL" and (terms.among is None or not counts_here):
        return _move(tx, learner, attempt, entry, certification, terms, now=now)  # those were new once
    if attempt.revision == entry.quiz.revision:
        return submission.enrol(tx, learner, attempt, entry.track, now=now)
    if counts_here and entry.quiz.rules.hidden and _is_kept(tx, attempt.revision):
        return attempt
    return _move(tx, learner, attempt, entry, certification, terms, now=now)


def _is_kept(tx: Tx, revision: str) -> bool:
    """Can the questions still be shown, though the page has others? Then the attempt ends as it began."""
    row = tx.find(QuizRevisionRow, "find_quiz_revision", revision=revision)
    return row is not None and row.html is not None


def _move(
    tx: Tx,
    learner: Learner,
    attempt: Attempt,
    entry: QuizEntry,
    certification: CertificationRow,
    terms: Terms,
    *,
    now: datetime,
) -> Attempt:
    """Nothing was submitted to an open attempt, so when its page has changed it goes on with the new questions."""
    moved = msgspec.structs.replace(
        attempt,
        revision=entry.quiz.revision,
        certification=certification.id,
        passing_score=entry.quiz.rules.passing_score,
        scope=terms.scope,
        due_at=due_at(entry.quiz.rules, now),
        responses=(),
        shown=draw(entry.quiz, seed=attempt.id, among=terms.among),
        saved_at=None,
    )
    write_one(
        tx,
        "move_attempt",
        id=moved.id,
        revision=moved.revision,
        certification=moved.certification,
        passing_score=moved.passing_score,
        scope=moved.scope,
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
        scope=moved.scope,
        certification=moved.certification,
        earlier={"revision": attempt.revision, "scope": attempt.scope, "certification": attempt.certification},
    )
    return moved


def find_open(tx: Tx, learner: Learner, course: str) -> Attempt | None:
    return tx.find(Attempt, "find_open_attempt", learner=learner.id, course=course)


def list_of_quiz(tx: Tx, learner: Learner, revision: str, *, limit: int) -> list[Attempt]:
    """The newest ones, newest first."""
    return tx.list(Attempt, "list_newest_attempts", learner=learner.id, revision=revision, limit=limit)


def list_of_course(tx: Tx, learner: str, course: str) -> list[AttemptEnd]:
    """Newest first."""
    return tx.list(AttemptEnd, "list_attempt_ends", learner=learner, course=course)


def ends_beside(attempts: Sequence[AttemptEnd], attempt: Attempt, *, since: datetime | None) -> list[datetime]:
    """When those attempts ended that count together with this one. `attempts`: its learner's at its course."""
    return _ends(attempts, attempt.certification, attempt.scope, since)


def ends(attempts: Sequence[AttemptEnd], certification: str | None, terms: Terms) -> list[datetime]:
    """When the attempts ended that count together with one that would begin on these terms."""
    return _ends(attempts, certification, terms.scope, terms.since)


def _ends(
    attempts: Sequence[AttemptEnd], certification: str | None, scope: str, since: datetime | None
) -> list[datetime]:
    return [
        one.submitted_at
        for one in attempts
        if one.submitted_at
        and (one.certification, one.scope) == (certification, scope)
        and (since is None or one.started_at > since)
    ]


def rules_now(library: Library, course: str) -> QuizRules:
    """The rules of the course's quiz as they are today; the default ones when it is gone."""
    quiz = library.find_quiz(course)
    return quiz.rules if quiz else QuizRules()
