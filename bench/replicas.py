"""Two graders on one PostgreSQL database, against one of them alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.grading import PAGES, QUESTIONS, Load, Round, prepare, take_turns
from bench.pages import write_project
from bench.postgresql import ON_DISK, postgresql
from bench.process import program, run
from bench.report import Figure, Report, figure, report
from bench.server import Server, serving


class Pair(NamedTuple):
    """Two servers as one."""

    one: Server
    other: Server

    @property
    def port(self) -> int:
        return self.one.port

    @property
    def cpu(self) -> float:
        return self.one.cpu + self.other.cpu


def measure(source: Path, folder: Path, load: Load) -> Report:
    write_project(folder, source, pages=PAGES, questions=QUESTIONS)
    run([program("grader"), "build"], folder=folder)
    with postgresql(parent=ON_DISK) as database:
        url = database.url("postgres")
        plan = prepare(folder, load, url)
        one = serving(
            [program("grader"), "serve"], folder=folder, log=folder / "one.log", environment={"GRADER_DATABASE": url}
        )
        other = serving(
            [program("grader"), "serve"],
            folder=folder,
            log=folder / "other.log",
            environment={"GRADER_DATABASE": url, "GRADER_CERTIFICATES": str(folder / "data" / "other")},
        )
        with one as first, other as second:
            both = msgspec.structs.replace(plan, other_ports=(second.port,))
            found = take_turns((Pair(first, second), first), (both, plan), load)
    return _report(load, found)


def _report(load: Load, found: Sequence[Sequence[Round]]) -> Report:
    def row(name: str, unit: str, field: str) -> Figure:
        return figure(name, unit, *([getattr(one, field) for one in side] for side in found))

    return report(
        "replicas",
        ours="two graders",
        control="one grader",
        settings=msgspec.to_builtins(load),
        figures=[
            row("units graded", "1/s", "rate"),
            row("graders' CPU for a unit", "ms", "server_cpu"),
            row("submission, half within", "ms", "p50"),
            row("submission, 99 % within", "ms", "p99"),
            row("load generator's use of its core", "1", "generator"),
        ],
        notes=[
            "Graders, PostgreSQL and the load generator share the machine's cores: more cores let two grow further."
        ],
    )
