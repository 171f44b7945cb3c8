"""The operators' page says what there is."""

import re
import shlex
from pathlib import Path

import click

from grader.cli.command import cli
from grader.settings import NAMES

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")


def test_every_setting_is_there() -> None:
    """The table of settings names each one, and no other."""
    table = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    named = {name for cell in table for name in re.findall(r"`(\w+)`", cell)}
    assert named == set(NAMES)


def test_every_command_exists() -> None:
    """Each command can be parsed as it stands there, but for the names of files."""
    commands = re.findall(r"^(?:GRADER_\w+=\S+ )*\.venv/bin/grader (.*)$", TEXT, re.MULTILINE)
    assert len(commands) > 8
    for command in commands:
        verb, *rest = shlex.split(command.replace("$(date +%F)", "today"))
        found = cli.get_command(click.Context(cli), verb)
        assert found is not None, f"There is no grader {verb}."
        if isinstance(found, click.Group):
            found, rest = found.commands[rest[0]], rest[1:]
        context = found.make_context(verb, rest, resilient_parsing=False)
        assert context.command is found
