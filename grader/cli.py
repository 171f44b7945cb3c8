"""The `grader` command: one function a verb, errors on one line, exit code 1 for mistakes and 2 for wrong use."""

import sys
from pathlib import Path

import click

from grader import errors
from grader.settings import Settings, read_settings
from grader.site.build import ContentError, Project, build, read_content


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="The project's folder, with grader.toml and mkdocs.yml.  [default: this folder]",
)
@click.version_option(package_name="grader")
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """Teach and certify people from a git repository.

    Authors write Markdown in content/. `grader check` finds their mistakes, `grader build` makes the site,
    `grader serve` serves it, grades quizzes and issues certificates.
    """
    context.obj = read_settings(root.resolve())


def project_of(settings: Settings) -> Project:
    return Project(
        root=settings.folder,
        content=settings.folder / settings.content,
        build=settings.folder / settings.build,
        track_types=settings.track_types,
    )


@cli.command("check")
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


@cli.command("build")
@click.pass_obj
def build_command(settings: Settings) -> None:
    """Build the site, the catalog and the answer key into build/.

    The site's engine only sees pages whose answers are cut out. With mistakes in the content, or broken links,
    nothing is replaced.
    """
    build(project_of(settings), say=click.echo)


@cli.command("serve")
@click.pass_obj
def serve_command(settings: Settings) -> None:
    """Serve the site and the grading API on one address, until Ctrl-C.

    The database and its folder are made at the first start. The address is host and port of grader.toml, or
    GRADER_HOST and GRADER_PORT.
    """
    from grader.api.serve import serve  # noqa: PLC0415 - other commands need no web server

    serve(settings)


@cli.command("migrate")
@click.pass_obj
def migrate_command(settings: Settings) -> None:
    """Bring the database to the schema of this version.

    All steps are taken, or none. Make a copy of the database first; `grader serve` refuses an older schema.
    """
    from grader.api.serve import database_path  # noqa: PLC0415 - other commands need no database
    from grader.store.sqlite.schema import migrate  # noqa: PLC0415

    steps = migrate(database_path(settings))
    click.echo(f"Taken: {', '.join(steps)}" if steps else "The schema is up to date.")


def main() -> None:
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except ContentError as error:
        click.echo(str(error), err=True)
        count = len(error.diagnostics)
        click.echo(f"{count} mistake{'' if count == 1 else 's'}. Nothing was built.", err=True)
        sys.exit(1)
    except errors.GraderError as error:
        click.echo(f"grader: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # a folder that cannot be written, a full disk
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"grader: {place}{error.strerror or error}.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
