"""`grader check`."""

import sys
from pathlib import Path

import click
import msgspec

from grader.catalog.scan import Scan
from grader.cli.mistakes import Format, format_option, told
from grader.diagnostics import ContentError, Diagnostic
from grader.settings import Settings
from grader.site.project import project_of, read_content


@click.command("check")
@format_option
@click.option(
    "--since",
    metavar="REVISION",
    help="Refuse versions that were not raised as the changes since this revision of git ask for; origin/main... is "
    "where the branch left main. Looked at when there is no other mistake. grader diff lists the changes.",
)
@click.option("--write-ids", is_flag=True, help="Write {#id} behind questions that have none; nothing else changes.")
@click.option("--dry-run", is_flag=True, help="With --write-ids: only show the difference, as a patch.")
@click.pass_obj
def check_command(settings: Settings, form: str, since: str | None, *, write_ids: bool, dry_run: bool) -> None:
    """Find every mistake in content/, with its place and a hint.

    Exits with 1 when there is one. Nothing is written, but for ids with --write-ids: those that the questions have
    anyway, made from their words, so that they stay when the words change.
    """
    if dry_run and not write_ids:
        raise click.UsageError("--dry-run goes with --write-ids: a check writes nothing anyway.")
    found = read_content(project_of(settings))
    if since is not None and not found.diagnostics:
        found = msgspec.structs.replace(found, diagnostics=_check_versions(settings, found, since))
    if write_ids and not found.diagnostics:
        _write_ids(settings, found, dry_run=dry_run)
        return
    if found.diagnostics and form == Format.TEXT:
        raise ContentError(found.diagnostics)
    if found.diagnostics or form == Format.JSON:
        click.echo(told(found.diagnostics, Format(form), root=settings.folder, here=Path.cwd()))
        sys.exit(1 if found.diagnostics else 0)
    click.echo(summary(found))


def _write_ids(settings: Settings, found: Scan, *, dry_run: bool) -> None:
    from grader.cli.ids import find_changes, unified, write

    changes = find_changes(project_of(settings), found)
    if dry_run:
        click.echo(unified(changes, settings.folder), nl=False)
        return
    write(changes)
    click.echo(f"Ids written in {len(changes)} page{'' if len(changes) == 1 else 's'}.")


def _check_versions(settings: Settings, found: Scan, since: str) -> tuple[Diagnostic, ...]:
    from grader.cli.past import read_past
    from grader.versions.edition import edition_of
    from grader.versions.gate import check_versions
    from grader.versions.tracks import compare

    changes = compare(edition_of(read_past(settings, since)), edition_of(found))
    return tuple(sorted(check_versions(changes, found.sources, since=since)))


def summary(found: Scan) -> str:
    courses = [course for _, course in found.catalog.courses()]
    questions = sum(len(course.quiz.questions) for course in courses if course.quiz)
    return f"No mistakes in {len(found.catalog.tracks)} tracks, {len(courses)} courses, {questions} questions."
