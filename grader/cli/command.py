"""The command itself: its options, its verbs, and how it ends."""

import sys
from pathlib import Path

import click

from grader import errors
from grader.cli.verbs import Verbs
from grader.diagnostics import ContentError
from grader.settings import read_settings


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
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


cli.verbs = {
    "preview": "preview:preview_command",
    "check": "check:check_command",
    "diff": "diff:diff_command",
    "build": "build:build_command",
    "serve": "serve:serve_command",
    "migrate": "migrate:migrate_command",
    "regrade": "regrade:regrade_command",
    "backup": "backup:backup_command",
    "restore": "restore:restore_command",
    "copy": "copying:copy_command",
    "import": "importing:import_group",
    "export": "exporting:export_group",
    "role": "role:role_command",
    "waive": "waive:waive_command",
    "unwaive": "waive:unwaive_command",
    "waivers": "waive:waivers_command",
    "revoke": "revoke:revoke_command",
    "reissue": "reissue:reissue_command",
    "audit": "audit:audit_command",
}


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
        click.echo(f"{count} mistake{'' if count == 1 else 's'}. {error.outcome}".rstrip(), err=True)
        sys.exit(1)
    except errors.GraderError as error:
        click.echo(f"grader: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # a folder that cannot be written, a full disk
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"grader: {place}{error.strerror or error}.", err=True)
        sys.exit(1)
