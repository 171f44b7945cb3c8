"""The control of `grading`: two routes that decode and encode the same JSON, with nobody signed in and nothing kept.

`python -m bench.bare` serves on GRADER_PORT; BENCH_ANSWERS names a JSON file with the answers to give.
"""

import os
from pathlib import Path

import msgspec
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar, post

from grader.api.attempts import AttemptView, GradeView, NewAttempt, Submission

ANSWERS = "BENCH_ANSWERS"


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    attempt: AttemptView
    grade: GradeView


def application() -> Litestar:
    """Made in the worker process."""
    answers = msgspec.json.decode(Path(os.environ[ANSWERS]).read_bytes(), type=Answers)

    @post("/api/v1/attempts")
    async def start(data: NewAttempt) -> AttemptView:
        assert data.quiz
        return answers.attempt

    @post("/api/v1/attempts/{attempt:str}/submission", status_code=200)
    async def submit(attempt: str, data: Submission) -> GradeView:
        assert attempt
        assert data.responses
        return answers.grade

    return Litestar([start, submit], openapi_config=None, logging_config=None)


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
