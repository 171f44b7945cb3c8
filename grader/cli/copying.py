"""`grader copy`."""

import click

from grader.cli.watching import watching
from grader.settings import Settings


@click.command("copy", short_help="Copy the whole database, from a file to a server, or back.")
@click.argument("source")
@click.argument("target")
@click.pass_obj
def copy_command(settings: Settings, source: str, target: str) -> None:
    """Copy the whole database SOURCE into TARGET: from one file to a server, or back.

    Both are written as the setting `database`. TARGET has to be empty; a new file is made. All rows are written and
    compared in one transaction: when anything goes wrong TARGET is as it was. SOURCE is only read, but what is written
    there meanwhile stays behind, so end the grader before.

    A password in a command can be seen by others of this machine: leave it out of the address, and put it into
    ~/.pgpass or PGPASSWORD.

    \b
      grader copy sqlite:///data/grader.db postgresql://grader@db.example/learning
    """
    from grader.store.place import place_of
    from grader.store.transfer.base import reading, writing
    from grader.store.transfer.move import move

    places = [place_of(database, settings.folder) for database in (source, target)]
    with reading(places[0]) as rows, writing(places[1]) as into, watching() as watch:
        tallies = move(rows, into, watch=watch)
    count = sum(tally.rows for tally in tallies.values())
    click.echo(f"Copied {count} rows of {len(tallies)} tables into {places[1]}, and compared them.")
