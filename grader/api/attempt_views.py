"""What the API shows of attempts and their grades."""

from datetime import datetime
from typing import NamedTuple

from grader.api.problems import Problem, problem_of
from grader.api.views import CertificationView, view_standing
from grader.catalog.model import Record
from grader.catalog.prose import html
from grader.certification.facts import Facts
from grader.grading.grade import Answer, TopicScore, reveals
from grader.grading.limits import attempts_left, next_attempt_at
from grader.learning import attempts
from grader.learning.attempt import Attempt
from grader.learning.library import Library, QuizChangedError
from grader.learning.outlook import Outlook, outlook
from grader.learning.overview import Standing, standing
from grader.learning.paper import Paper, paper_of
from grader.questions.model import Question
from grader.store.base import Tx
from grader.store.rows import AttemptEnd, Learner


class QuestionView(Record, frozen=True):
    """What a grade reveals of one question."""

    question: str
    correct: bool
    right: tuple[str, ...]
    feedback: dict[str, str]  # HTML by option
    explanation: str  # HTML


class GradeView(Record, frozen=True):
    attempt: str
    status: str
    timed_out: bool  # the time was over: what was saved by then was graded
    score: float
    passing_score: float
    topics: tuple[TopicScore, ...]
    questions: tuple[QuestionView, ...] | None  # None: the quiz's `review` does not allow it
    attempts_left: int | None  # None: as many as wanted
    next_attempt_at: datetime | None  # None: at once
    certification: CertificationView | None


class AttemptView(Record, frozen=True):
    """`questions` are those of the attempt in the order shown; None in a list of attempts."""

    id: str
    quiz: str
    course: str
    number: int
    scope: str  # FULL, or RENEWAL: only what is new
    status: str
    started_at: datetime
    due_at: datetime | None  # when the time is over
    seconds_left: float | None
    saved_at: datetime | None
    submitted_at: datetime | None
    responses: tuple[Answer, ...]
    questions: tuple[Question, ...] | None
    html: dict[str, str] | None  # of each question, where the page carries none
    grade: GradeView | None


class AttemptsView(Record, frozen=True):
    """`attempts` are those at this revision; `open` may be one at a former revision that goes on as it began."""

    attempts: tuple[AttemptView, ...]
    scope: str  # of the next one: FULL, or RENEWAL: only what is new to the learner
    questions: int | None  # that the next one would hold; None: this revision is no longer taught
    open: AttemptView | None
    attempts_left: int | None  # to be started; None: as many as wanted
    next_attempt_at: datetime | None  # None: at once
    refusal: Problem | None  # with which a start would end now


class _Context(NamedTuple):
    """What the grades of a learner's attempts at one course are told with."""

    standing: Standing | None  # None: the track is no longer taught
    attempts: list[AttemptEnd]  # none where no limit counts them


MOST_ATTEMPTS = 20
"""In a list. Each can also be asked for alone."""

GONE = Outlook("FULL", None, None, None, None, QuizChangedError())
"""For a page that is older than the build."""


def view_attempt(tx: Tx, learner: Learner, attempt: Attempt, library: Library, *, now: datetime) -> AttemptView:
    """With its questions."""
    paper = paper_of(tx, attempt, library)
    context = _context(tx, learner, attempt.course, library, now=now) if attempt.grade else None
    return _view(tx, attempt, library, paper=paper, context=context, now=now)


def view_attempts(tx: Tx, learner: Learner, revision: str, library: Library, *, now: datetime) -> AttemptsView:
    entry = library.quizzes.get(revision)
    found = outlook(tx, learner, entry, now=now) if entry else GONE
    mine = attempts.list_of_quiz(tx, learner, revision, limit=MOST_ATTEMPTS)
    courses = {one.course for one in mine}  # several, when a page was renamed
    contexts = {course: _context(tx, learner, course, library, now=now) for course in courses}
    return AttemptsView(
        attempts=tuple(_view(tx, one, library, paper=None, context=contexts[one.course], now=now) for one in mine),
        scope=found.scope,
        questions=found.questions,
        open=_view(tx, found.open, library, paper=None, context=None, now=now) if found.open else None,
        attempts_left=found.attempts_left,
        next_attempt_at=found.next_attempt_at,
        refusal=problem_of(found.refusal) if found.refusal else None,
    )


def _view(
    tx: Tx, attempt: Attempt, library: Library, *, paper: Paper | None, context: _Context | None, now: datetime
) -> AttemptView:
    running = attempt.due_at if attempt.status == "IN_PROGRESS" else None
    return AttemptView(
        id=attempt.id,
        quiz=attempt.revision,
        course=attempt.course,
        number=attempt.number,
        scope=attempt.scope,
        status=attempt.status,
        started_at=attempt.started_at,
        due_at=attempt.due_at,
        seconds_left=max((running - now).total_seconds(), 0.0) if running else None,
        saved_at=attempt.saved_at,
        submitted_at=attempt.submitted_at,
        responses=attempt.responses,
        questions=paper.questions if paper else None,
        html={one.id: paper.html[one.id] for one in paper.questions} if paper and paper.html else None,
        grade=_grade(tx, attempt, library, context, now=now) if attempt.grade and context else None,
    )


def view_grade(
    tx: Tx, learner: Learner, attempt: Attempt, library: Library, *, facts: Facts | None = None, now: datetime
) -> GradeView:
    """Of a finished attempt: as much as the quiz's rules reveal. `facts`: see `standing`."""
    return _grade(tx, attempt, library, _context(tx, learner, attempt.course, library, facts=facts, now=now), now=now)


def _grade(tx: Tx, attempt: Attempt, library: Library, context: _Context, *, now: datetime) -> GradeView:
    assert attempt.grade is not None
    rules = attempts.rules_now(library, attempt.course)
    where = context.standing
    finished = attempts.ends_beside(context.attempts, attempt, since=where.counts_from if where else None)
    left = attempts_left(rules, len(finished))
    opens = next_attempt_at(rules, finished)
    last = left if attempt.scope == "FULL" else None  # behind a renewal the whole quiz may come, with its own attempts
    shown = reveals(rules.review, passed=attempt.grade.passed, attempts_left=last)
    return GradeView(
        attempt=attempt.id,
        status=attempt.status,
        timed_out=attempt.timed_out,
        score=attempt.grade.score,
        passing_score=attempt.grade.passing_score,
        topics=attempt.grade.topics,
        questions=_questions(attempt, paper_of(tx, attempt, library)) if shown else None,
        attempts_left=left,
        next_attempt_at=opens if opens and opens > now else None,
        certification=view_standing(where, now) if where else None,
    )


def _context(
    tx: Tx, learner: Learner, course: str, library: Library, *, facts: Facts | None = None, now: datetime
) -> _Context:
    track = library.find_track(course.partition("/")[0])
    limited = attempts.rules_now(library, course).limited
    return _Context(
        standing=standing(tx, learner, track, facts=facts, now=now) if track else None,
        attempts=attempts.list_of_course(tx, learner.id, course) if limited else [],
    )


def _questions(attempt: Attempt, paper: Paper) -> tuple[QuestionView, ...]:
    assert attempt.grade is not None
    return tuple(
        QuestionView(
            question=question.id,
            correct=attempt.grade.credits.get(question.id) == 1,
            right=paper.key.questions[question.id].right,
            feedback={
                option: html(text, attempt.course) for option, text in paper.key.questions[question.id].feedback.items()
            },
            explanation=html(paper.key.questions[question.id].explanation, attempt.course),
        )
        for question in paper.questions
    )
