"""`grader serve` with a million attempts kept, against `grader serve` with ten."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.grading import Load, Round, prepare, take_turns
from bench.load import Plan
from bench.pages import write_project
from bench.process import memory, program
from bench.report import Report, figure, report
from bench.server import Server, serving
from bench.stored import FEW, keep_attempts
from grader.catalog.artifacts import write_artifacts
from grader.settings import read_settings
from grader.site.project import project_of, read_content

LEARNERS = 5000
CONNECTIONS = 32
QUESTIONS = 6


class Size(msgspec.Struct, frozen=True, kw_only=True):
    attempts: int
    courses: int
    seconds: float  # of a round
    rounds: int


class Side(NamedTuple):
    folder: Path
    plan: Plan


def measure(source: Path, folder: Path, size: Size) -> Report:
    load = Load(seconds=size.seconds, connections=CONNECTIONS, learners=LEARNERS, rounds=size.rounds)
    sides = [
        _side(source, folder / name, size, load, count) for name, count in (("large", size.attempts), ("few", FEW))
    ]
    starts, rounds, used = _run(sides, load)
    return report(
        "scale",
        ours=f"{size.attempts:,} attempts",
        control=f"{FEW} attempts",
        settings=msgspec.to_builtins(size),
        figures=[
            figure("units graded", "1/s", *_of(rounds, "rate")),
            figure("server's CPU for a unit", "ms", *_of(rounds, "server_cpu")),
            figure("submission, 99 % within", "ms", *_of(rounds, "p99")),
            figure("start, to the first answer of /readyz", "s", *starts),
            figure("memory after the load", "MB", *used),
        ],
        notes=["Memory: unique set size of the server's processes, so without what they share with the system."],
    )


def _side(source: Path, folder: Path, size: Size, load: Load, attempts: int) -> Side:
    folder.mkdir()
    write_project(folder, source, pages=size.courses, questions=QUESTIONS)
    publish_facts(folder)
    plan = prepare(folder, load)
    asyncio.run(keep_attempts(folder, attempts))
    return Side(folder, plan)


def publish_facts(folder: Path) -> None:
    """Catalog and key of a project, with a site of one page: no request of this benchmark reads the others."""
    found = read_content(project_of(read_settings(folder, {})))
    write_artifacts(folder / "build", found.catalog, found.key)
    site = folder / "build" / "site"
    site.mkdir(parents=True, exist_ok=True)
    (site / "index.html").write_text("<!doctype html><title>Courses</title>", "utf-8")


def _run(sides: Sequence[Side], load: Load) -> tuple[list[list[float]], Sequence[Sequence[Round]], list[list[float]]]:
    """Seconds to start (each round a new start), rounds of load, and megabytes used after them."""
    starts: list[list[float]] = [[] for _ in sides]
    for _ in range(load.rounds):
        for side, taken in zip(sides, starts, strict=True):
            with _serving(side) as server:
                taken.append(server.started)
    with _serving(sides[0]) as large, _serving(sides[1]) as few:
        rounds = take_turns((large, few), [side.plan for side in sides], load)
        used = [[memory(server.pid)] * load.rounds for server in (large, few)]
    return starts, rounds, used


def _serving(side: Side) -> AbstractContextManager[Server]:
    return serving([program("grader"), "serve"], folder=side.folder, log=side.folder / "grader.log")


def _of(rounds: Sequence[Sequence[Round]], field: str) -> tuple[list[float], list[float]]:
    ours, control = ([getattr(one, field) for one in side] for side in rounds)
    return ours, control
