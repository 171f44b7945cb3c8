"""Changes without a way back: shown first, then asked about, then made."""

from collections.abc import Callable

import click

from grader.cli.work import change
from grader.settings import Settings
from grader.store.base import Tx

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def confirmed_change(
    settings: Settings, work: Callable[[Tx], object], *, question: str, dry_run: bool, yes: bool
) -> None:
    """Raises click.Abort for a no, and where nobody is there to answer."""
    from grader.cli.events import show_changes

    if dry_run or not yes:
        planned = change(settings, work, dry_run=True)
        show_changes(planned, dry_run=dry_run)
        if dry_run or not planned:
            return
        try:
            click.confirm(question, abort=True)
        except click.Abort:
            click.echo("Nothing was changed.", err=True)
            raise
    made = change(settings, work, dry_run=False)
    if yes:
        show_changes(made, dry_run=False)
    else:
        click.echo("Done.")
