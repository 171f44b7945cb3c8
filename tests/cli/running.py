"""The command, run in a project of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Command:
    """Runs `grader` in a project."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def environment(self, **variables: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GRADER_")}
        return inherited | variables

    def run(self, *arguments: str, typed: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        """`typed` is all that somebody types."""
        return subprocess.run(
            [sys.executable, "-m", "grader.cli", *arguments],
            cwd=self.root,
            input=typed,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def serve(self, port: int, **variables: str) -> Iterator["subprocess.Popen[str]"]:
        process = subprocess.Popen(
            [sys.executable, "-m", "grader.cli", "serve"],
            cwd=self.root,
            env=self.environment(GRADER_PORT=str(port), **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def refusal(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that a command ends with when it cannot do its work."""
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("grader: ")
    return done.stderr
