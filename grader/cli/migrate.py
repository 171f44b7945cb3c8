"""`grader migrate`."""

import click

from grader.settings import Settings


@click.command("migrate")
@click.pass_obj
def migrate_command(settings: Settings) -> None:
    """Bring the database to the schema of this version.

    All steps are taken, or none. Make a copy of the database first; `grader serve` refuses an older schema.
    """
    from grader.store.place import migrate

    steps = migrate(settings.database, settings.folder)
    click.echo(f"Taken: {', '.join(steps)}" if steps else "The schema is up to date.")
