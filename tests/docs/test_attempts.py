"""docs/attempts.md tells what the program does."""

import re
import subprocess
import sys
from pathlib import Path

from grader.cli.regrading import ROW
from grader.grading.limits import GRACE

TEXT = (Path(__file__).parents[2] / "docs/attempts.md").read_text("utf-8")
NUMBERS = {5: "five"}


def test_the_grace_is_told() -> None:
    """How late an answer may arrive."""
    assert f"up to {NUMBERS[GRACE.seconds]} seconds late" in TEXT


def test_its_options_are_those_of_the_command() -> None:
    """Every option of `grader regrade` is explained, and no other."""
    help_text = subprocess.run(
        [sys.executable, "-m", "grader.cli", "regrade", "--help"], capture_output=True, text=True, check=True
    ).stdout
    options = set(re.findall(r"^  (--[a-z-]+)", help_text, re.MULTILINE))
    assert options == set(re.findall(r"--[a-z][a-z-]+", TEXT))


def test_its_table_is_that_of_the_command() -> None:
    """The columns of the example are those that are printed."""
    assert ROW.format("learner", "attempt", "score", "result", "certificate") in TEXT
