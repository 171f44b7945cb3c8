"""Attempts started, submitted and graded by `grader serve`, against a bare Litestar application."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Protocol

import msgspec

from bench import bare
from bench.load import Connection, Outcome, Plan, Started
from bench.pages import write_project
from bench.postgresql import ON_DISK, postgresql
from bench.process import PROJECT, CommandError, program, run
from bench.report import Figure, Report, figure, report
from bench.server import serving
from grader.api.attempt_views import AttemptView, GradeView
from grader.catalog.artifacts import Artifacts, read_artifacts
from grader.catalog.model import Track
from grader.identity.person import Person
from grader.identity.session import COOKIE, new_token
from grader.learning import certifications, learners
from grader.learning.library import Library
from grader.learning.synchronise import synchronise
from grader.store.base import Tx
from grader.store.place import open_store

PAGES = 10
"""One track; only its first course is passed, so no certificate is printed meanwhile."""

QUESTIONS = 6
WRONG = 1
"""Questions answered wrong: five of six is a pass, which shows the whole review."""

WARM_SECONDS = 1.0
BUSY = 0.9
"""A load generator that uses more than this share of a core limits what it measures."""


class Load(msgspec.Struct, frozen=True, kw_only=True):
    seconds: float  # of a round
    connections: int
    learners: int
    rounds: int


class Measured(Protocol):
    """A server, or several as one."""

    @property
    def port(self) -> int: ...

    @property
    def cpu(self) -> float:
        """Seconds since the start."""
        ...


class Round(msgspec.Struct, frozen=True, kw_only=True):
    rate: float  # units a second
    server_cpu: float  # milliseconds a unit
    p50: float  # milliseconds a submission
    p99: float
    generator: float  # its share of a core


SQLITE = "sqlite:///data/grader.db"


def measure(source: Path, folder: Path, load: Load, kind: str) -> Report:
    """`kind` is "sqlite", or "postgresql": a server of its own."""
    write_project(folder, source, pages=PAGES, questions=QUESTIONS)
    run([program("grader"), "build"], folder=folder)
    if kind == "sqlite":
        return _measure(folder, load, SQLITE)
    with postgresql(parent=ON_DISK) as server:
        return _measure(folder, load, server.url("postgres"))


def _measure(folder: Path, load: Load, database: str) -> Report:
    plan = prepare(folder, load, database)
    answers = folder / "answers.json"
    chosen = {"GRADER_DATABASE": database}
    with serving([program("grader"), "serve"], folder=folder, log=folder / "grader.log", environment=chosen) as grader:
        answers.write_bytes(msgspec.json.encode(asyncio.run(sample(plan, grader.port))))
        command = [sys.executable, "-m", "bench.bare"]
        environment = {bare.ANSWERS: str(answers), bare.SESSIONS: str(folder / "data" / "grader.db")}
        with serving(command, folder=PROJECT, log=folder / "bare.log", environment=environment) as control:
            servers = (grader, control)
            found = take_turns(servers, (plan, plan), load)
            halves = [msgspec.structs.replace(plan, rate=median(one.rate for one in side) / 2) for side in found]
            calm = take_turns(servers, halves, load)
    return _report(load, found, calm)


def prepare(folder: Path, load: Load, database: str = SQLITE) -> Plan:
    """Sign in many learners, in the SQLite file as well, where the control looks; say what each of them does.

    They have begun the track, as anybody has at all its courses but the first.
    """
    artifacts = read_artifacts(folder / "build")
    course = artifacts.catalog.tracks[0].courses[0]
    assert course.quiz
    tokens = [new_token() for _ in range(load.learners)]
    for one in {database, SQLITE}:
        asyncio.run(_sign_in(folder, one, tokens, Library(artifacts)))
    return Plan(
        port=0,
        seconds=load.seconds,
        connections=load.connections,
        cookies=tuple(f"{COOKIE}={token}" for token in tokens),
        quiz=course.quiz.revision,
        submission=submission(artifacts, course.quiz.revision),
    )


def submission(artifacts: Artifacts, revision: str) -> str:
    """Right answers to all questions of a quiz but the last ones."""
    right = {question: key.right for question, key in artifacts.key.quizzes[revision].questions.items()}
    left_out = list(right)[-WRONG:]
    responses = [{"question": name, "response": () if name in left_out else right[name]} for name in right]
    return msgspec.json.encode({"responses": responses}).decode()


async def _sign_in(folder: Path, database: str, tokens: Sequence[str], library: Library) -> None:
    store = open_store(database, folder)
    now = datetime.now(UTC)
    await store.transact(synchronise, library, now)
    await store.transact(_begin, tokens, library.tracks[0], now)
    await store.close()


def _begin(tx: Tx, tokens: Sequence[str], track: Track, now: datetime) -> None:
    for number, token in enumerate(tokens):
        person = Person(issuer="bench", subject=str(number), name=f"Learner {number}", email=f"{number}@example.org")
        learner = learners.sign_in(tx, person, token, now=now, hours=24)
        certifications.begin(tx, learner, track, actor=learner.id, now=now)


async def sample(plan: Plan, port: int) -> bare.Answers:
    """What the grader really answers, for the control to answer the same."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    cookie = plan.cookies[0]
    attempt = await connection.post("/api/v1/attempts", cookie, msgspec.json.encode({"quiz": plan.quiz}))
    started = msgspec.json.decode(attempt, type=Started)
    grade = await connection.post(f"/api/v1/attempts/{started.id}/submission", cookie, plan.submission.encode())
    connection.transport.close()
    return bare.Answers(
        attempt=msgspec.json.decode(attempt, type=AttemptView), grade=msgspec.json.decode(grade, type=GradeView)
    )


def take_turns(servers: Sequence[Measured], plans: Sequence[Plan], load: Load) -> list[list[Round]]:
    """Ours, the control, ours, the control ..., after a while of warming up that does not count."""
    for server, plan in zip(servers, plans, strict=True):
        _round(server, msgspec.structs.replace(plan, seconds=min(WARM_SECONDS, load.seconds)))
    found: list[list[Round]] = [[] for _ in servers]
    for _ in range(load.rounds):
        for server, plan, rounds in zip(servers, plans, found, strict=True):
            rounds.append(_round(server, plan))
    return found


def _round(server: Measured, plan: Plan) -> Round:
    command = [sys.executable, "-m", "bench.load"]
    before = server.cpu
    made = subprocess.run(
        command,
        input=msgspec.json.encode(msgspec.structs.replace(plan, port=server.port)),
        capture_output=True,
        check=False,
        cwd=PROJECT,
    )
    if made.returncode:
        raise CommandError(command, made.stderr.decode(errors="replace"))
    used = server.cpu - before
    outcome = msgspec.json.decode(made.stdout, type=Outcome)
    hundredths = quantiles(outcome.submissions, n=100)
    return Round(
        rate=outcome.units / outcome.wall,
        server_cpu=1000 * used / outcome.units,
        p50=1000 * hundredths[49],
        p99=1000 * hundredths[98],
        generator=outcome.cpu / outcome.wall,
    )


def _report(load: Load, found: Sequence[Sequence[Round]], calm: Sequence[Sequence[Round]]) -> Report:
    def row(name: str, unit: str, field: str, sides: Sequence[Sequence[Round]] = found) -> Figure:
        return figure(name, unit, *([getattr(one, field) for one in side] for side in sides))

    return report(
        "grading",
        ours="grader",
        control="bare Litestar",
        settings=msgspec.to_builtins(load),
        figures=[
            row("units graded", "1/s", "rate"),
            row("server's CPU for a unit", "ms", "server_cpu"),
            row("submission, half within", "ms", "p50"),
            row("submission, 99 % within", "ms", "p99"),
            row("at half of that rate: submission, half within", "ms", "p50", calm),
            row("at half of that rate: submission, 99 % within", "ms", "p99", calm),
            row("load generator's use of its core", "1", "generator"),
        ],
        notes=[
            f"Against {name} the load generator itself is the limit: compare the server's CPU, not the rate."
            for name, side in zip(("grader", "the bare application"), found, strict=True)
            if median(one.generator for one in side) > BUSY
        ],
    )
