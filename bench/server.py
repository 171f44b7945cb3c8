"""A server in a process of its own, on a free port of loopback."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

import psutil

from bench.process import CommandError, cpu_seconds

PATIENCE = 20.0
"""Seconds to start, and seconds to end."""


class Server(NamedTuple):
    port: int
    pid: int
    started: float  # seconds from the start of the command to the first answer

    @property
    def cpu(self) -> float:
        """Seconds since its start."""
        return cpu_seconds(self.pid)


@contextmanager
def serving(
    command: Sequence[str], *, folder: Path, log: Path, environment: Mapping[str, str] = {}
) -> Iterator[Server]:
    """Run a server in `folder`. It takes its port from GRADER_PORT, or from `{port}` in an argument.

    Raises CommandError when it does not answer.
    """
    port = free_port()
    begun = time.monotonic()
    with log.open("wb") as file:
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in command],
            cwd=folder,
            env=os.environ | environment | {"GRADER_PORT": str(port)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        if not _answers(process, port):
            raise CommandError(command, log.read_text("utf-8", "replace"))
        yield Server(port, process.pid, time.monotonic() - begun)
    finally:
        _end(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whatever it answers to a path that it need not know."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.01)
        else:
            return True
        finally:
            connection.close()
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for worker in workers:
        if worker.is_running():
            worker.kill()
