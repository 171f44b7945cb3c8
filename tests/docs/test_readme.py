"""The README's commands are those that exist."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
]


def test_the_two_scripts_are_there_and_can_be_run() -> None:
    """`scripts/serve` and `scripts/test` are programs; CI runs the second."""
    scripts = [command for command in COMMANDS if command.startswith("scripts/")]
    assert scripts == ["scripts/serve", "scripts/test"]
    assert all((ROOT / script).stat().st_mode & 0o111 for script in scripts)
    assert "scripts/test" in (ROOT / ".ci/run").read_text("utf-8")


def test_check_finds_no_mistake_in_the_content() -> None:
    """`grader check`, as the README gives it, on the repository's own content."""
    assert ".venv/bin/grader check" in COMMANDS
    run = subprocess.run(
        [sys.executable, "-m", "grader.cli", "--root", ROOT, "check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("No mistakes in ")


def test_every_command_of_grader_in_the_readme_exists() -> None:
    """Nothing is promised that `grader --help` does not list."""
    listed = subprocess.run(
        [sys.executable, "-m", "grader.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in COMMANDS:
        if "grader " in command:
            assert re.search(rf"^  {command.split()[1]}\b", listed, re.MULTILINE)
