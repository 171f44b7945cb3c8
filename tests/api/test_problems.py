import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader.errors
from grader.api.problems import TYPES, problem_of
from grader.certificates.renderer import RenderError
from grader.errors import (
    ConflictError,
    ForbiddenError,
    GraderError,
    InvalidResponseError,
    NotFoundError,
    SignInRequiredError,
    StoreUnavailableError,
)
from tests.api.parts import NOON, Grader, Person


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [
        (SignInRequiredError(), 401, "sign-in-required"),
        (ForbiddenError("No."), 403, "forbidden"),
        (NotFoundError("attempt", "x"), 404, "not-found"),
        (ConflictError("quiz-changed", "Reload."), 409, "quiz-changed"),
        (InvalidResponseError("$.responses[0]", "No."), 422, "invalid-request"),
        (StoreUnavailableError("busy"), 503, "unavailable"),
        (RenderError("out of paper."), 503, "unavailable"),
        (GraderError("A fault of ours, with a secret."), 500, "internal-error"),
        (ZeroDivisionError("a secret"), 500, "internal-error"),
    ],
)
def test_it_works(error: Exception, status: int, name: str) -> None:
    """Each kind of error has a status and a type, a name that stays; a fault of ours tells nothing else."""
    problem = problem_of(error)
    assert (problem.status, problem.type) == (status, TYPES + name)
    assert "secret" not in problem.detail


def conflicts() -> Iterator[str]:
    """The kinds of conflict that the code knows."""
    for file in Path(grader.errors.__file__).parent.rglob("*.py"):
        yield from re.findall(r'super\(\).__init__\(\s*"([a-z-]+)"', file.read_text("utf-8"))


def test_types_are_names_that_stay() -> None:
    """These are the conflicts that the widget and others may look for: none is renamed, each new one is told here."""
    assert sorted(conflicts()) == [
        "attempt-finished",
        "attempts-spent",
        "certificate-revoked",
        "certificate-superseded",
        "cooldown",
        "draft-changed",
        "no-waiver",
        "prerequisites-missing",
        "quiz-changed",
        "time-over",
    ]


def test_the_description_names_every_conflict() -> None:
    """The API's description tells all of them."""
    text = (Path(grader.errors.__file__).parent / "api" / "openapi.py").read_text("utf-8")
    assert all(f"`{name}`" in text for name in conflicts())


REFUSALS = [
    ("GET", "/api", 404, "not-found"),
    ("GET", "/api/", 404, "not-found"),
    ("GET", "/api/v1/nope", 404, "not-found"),
    ("GET", "/api/v2/me", 404, "not-found"),
    ("DELETE", "/api/v1/attempts", 405, "method-not-allowed"),
    ("GET", "/api/v1/schema/swagger", 404, "not-found"),
    ("GET", "/api/v1/attempts", 422, "invalid-request"),
    ("GET", "/api/v1/attempts/x", 401, "sign-in-required"),
]


async def test_everywhere(stranger: Person) -> None:
    """Under /api every refusal is a problem, whatever a browser would rather have."""
    for method, path, status, name in REFUSALS:
        response = await stranger.http.request(method, path, headers={"accept": "text/html"})
        assert (path, response.status_code, response.json()["status"]) == (path, status, status)
        assert (path, response.headers["content-type"]) == (path, "application/problem+json")
        assert (path, response.json()["type"]) == (path, TYPES + name)


async def test_faults_are_logged_whole(grader: Grader, alice: Person, caplog: pytest.LogCaptureFixture) -> None:
    """The log holds what the answer does not tell: the request and the traceback, but not the cookie."""
    await grader.execute("DROP TABLE sessions")
    with caplog.at_level(logging.ERROR, "grader"):
        response = await alice.http.get("/api/v1/me")
    assert response.status_code == 500
    assert "GET /api/v1/me failed" in caplog.text
    assert "no such table: sessions" in caplog.text
    assert alice.http.cookies["grader_session"] not in caplog.text
    assert "sessions" not in response.text


async def test_page(grader: Grader, alice: Person) -> None:
    """Outside of /api a browser gets a page, for a fault of ours too; other programs get a problem."""
    await grader.execute("DROP TABLE certificates")
    url = "/verify/CERT-2026-00001"
    page = await alice.http.get(url, headers={"accept": "text/html"})
    problem = await alice.http.get(url)
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert (problem.status_code, problem.headers["content-type"]) == (500, "application/problem+json")
    assert "certificates" not in page.text


async def test_database_is_busy(grader: Grader, alice: Person) -> None:
    """While the database is not available requests are worth another try, and say when."""
    await grader.store.close()
    response = await alice.http.post("/api/v1/attempts", json={"quiz": grader.revision("basics/intake")})
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")


async def test_time_of_the_next_attempt(grader: Grader, alice: Person) -> None:
    """Times in problems are written as everywhere else."""
    grade = await alice.take("basics/privacy", right=False)
    body = {"quiz": grader.revision("basics/privacy")}
    refused = (await alice.http.post("/api/v1/attempts", json=body)).json()
    assert refused["next_attempt_at"] == grade["next_attempt_at"] == f"{NOON.replace(day=24):%Y-%m-%dT%H:%M:%SZ}"
