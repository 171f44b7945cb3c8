"""The command itself: its options, its verbs, and how it ends."""

import sys
from pathlib import Path

import click

from grader import errors
from grader.cli.audit import audit_command
from grader.cli.backup import backup_command
from grader.cli.build import build_command
from grader.cli.check import check_command
from grader.cli.copying import copy_command
from grader.cli.diff import diff_command
from grader.cli.export import export_group
from grader.cli.export_data import data_command
from grader.cli.importing import import_group
from grader.cli.migrate import migrate_command
from grader.cli.preview import preview_command
from grader.cli.regrade import regrade_command
from grader.cli.reissue import reissue_command
from grader.cli.restore import restore_command
from grader.cli.revoke import revoke_command
from grader.cli.role import role_command
from grader.cli.serve import serve_command
from grader.cli.waive import unwaive_command, waive_command, waivers_command
from grader.settings import read_settings
from grader.site.build import ContentError


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

    Authors write Markdown in content/, and `grader preview` shows it meanwhile. `grader check` finds mistakes,
    `grader build` makes the site, `grader serve` serves it, grades quizzes and issues certificates. `grader import`
    and `grader export` exchange quizzes with other systems.
    """
    context.obj = read_settings(root.resolve())


export_group.add_command(data_command)
VERBS = (
    preview_command,
    check_command,
    diff_command,
    build_command,
    serve_command,
    migrate_command,
    regrade_command,
    backup_command,
    restore_command,
    copy_command,
    import_group,
    export_group,
    role_command,
    waive_command,
    unwaive_command,
    waivers_command,
    revoke_command,
    reissue_command,
    audit_command,
)
for verb in VERBS:
    cli.add_command(verb)


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
