"""Commands load what they need, and nothing else."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from grader.cli.command import cli


def test_it_works() -> None:
    """Every verb that is listed can be loaded, and has a help of its own."""
    for verb in cli.verbs:
        done = CliRunner().invoke(cli, [verb, "--help"])
        assert (done.exit_code, done.output.count("Usage:")) == (0, 1)


@pytest.mark.parametrize("group", [[], ["import"], ["export"]])
def test_lists(group: list[str]) -> None:
    """In a list of verbs each has one sentence, and none is cut."""
    _, commands, listed = CliRunner().invoke(cli, [*group, "--help"]).output.partition("Commands:")
    assert commands
    assert "..." not in listed


def test_a_check_loads_neither_markdown_nor_a_database() -> None:
    """They would take longer than a small check."""
    code = "import sys, grader.cli.command, grader.cli.check; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"markdown", "mkdocs", "litestar", "sqlite3", "psycopg", "rich"} & {*loaded} == set()
