"""Errors as problem details (RFC 9457): one table from exceptions to problems."""

import logging
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, ValidationException

from grader.api.context import AnyRequest
from grader.certificates.renderer import RenderError
from grader.errors import (
    ConflictError,
    ForbiddenError,
    GraderError,
    InvalidResponseError,
    InvalidValueError,
    NotFoundError,
    SignInRequiredError,
    StoreUnavailableError,
)
from grader.grading.limits import AttemptsSpentError, CooldownError
from grader.learning.certificates import WithdrawnError
from grader.learning.certifications import PrerequisitesError
from grader.learning.submission import DraftChangedError
from grader.pages import render as pages

MEDIA_TYPE = "application/problem+json"
TYPES = "https://grader.example/problems/"
"""Problem types are names, not addresses."""

RETRY_AFTER = 2
"""Seconds."""

_log = logging.getLogger("grader")


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    type: str
    title: str
    status: int
    detail: str = ""
    path: str | None = None  # the place in the request's body
    next_attempt_at: datetime | None = None
    attempts_left: int | None = None
    missing: tuple[str, ...] | None = None  # the titles of the tracks to complete first
    superseded_by: str | None = None  # the number of the certificate that took this one's place


_TABLE: dict[type[GraderError], tuple[int, str, str]] = {
    SignInRequiredError: (401, "sign-in-required", "Sign in first"),
    ForbiddenError: (403, "forbidden", "Not allowed"),
    NotFoundError: (404, "not-found", "Not found"),
    DraftChangedError: (412, "draft-changed", "Not what it was"),
    ConflictError: (409, "conflict", "In conflict with the present state"),
    WithdrawnError: (410, "revoked", "Revoked"),
    InvalidValueError: (422, "invalid-request", "The request does not fit"),
    InvalidResponseError: (422, "invalid-request", "The request does not fit"),
    StoreUnavailableError: (503, "unavailable", "Not available now"),
    RenderError: (503, "unavailable", "Not available now"),
}


def problem_of(error: Exception) -> Problem:
    """What is told of an error. A fault of ours says no more than that it is one."""
    for kind, (status, name, title) in _TABLE.items():
        if isinstance(error, kind):
            return Problem(
                type=TYPES + (error.kind if isinstance(error, ConflictError) else name),
                title=title,
                status=status,
                detail=str(error),
                **_members(error),
            )
    if isinstance(error, ValidationException):
        return _invalid(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _refused(error)
    return Problem(type=TYPES + "internal-error", title="Internal error", status=500)


def _members(error: GraderError) -> dict[str, Any]:
    """What a program may want to know of an error (RFC 9457, 3.2)."""
    match error:
        case CooldownError():
            return {"next_attempt_at": error.next_attempt_at, "attempts_left": error.attempts_left}
        case AttemptsSpentError():
            return {"attempts_left": 0}
        case PrerequisitesError():
            return {"missing": tuple(error.missing)}
        case WithdrawnError():
            return {"superseded_by": error.superseded_by}
        case InvalidResponseError() | InvalidValueError():
            return {"path": error.path}
        case _:
            return {}


def _invalid(error: ValidationException) -> Problem:
    """Litestar's message about a body or a parameter, with the place it names."""
    first: dict[str, Any] = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
    place, message = str(first.get("key", "")), str(first.get("message", error.detail))
    path: str | None = "$" if place in ("data", "") else f"$.{place}"
    if message == "'data'":
        message = "The request has no body"
    elif not first:  # a parameter of the address
        path = None
    return Problem(
        type=TYPES + "invalid-request",
        title="The request does not fit",
        status=422,
        detail=f"{message} - at `{path}`" if path else message,
        path=path,
    )


def _refused(error: HTTPException) -> Problem:
    if error.status_code == 400:
        return Problem(
            type=TYPES + "invalid-request",
            title="The request cannot be read",
            status=400,
            detail=error.detail,
            path="$",
        )
    name = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}.get(error.status_code, "refused")
    return Problem(type=TYPES + name, title=error.detail, status=error.status_code)


def answer(request: AnyRequest, error: Exception) -> Response[Problem] | Response[str]:
    """A page for a browser outside of /api, problem details for everybody else."""
    problem = problem_of(error)
    if problem.status == 500:
        _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if problem.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    if not f"{request.scope['path']}/".startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        return Response(_page(request, problem), status_code=problem.status, media_type=MediaType.HTML, headers=headers)
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def _page(request: AnyRequest, problem: Problem) -> str:
    """Whoever asks for what is not theirs may be somebody else after signing in."""
    text = problem.detail or "Try again a little later."
    if problem.status in (401, 403) and request.method == "GET" and request.scope["path"] != "/sign-in":
        back = quote(request.scope["path"])
        return pages.message_page(title=problem.title, text=text, link=f"/sign-in?next={back}", link_text="Sign in")
    return pages.message_page(title=problem.title, text=text, link="/", link_text="To the start page")
