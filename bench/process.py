"""Processes that are measured: what one run of a command costs, and what a server has used so far."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from grader.errors import GraderError

PROJECT = Path(__file__).parents[1]
"""Where `python -m bench` is found."""


class Spent(NamedTuple):
    cpu: float  # seconds, of all its threads and of the children that it waited for
    wall: float  # seconds


class CommandError(GraderError):
    def __init__(self, command: Sequence[str], said: str) -> None:
        super().__init__(f"{' '.join(command)} failed:\n{said}")
        self.command = command
        self.said = said


def program(name: str) -> str:
    """A program of the same environment as this one."""
    return str(Path(sys.executable).with_name(name))


def run(command: Sequence[str], *, folder: Path, environment: Mapping[str, str] = {}) -> Spent:
    """Run a command to its end, in `folder`. Raises CommandError."""
    with (folder / ".output").open("w+b") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise CommandError(command, output.read().decode(errors="replace"))
    return Spent(cpu=used.ru_utime + used.ru_stime, wall=wall)


def cpu_seconds(pid: int) -> float:
    """What a process and its living descendants have used since they started."""
    process = psutil.Process(pid)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def memory(pid: int) -> float:
    """Megabytes that only a process and its living descendants use: the unique set size."""
    process = psutil.Process(pid)
    return sum(float(one.memory_full_info().uss) for one in (process, *process.children(recursive=True))) / 1e6
