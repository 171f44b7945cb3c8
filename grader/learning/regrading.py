"""Grades made anew after a key was corrected, one learner at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from grader.catalog.model import Track
from grader.certificates.model import Certificate
from grader.errors import NotFoundError
from grader.grading.grade import Grade, grade
from grader.grading.regrade import Outcome, outcome
from grader.learning import audit, certificates, certifications, corrections, grounds
from grader.learning.attempt import Attempt
from grader.learning.library import Library
from grader.learning.paper import newest_paper
from grader.store.base import Tx
from grader.store.rows import CertificationRow, Learner, QuizRevisionRow
from grader.store.writing import write_one


class Target(NamedTuple):
    """What is regraded: every revision of a course's quiz, or one of them."""

    course: str
    revisions: tuple[str, ...]
    visits: int  # learners to be met: once for each revision that they have tried


class Terms(NamedTuple):
    """What may be done, and why."""

    actor: str
    rehearsal: bool = True  # change nothing
    lowering: bool = False  # may a score or a pass be taken away?
    revoking: bool = False  # and with the pass the certificate that needed it? Not without a reason
    reason: str = ""


class Change(NamedTuple):
    learner: str  # the name
    attempt: str  # the id
    number: int
    before: Grade
    after: Grade  # what the corrected key gives
    outcome: Outcome
    effect: str = ""  # on certificates, in words

    @property
    def is_written(self) -> bool:
        return self.outcome is not Outcome.KEPT

    @property
    def gains(self) -> bool:
        """Is a pass gained?"""
        return self.after.passed and not self.before.passed

    @property
    def loses(self) -> bool:
        return self.outcome is Outcome.LOWERED and self.before.passed and not self.after.passed


class Rehearsed(Exception):  # noqa: N818 - no error: it carries the result out of a transaction that is rolled back
    def __init__(self, changes: list[Change]) -> None:
        super().__init__("The rehearsal is over.")
        self.changes = changes


def find_target(tx: Tx, name: str) -> Target:
    """`name` is a course or a revision. Raises NotFoundError."""
    one = tx.find(QuizRevisionRow, "find_quiz_revision", revision=name)
    rows = [one] if one else tx.list(QuizRevisionRow, "list_quiz_revisions", course=name)
    if not rows:
        raise NotFoundError("course or quiz revision", name)
    revisions = tuple(row.revision for row in rows)
    counts = [tx.find(int, "count_learners_of_revision", revision=revision) for revision in revisions]
    return Target(course=rows[0].course, revisions=revisions, visits=sum(filter(None, counts)))


def list_learners(tx: Tx, revision: str, *, after: str, limit: int) -> list[str]:
    """Who has tried a revision, in the order of their ids, from behind `after` on."""
    return tx.list(str, "list_learners_of_revision", revision=revision, after=after, limit=limit)


def keep_keys(tx: Tx, target: Target, library: Library, *, terms: Terms, now: datetime) -> None:
    """The corrected keys stay, too: the grades to come name them. A grader that runs may have taken them in before."""
    for revision in target.revisions:
        entry = library.quizzes.get(revision)
        if entry and tx.run(
            "insert_quiz_key", revision=revision, digest=entry.key_digest, key=entry.key, first_seen_at=now
        ):
            audit.record(
                tx,
                "quiz.key-kept",
                actor=terms.actor,
                subject=("quiz", revision),
                now=now,
                course=target.course,
                key=entry.key_digest,
            )


def regrade_learner(
    tx: Tx, learner: str, revision: str, target: Target, library: Library, *, terms: Terms, now: datetime
) -> list[Change]:
    """All finished attempts of a learner at the target, with what follows from them.

    A learner who has tried several revisions is met with each of them, and regraded with the first that has a finished
    attempt: an open one may move to another revision meanwhile. A rehearsal does everything, and ends with Rehearsed.
    """
    tx.lock(f"learner {learner}")
    who = tx.find(Learner, "find_learner", id=learner)
    assert who is not None
    attempts = [tx.list(Attempt, "list_attempts", learner=learner, revision=one) for one in target.revisions]
    finished = [one for found in attempts for one in found if one.grade]
    if not finished or finished[0].revision != revision:
        return []
    made = [_regrade(tx, who, one, library, terms, now) for one in finished]
    track = library.find_track(target.course.partition("/")[0])
    gained = track and any(change and change.gains for change in made)
    certificate = certifications.settle(tx, who, track, actor=terms.actor, now=now) if track and gained else None
    changes = [
        change._replace(effect=_effect(tx, attempt, change, certificate, track, terms, now))
        for attempt, change in zip(finished, made, strict=True)
        if change
    ]
    if terms.rehearsal:
        raise Rehearsed(changes)
    return changes


def regrade_first(
    tx: Tx, learner: str, revision: str, target: Target, library: Library, *, terms: Terms, now: datetime
) -> list[Change]:
    """The same, as long as nothing has changed. Whatever changes first tells the trail of the course that this began.

    So a regrading that is broken off has left its word, too.
    """
    changes = regrade_learner(tx, learner, revision, target, library, terms=terms, now=now)
    if any(change.is_written for change in changes):
        audit.record(
            tx,
            "course.regrading-begun",
            actor=terms.actor,
            subject=("course", target.course),
            now=now,
            revisions=target.revisions,
            reason=terms.reason,
        )
    return changes


def _regrade(
    tx: Tx, learner: Learner, attempt: Attempt, library: Library, terms: Terms, now: datetime
) -> Change | None:
    """None when the attempt was graded with this key already."""
    assert attempt.grade is not None
    paper = newest_paper(tx, attempt, library)
    if attempt.key_digest == paper.key_digest:
        return None
    fresh = grade(paper.questions, paper.topics, paper.key, attempt.responses, passing_score=attempt.passing_score)
    change = Change(
        learner=learner.name,
        attempt=attempt.id,
        number=attempt.number,
        before=attempt.grade,
        after=fresh,
        outcome=outcome(attempt.grade, fresh, lowering=terms.lowering),
    )
    if change.is_written:
        _write(tx, attempt, change, paper.key_digest, terms, now)
    return change


def _write(tx: Tx, attempt: Attempt, change: Change, key_digest: str, terms: Terms, now: datetime) -> None:
    status = "PASSED" if change.after.passed else "FAILED"
    write_one(
        tx,
        "regrade_attempt",
        id=attempt.id,
        status=status,
        score=change.after.score,
        grade=change.after,
        key_digest=key_digest,
        regraded_at=now,
    )
    audit.record(
        tx,
        "attempt.regraded",
        actor=terms.actor,
        subject=("attempt", attempt.id),
        now=now,
        revision=attempt.revision,
        before={"status": attempt.status, "score": attempt.score, "key": attempt.key_digest},
        after={"status": status, "score": change.after.score, "key": key_digest},
        reason=terms.reason,
    )


def _effect(
    tx: Tx,
    attempt: Attempt,
    change: Change,
    issued: Certificate | None,
    track: Track | None,
    terms: Terms,
    now: datetime,
) -> str:
    """What the change means for certificates. Those that needed a pass taken away stay, unless they shall not."""
    if change.gains:
        return _gain(tx, attempt, issued, track)
    groundless = grounds.list_groundless(tx, attempt, track, now=now) if change.loses else []
    if not groundless:
        return ""
    numbers, several = ", ".join(one.number for one in groundless), len(groundless) > 1
    if not terms.revoking:
        return f"{numbers} {'stay' if several else 'stays'}"
    for one in groundless:
        corrections.revoke(tx, one.number, terms.reason, actor=terms.actor, now=now)
    return f"{numbers} {'are' if several else 'is'} revoked"


def _gain(tx: Tx, attempt: Attempt, issued: Certificate | None, track: Track | None) -> str:
    """Certificates are of the version that is taught. A pass of another one leads on only from a certificate of it."""
    row = tx.find(CertificationRow, "find_certification", id=attempt.certification)
    if track and row and row.major != track.major and certificates.find_certificate_of(tx, row.id) is None:
        return f"none: counts in version {row.major} only"
    return f"{issued.number} is issued" if issued else ""


def conclude(tx: Tx, target: Target, counts: Mapping[Outcome, int], *, terms: Terms, now: datetime) -> None:
    """Say in the audit trail of the course what was done, at the end."""
    audit.record(
        tx,
        "course.regraded",
        actor=terms.actor,
        subject=("course", target.course),
        now=now,
        revisions=target.revisions,
        attempts={str(outcome): count for outcome, count in counts.items()},
        reason=terms.reason,
    )
