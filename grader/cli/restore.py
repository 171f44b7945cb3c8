"""`grader restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.backup import save
from grader.cli.watching import watching
from grader.settings import Settings

if TYPE_CHECKING:
    from grader.store.transfer.archive import Archive


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Read FILE, say what is in it, and change nothing.")
@click.option("--replace", is_flag=True, help="Replace what is in the database, after saving it.")
@click.pass_obj
def restore_command(settings: Settings, file: Path, *, only_check: bool, replace: bool) -> None:
    """Bring back what `grader backup` has saved in FILE.

    The database has to be empty; a new one is made. All rows are written and compared with FILE in one transaction:
    when anything goes wrong the database is as it was. With --replace what was there is saved first, in
    data/before-restore-*.zip, which this command brings back if need be. End the grader before.
    """
    from grader.store.place import place_of
    from grader.store.transfer.archive import check, reading_archive
    from grader.store.transfer.base import writing
    from grader.store.transfer.move import move

    with reading_archive(file) as archive, watching() as watch:
        check(archive, watch=watch)
        if only_check:
            _show(archive)
            return
        place = place_of(settings.database, settings.folder)
        with writing(place) as target:  # from here on nobody else writes: what is saved is all that there was
            if replace and any(table.rows for table in target.tables()):
                click.echo(save(settings, _aside(settings)))
            tallies = move(archive, target, replace=replace, watch=watch)
    rows = sum(tally.rows for tally in tallies.values())
    click.echo(f"Restored {rows} rows of {len(tallies)} tables into {place}, and compared them.")


def _aside(settings: Settings) -> Path:
    return settings.folder / "data" / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"


def _show(archive: "Archive") -> None:
    manifest = archive.manifest
    click.echo(f"Sound. Saved on {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, schema {manifest.schema}:")
    for table in manifest.tables:
        click.echo(f"{table.rows:10} {table.name}")
