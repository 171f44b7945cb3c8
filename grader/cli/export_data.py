"""`grader export data`."""

from pathlib import Path

import click

from grader.cli.private import keep_private
from grader.cli.watching import watching
from grader.settings import Settings


@click.command("data", short_help="Write all tables as CSV or JSON.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to make, with a file for each table; it must be new or empty.",
)
@click.option("--format", "style", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option(
    "--with-secrets", "secrets", is_flag=True, help="Answer keys, verification codes, hashes of sessions, too."
)
@click.pass_obj
def data_command(settings: Settings, output: Path, style: str, *, secrets: bool) -> None:
    """Write all tables for other programs, while the grader goes on working.

    All tables are of one moment. Times are in UTC. CSV is for spreadsheets: a text that they would take for a formula
    begins with an apostrophe. JSON is exact. Both hold persons and their results.

    \b
      grader export data -o build/data
      grader export data --format json -o build/data-json
    """
    from grader.store.place import place_of
    from grader.store.transfer.base import reading
    from grader.store.transfer.files import write_files

    keep_private(settings, output)
    with reading(place_of(settings.database, settings.folder)) as source, watching() as watch:
        rows = write_files(source, output, style, secrets=secrets, watch=watch)
    click.echo(f"Wrote {rows} rows into {output}.")
