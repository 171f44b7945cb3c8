"""docs/interchange.md: its commands exist, and its tables name every question type."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.questions.model import QuestionType

TEXT = (Path(__file__).parents[2] / "docs/interchange.md").read_text("utf-8")
COMMANDS = re.findall(r"^\.venv/bin/grader (\w+ [\w-]+)", TEXT, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_the_commands_exist(command: str) -> None:
    """Each of them teaches with --help, and all formats are shown."""
    assert len(set(COMMANDS)) == 5
    done = subprocess.run(
        [sys.executable, "-m", "grader.cli", *command.split(), "--help"], capture_output=True, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize("format_", ["GIFT", "QTI 2.1"])
def test_every_question_type_has_a_row(format_: str) -> None:
    """In the table of each format that goes both ways."""
    section = TEXT[TEXT.index(f"## {format_}") :].split("\n## ")[0]
    assert {kind for kind in QuestionType if re.search(rf"^\| {kind} \|", section, re.MULTILINE)} == set(QuestionType)
