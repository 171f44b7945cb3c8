"""Attempts: start, draft, submission, grade."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post, put
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from grader.api.context import Now, Parts, Published, SignedIn
from grader.api.openapi import SIGNED_IN, refusals
from grader.api.views import CertificationView, view_standing
from grader.catalog.model import Record
from grader.catalog.prose import html
from grader.grading.grade import Answer, TopicScore, reveals
from grader.grading.limits import attempts_left, next_attempt_at
from grader.learning import attempts, submission
from grader.learning.attempt import Attempt, get_own
from grader.learning.library import Library
from grader.learning.overview import Standing, standing
from grader.learning.paper import Paper, paper_of
from grader.store.base import Tx
from grader.store.rows import Learner


class NewAttempt(Record, frozen=True):
    quiz: str  # the revision that the page shows


class Submission(Record, frozen=True):
    responses: tuple[Answer, ...]


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
    score: float
    passing_score: float
    topics: tuple[TopicScore, ...]
    questions: tuple[QuestionView, ...] | None  # None: the quiz's `review` does not allow it
    attempts_left: int | None  # None: as many as wanted
    next_attempt_at: datetime | None  # None: at once
    certification: CertificationView | None


class AttemptView(Record, frozen=True):
    id: str
    quiz: str
    course: str
    number: int
    status: str
    started_at: datetime
    submitted_at: datetime | None
    responses: tuple[Answer, ...]
    grade: GradeView | None


class AttemptsView(Record, frozen=True):
    attempts: tuple[AttemptView, ...]


@post(
    "/attempts",
    operation_id="start_attempt",
    summary="Start an attempt, or go on with the open one",
    response_description="A new attempt",
    responses={200: ResponseSpec(AttemptView, description="The attempt that was open already", generate_examples=False)}
    | refusals(401, 403, 409, 413, 422),
    security=SIGNED_IN,
)
async def start(
    data: JSONBody[NewAttempt], learner: SignedIn, library: Published, context: Parts, now: Now
) -> Response[AttemptView]:
    entry = library.get_quiz(data.quiz)
    started = await context.store.transact(attempts.start, learner, entry, library, now=now)
    view = AttemptView(
        id=started.attempt.id,
        quiz=started.attempt.revision,
        course=started.attempt.course,
        number=started.attempt.number,
        status=started.attempt.status,
        started_at=started.attempt.started_at,
        submitted_at=None,
        responses=started.attempt.responses,
        grade=None,
    )
    return Response(
        view,
        status_code=201 if started.created else 200,
        headers={"Location": f"/api/v1/attempts/{view.id}"},
    )


@get(
    "/attempts",
    operation_id="list_attempts",
    summary="One's own attempts at a quiz, newest first",
    responses=refusals(401, 422),
    security=SIGNED_IN,
)
async def list_attempts(
    quiz: Annotated[str, QueryParameter(description="The quiz's revision")],
    learner: SignedIn,
    library: Published,
    context: Parts,
    now: Now,
) -> AttemptsView:
    found = await context.store.read(_list, learner, quiz, library, now)
    return AttemptsView(attempts=tuple(found))


@get(
    "/attempts/{attempt:str}",
    operation_id="get_attempt",
    summary="An attempt, with its grade when it is finished",
    responses=refusals(401, 404),
    security=SIGNED_IN,
)
async def get_attempt(
    attempt: FromPath[str], learner: SignedIn, library: Published, context: Parts, now: Now
) -> AttemptView:
    return await context.store.read(_get, learner, attempt, library, now)


@put(
    "/attempts/{attempt:str}/responses",
    status_code=204,
    operation_id="save_responses",
    summary="Save a draft",
    responses=refusals(401, 403, 404, 409, 413, 422),
    security=SIGNED_IN,
)
async def save(
    attempt: FromPath[str], data: JSONBody[Submission], learner: SignedIn, library: Published, context: Parts, now: Now
) -> None:
    await context.store.transact(submission.save, learner, attempt, data.responses, library, now=now)


@post(
    "/attempts/{attempt:str}/submission",
    status_code=200,
    operation_id="submit_attempt",
    summary="Submit the answers and get the grade; the same answers again get the same grade",
    responses=refusals(401, 403, 404, 409, 413, 422),
    security=SIGNED_IN,
)
async def submit(
    attempt: FromPath[str], data: JSONBody[Submission], learner: SignedIn, library: Published, context: Parts, now: Now
) -> GradeView:
    graded = await context.store.transact(_submit, learner, attempt, data.responses, library, now)
    if graded.certification and graded.certification.certificate:
        context.wake.set()
    return graded


def _submit(
    tx: Tx, learner: Learner, attempt: str, answers: tuple[Answer, ...], library: Library, now: datetime
) -> GradeView:
    finished = submission.submit(tx, learner, attempt, answers, library, now=now)
    view = _view(tx, learner, finished, library, now)
    assert view.grade is not None
    return view.grade


def _get(tx: Tx, learner: Learner, attempt: str, library: Library, now: datetime) -> AttemptView:
    return _view(tx, learner, get_own(tx, learner, attempt), library, now)


def _list(tx: Tx, learner: Learner, revision: str, library: Library, now: datetime) -> list[AttemptView]:
    return [_view(tx, learner, one, library, now) for one in attempts.list_of_quiz(tx, learner, revision)]


def _view(tx: Tx, learner: Learner, attempt: Attempt, library: Library, now: datetime) -> AttemptView:
    return AttemptView(
        id=attempt.id,
        quiz=attempt.revision,
        course=attempt.course,
        number=attempt.number,
        status=attempt.status,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        responses=attempt.responses,
        grade=_grade(tx, learner, attempt, library, now) if attempt.grade else None,
    )


def _grade(tx: Tx, learner: Learner, attempt: Attempt, library: Library, now: datetime) -> GradeView:
    assert attempt.grade is not None
    rules = attempts.rules_now(library, attempt)
    finished = attempts.list_ends(tx, attempt)
    left = attempts_left(rules, len(finished))
    opens = next_attempt_at(rules, finished)
    shown = reveals(rules.review, passed=attempt.grade.passed, attempts_left=left)
    where = _standing(tx, learner, attempt, library)
    return GradeView(
        attempt=attempt.id,
        status=attempt.status,
        score=attempt.grade.score,
        passing_score=attempt.grade.passing_score,
        topics=attempt.grade.topics,
        questions=_questions(attempt, paper_of(tx, attempt, library)) if shown else None,
        attempts_left=left,
        next_attempt_at=opens if opens and opens > now else None,
        certification=view_standing(where, now) if where else None,
    )


def _standing(tx: Tx, learner: Learner, attempt: Attempt, library: Library) -> Standing | None:
    """None when the track is no longer taught."""
    track = attempt.course.partition("/")[0]
    return standing(tx, learner, library, track) if library.find_track(track) else None


def _questions(attempt: Attempt, quiz: Paper) -> tuple[QuestionView, ...]:
    assert attempt.grade is not None
    return tuple(
        QuestionView(
            question=question.id,
            correct=attempt.grade.credits.get(question.id) == 1,
            right=quiz.key.questions[question.id].right,
            feedback={
                option: html(text, attempt.course) for option, text in quiz.key.questions[question.id].feedback.items()
            },
            explanation=html(quiz.key.questions[question.id].explanation, attempt.course),
        )
        for question in quiz.questions
    )
