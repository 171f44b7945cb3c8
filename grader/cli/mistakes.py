"""Mistakes as people, programs and GitHub read them."""

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import click
import msgspec

from grader.diagnostics import Diagnostic


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


format_option = click.option(
    "--format",
    "form",
    type=click.Choice([one.value for one in Format]),
    default=Format.TEXT.value,
    show_default=True,
    help="How mistakes are told: text for people; json, a list of objects with path, line, column, code, message and "
    "hint; github, annotations that GitHub shows in a pull request.",
)


def told(diagnostics: Sequence[Diagnostic], form: Format, *, root: Path, here: Path) -> str:
    """All of them, one a line (or with their hints, two). Paths count from `root`, for GitHub from `here`."""
    if form is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(diagnostics), indent=2).decode()
    if form is Format.GITHUB:
        folder = os.path.relpath(root, here)
        return "\n".join(annotation(one, folder) for one in diagnostics)
    return "\n".join(str(one) for one in diagnostics)


def annotation(one: Diagnostic, folder: str) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = {
        "file": os.path.normpath(os.path.join(folder, one.path)),  # noqa: PTH118 - texts, not files
        "line": str(one.line),
        "col": str(one.column),
        "title": one.code,
    }
    properties = ",".join(f"{name}={_escaped(value, ':', ',')}" for name, value in place.items())
    message = f"{one.message}\nhint: {one.hint}" if one.hint else one.message
    return f"::error {properties}::{_escaped(message)}"


def _escaped(text: str, *more: str) -> str:
    """As the runner reads it: properties may hold neither colons nor commas, nothing a line's end."""
    for character in ("%", "\r", "\n", *more):
        text = text.replace(character, f"%{ord(character):02X}")
    return text
