"""`grader check`."""

import sys
from pathlib import Path

import click

from grader.catalog.scan import Scan
from grader.cli.mistakes import Format, format_option, told
from grader.cli.project import project_of
from grader.settings import Settings
from grader.site.build import ContentError, read_content


@click.command("check")
@format_option
@click.pass_obj
def check_command(settings: Settings, form: str) -> None:
    """Find every mistake in content/, with its place and a hint.

    Exits with 1 when there is one. Nothing is written.
    """
    found = read_content(project_of(settings))
    if found.diagnostics and form == Format.TEXT:
        raise ContentError(found.diagnostics)
    if found.diagnostics or form == Format.JSON:
        click.echo(told(found.diagnostics, Format(form), root=settings.folder, here=Path.cwd()))
        sys.exit(1 if found.diagnostics else 0)
    click.echo(summary(found))


def summary(found: Scan) -> str:
    courses = [course for _, course in found.catalog.courses()]
    questions = sum(len(course.quiz.questions) for course in courses if course.quiz)
    return f"No mistakes in {len(found.catalog.tracks)} tracks, {len(courses)} courses, {questions} questions."
