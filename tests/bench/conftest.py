"""Runs `python -m bench` as scripts/bench does, and reads what it found."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bench.report import Report

ROOT = Path(__file__).parents[2]

Measure = Callable[..., tuple[str, Report]]


@pytest.fixture
def measure(tmp_path: Path) -> Measure:
    """The table that a benchmark prints, and the report that it writes."""

    def run(name: str, *options: str) -> tuple[str, Report]:
        command = [sys.executable, "-m", "bench", "--out", str(tmp_path / "out"), name, *options]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
        assert (made.returncode, made.stderr) == (0, "")
        found = msgspec.json.decode((tmp_path / "out" / f"{name}.json").read_bytes(), type=Report)
        assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{name}.json"]
        return made.stdout, found

    return run
