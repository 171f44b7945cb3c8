"""A grader that really runs, for tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec

from grader.catalog.artifacts import Artifacts, read_artifacts
from grader.settings import Engine

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class Grader(msgspec.Struct, frozen=True):
    url: str
    artifacts: Artifacts
    root: Path


def build(root: Path, engine: Engine = Engine.MKDOCS) -> None:
    command = [sys.executable, "-m", "grader.cli", "--root", str(root), "build", "--engine", engine]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def serve(root: Path) -> Iterator[Grader]:
    """`grader serve` with a database of its own, until the test is over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.cli", "--root", root, "serve"],
        env=os.environ | {"GRADER_PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Grader(url, read_artifacts(root / "build"), root)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("The grader did not start.")
