"""Attempts: start, draft, submission, grade."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post, put
from litestar.exceptions import ClientException
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter
from msgspec import UNSET

from grader.api.attempt_views import AttemptsView, AttemptView, GradeView, view_attempt, view_attempts, view_grade
from grader.api.context import CalledBy, Caller, Context, Now, Published
from grader.api.openapi import SIGNED_IN, refusals
from grader.catalog.model import Record
from grader.errors import ConflictError
from grader.grading.grade import Answer
from grader.grading.limits import is_over
from grader.learning import attempts, submission
from grader.learning.attempt import get_own
from grader.learning.library import Library, QuizEntry
from grader.store.base import Tx
from grader.store.rows import Learner


class NewAttempt(Record, frozen=True):
    quiz: str  # the revision that the page shows


class Submission(Record, frozen=True):
    responses: tuple[Answer, ...]


@post(
    "/attempts",
    operation_id="start_attempt",
    summary="Start an attempt, or go on with the open one",
    response_description="A new attempt",
    responses={200: ResponseSpec(AttemptView, description="The attempt that was open already", generate_examples=False)}
    | refusals(401, 403, 409, 413, 422),
    security=SIGNED_IN,
)
async def start(data: JSONBody[NewAttempt], caller: CalledBy, library: Published, now: Now) -> Response[AttemptView]:
    entry = library.get_quiz(data.quiz)
    try:
        view, created = await caller.transact(_start, entry, library, now)
    except ConflictError:
        await _close_open(caller, entry.course.id, library, now)  # the refusal has taken that back
        raise
    return Response(
        view,
        status_code=201 if created else 200,
        headers={"Location": f"/api/v1/attempts/{view.id}"},
    )


@get(
    "/attempts",
    operation_id="list_attempts",
    summary="One's own attempts at a quiz, newest first, and what may be expected of the next one",
    responses=refusals(401, 422),
    security=SIGNED_IN,
)
async def list_attempts(
    quiz: Annotated[str, QueryParameter(description="The quiz's revision")],
    caller: CalledBy,
    library: Published,
    now: Now,
) -> AttemptsView:
    view = await caller.read(view_attempts, quiz, library, now=now)
    if view.open and is_over(view.open.due_at, now):
        await _close(caller.context, view.open.id, library, now)
        view = await caller.read(view_attempts, quiz, library, now=now)
    return view


@get(
    "/attempts/{attempt:str}",
    operation_id="get_attempt",
    summary="An attempt: its questions, what was answered, and its grade when it is finished",
    responses=refusals(401, 404),
    security=SIGNED_IN,
)
async def get_attempt(attempt: FromPath[str], caller: CalledBy, library: Published, now: Now) -> AttemptView:
    view = await caller.read(_get, attempt, library, now)
    if view.grade is None and is_over(view.due_at, now):
        await _close(caller.context, attempt, library, now)
        view = await caller.read(_get, attempt, library, now)
    return view


@put(
    "/attempts/{attempt:str}/responses",
    status_code=204,
    operation_id="save_responses",
    summary="Save a draft; with If-Match only over the draft that was seen",
    responses=refusals(401, 403, 404, 409, 412, 413, 422),
    security=SIGNED_IN,
)
async def save(
    attempt: FromPath[str],
    data: JSONBody[Submission],
    caller: CalledBy,
    library: Published,
    now: Now,
    seen: Annotated[
        str | None, HeaderParameter(name="If-Match", description="The attempt's `saved_at`, quoted")
    ] = None,
) -> Response[None]:
    saved_at = await caller.transact(
        submission.save, attempt, data.responses, library, over=draft_of(seen) if seen else UNSET, now=now
    )
    return Response(None, status_code=204, headers={"ETag": tag_of(saved_at)})


@post(
    "/attempts/{attempt:str}/submission",
    status_code=200,
    operation_id="submit_attempt",
    summary="Submit the answers and get the grade; the same answers again get the same grade",
    responses=refusals(401, 403, 404, 409, 413, 422),
    security=SIGNED_IN,
)
async def submit(
    attempt: FromPath[str], data: JSONBody[Submission], caller: CalledBy, library: Published, now: Now
) -> GradeView:
    graded = await caller.transact(_submit, attempt, data.responses, library, now)
    if graded.certification and graded.certification.certificate:
        caller.context.wake.set()
    return graded


def tag_of(saved_at: datetime | None) -> str:
    """An entity tag for a draft: when it was saved, as an attempt shows it; empty before the first."""
    return msgspec.json.encode(saved_at or "").decode()


def draft_of(tag: str) -> datetime | None:
    """When the draft of that tag was saved. Raises ClientException for what is no tag of ours."""
    try:
        text = msgspec.json.decode(tag, type=str)
        return msgspec.convert(text, datetime) if text else None
    except msgspec.MsgspecError:
        raise ClientException("If-Match is no draft's tag.") from None


def _start(tx: Tx, learner: Learner, entry: QuizEntry, library: Library, now: datetime) -> tuple[AttemptView, bool]:
    started = attempts.start(tx, learner, entry, library, now=now)
    return view_attempt(tx, learner, started.attempt, library, now=now), started.created


def _get(tx: Tx, learner: Learner, attempt: str, library: Library, now: datetime) -> AttemptView:
    return view_attempt(tx, learner, get_own(tx, learner, attempt), library, now=now)


def _submit(
    tx: Tx, learner: Learner, attempt: str, answers: tuple[Answer, ...], library: Library, now: datetime
) -> GradeView:
    finished = submission.submit(tx, learner, attempt, answers, library, now=now)
    return view_grade(tx, learner, finished.attempt, library, facts=finished.facts, now=now)


async def _close_open(caller: Caller, course: str, library: Library, now: datetime) -> None:
    """The open attempt at a course, if its time is over."""
    found = await caller.read(attempts.find_open, course)
    if found and is_over(found.due_at, now):
        await _close(caller.context, found.id, library, now)


async def _close(context: Context, attempt: str, library: Library, now: datetime) -> None:
    """An attempt whose time is over ends at the latest when somebody looks at it."""
    await context.store.transact(submission.close_overdue, attempt, library, now=now)
    context.wake.set()
