"""The control of `grading`: two routes that look up the session and decode and encode the same JSON; nothing is kept.

`python -m bench.bare` serves on GRADER_PORT; BENCH_ANSWERS names a JSON file with the answers to give, BENCH_SESSIONS
the SQLite file with the sessions.
"""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar, Request, post
from litestar.exceptions import NotAuthorizedException

from grader.api.attempt_views import AttemptView, GradeView
from grader.api.attempts import NewAttempt, Submission
from grader.identity.session import COOKIE, token_hash

ANSWERS = "BENCH_ANSWERS"
SESSIONS = "BENCH_SESSIONS"
SESSION = "SELECT learner FROM sessions WHERE token_hash = ? AND expires_at > ?"


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    attempt: AttemptView
    grade: GradeView


def application() -> Litestar:
    """Made in the worker process."""
    answers = msgspec.json.decode(Path(os.environ[ANSWERS]).read_bytes(), type=Answers)

    check = session_check(Path(os.environ[SESSIONS]))

    @post("/api/v1/attempts")
    async def start(data: NewAttempt) -> AttemptView:
        assert data.quiz
        return answers.attempt

    @post("/api/v1/attempts/{attempt:str}/submission", status_code=200)
    async def submit(attempt: str, data: Submission) -> GradeView:
        assert attempt
        assert data.responses
        return answers.grade

    return Litestar([start, submit], before_request=check, openapi_config=None, logging_config=None)


def session_check(database: Path) -> Callable[[Request[Any, Any, Any]], Any]:
    """As lean as it can be: one indexed read on a connection that stays open, no thread, no transaction of its own."""
    sessions = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    async def check(request: Request[Any, Any, Any]) -> None:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat() + "Z"
        found = sessions.execute(SESSION, (token_hash(request.cookies.get(COOKIE, "")), now)).fetchone()
        if found is None:
            raise NotAuthorizedException

    return check


def main() -> None:
    Granian(
        "bench.bare:application",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["GRADER_PORT"]),
        interface=Interfaces.ASGI,
        workers=1,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=False,
    ).serve()


if __name__ == "__main__":
    main()
