"""A grader that really runs, for tests."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

from grader.catalog.artifacts import Artifacts, read_artifacts
from grader.settings import Engine

ROOT = Path(__file__).parents[2]
START_SECONDS = 60

ALL_TYPES = ("index.md", "me.md", "every/index.md", "every/question.md", "every/diagrams.md")
"""The pages of the small content beside this file."""


class Grader(msgspec.Struct, frozen=True):
    url: str
    artifacts: Artifacts
    root: Path


def build(root: Path, engine: Engine = Engine.MKDOCS) -> None:
    command = [sys.executable, "-m", "grader.cli", "--root", str(root), "build", "--engine", engine]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def rebuild(grader: Grader) -> Grader:
    """Build what was changed in its content, and wait until it is taken in."""
    build(grader.root)
    artifacts = read_artifacts(grader.root / "build")
    while httpx.get(f"{grader.url}/api/v1/catalog").json()["digest"] != artifacts.digest:
        time.sleep(0.05)
    return msgspec.structs.replace(grader, artifacts=artifacts)


def serve(root: Path) -> Iterator[Grader]:
    """`grader serve` with a database of its own, until the test is over."""
    with _running(root, "serve") as url:
        yield Grader(url, read_artifacts(root / "build"), root)


@contextmanager
def preview(root: Path, engine: Engine) -> Iterator[str]:
    """`grader preview`, as long as the block."""
    with _running(root, "preview", "--engine", engine) as url:
        yield url


@contextmanager
def _running(root: Path, *verb: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.cli", "--root", str(root), *verb],
        env=os.environ | {"GRADER_PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def own_nav(root: Path, *pages: str) -> None:
    """The repository's mkdocs.yml with another navigation."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    nav = "nav:\n" + "".join(f"  - {page}\n" for page in pages)
    (root / "mkdocs.yml").write_text(re.sub(r"(?ms)^nav:.*?(?=^\S|\Z)", nav, config), "utf-8")


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("The grader did not start.")
