"""`grader check`."""

import click

from grader.cli.project import project_of
from grader.settings import Settings
from grader.site.build import ContentError, read_content


@click.command("check")
@click.pass_obj
def check_command(settings: Settings) -> None:
    """Find every mistake in content/, with its place and a hint.

    Exits with 1 when there is one. Nothing is written.
    """
    found = read_content(project_of(settings))
    if found.diagnostics:
        raise ContentError(found.diagnostics)
    courses = [course for _, course in found.catalog.courses()]
    questions = sum(len(course.quiz.questions) for course in courses if course.quiz)
    click.echo(f"No mistakes in {len(found.catalog.tracks)} tracks, {len(courses)} courses, {questions} questions.")
