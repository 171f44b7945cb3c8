"""`grader backup`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.private import keep_private
from grader.cli.watching import watching
from grader.errors import SetupError
from grader.settings import Settings


@click.command("backup", short_help="Save the whole database, while the grader goes on working.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE when it exists.")
@click.pass_obj
def backup_command(settings: Settings, file: Path, *, force: bool) -> None:
    """Save the whole database in FILE, a zip, while the grader goes on working.

    All tables are of one moment. FILE fits SQLite and PostgreSQL alike; it holds persons, sessions and ANSWER KEYS, so
    only its owner may read it. It is read again before this command says that it is done. The PDFs of certificates need
    no backup: they are made from the database.

    \b
      grader backup /backups/grader-$(date +%F).zip
      grader restore --check /backups/grader-2026-11-23.zip
    """
    keep_private(settings, file)
    if file.exists() and not force:
        raise SetupError(f"{file} exists. Choose another name, or replace it with --force.")
    click.echo(save(settings, file))


def save(settings: Settings, file: Path) -> str:
    """What was saved, in a line."""
    from grader.store.place import place_of
    from grader.store.transfer.archive import write_archive
    from grader.store.transfer.base import reading
    from grader.store.transfer.sqlite import check_sound

    place = place_of(settings.database, settings.folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    with reading(place) as source, watching() as watch:
        if isinstance(place, Path):
            check_sound(place)
        manifest = write_archive(source, file, now=datetime.now(UTC), watch=watch)
    rows = sum(table.rows for table in manifest.tables)
    return f"Saved {rows} rows of {len(manifest.tables)} tables in {file}, and read them again."
