"""The soak: what the tests show in a minute, at length. `scripts/soak --help` says how."""

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random, randrange

import click
import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.postgresql import postgresql
from grader.store.base import Store
from tests.databases import KINDS, databases
from tests.laws.histories import check, postgres_stores, sqlite_stores
from tests.reliability import content
from tests.reliability.books import Books, PostgresBooks, SqliteBooks
from tests.reliability.graders import Grader, nursery
from tests.reliability.rounds import Trial, schedule

IN_MEMORY = ("tmpfs", "ramfs")

console = Console()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--kills", default=50, show_default=True, help="At random moments, and ten more at chosen points.")
@click.option("--histories", default=300, show_default=True, help="Random ones, of the rules against their model.")
@click.option("--store", type=click.Choice(KINDS), multiple=True, help="Only this one.  [default: both]")
@click.option(
    "--seed", type=int, help="As printed by an earlier run: the same learners and deaths.  [default: by chance]"
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("/var/tmp"),
    show_default=True,
    help="Where the databases are made, on a real disk.",
)
def soak(kills: int, histories: int, store: tuple[str, ...], seed: int | None, folder: Path) -> None:
    """Kill graders under load, start them again, and compare what is there with what learners were told.

    Each round starts a grader, lets twelve learners at a time sign in, start, save and submit, kills its processes,
    and looks at the database and at the printed certificates. At the end everybody finishes and reviews every grade.
    A broken promise ends the soak with exit code 1; the folder is kept then.

    Then random histories are played on the store and on a model of the rules, which must agree after every step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if file_system(folder) in IN_MEMORY:
        raise click.UsageError(f"{folder} is in memory. Name a folder on a disk: --folder")
    chosen = randrange(10**6) if seed is None else seed
    console.print(f"To run the same again: scripts/soak --kills {kills} --seed {chosen}")
    with nursery() as graders:
        for kind in store or KINDS:
            with place(kind, folder.resolve()) as (root, books):
                run(Trial(Grader(graders, root, books.url), books, content.write(root), chosen), kind, kills)
                play(kind, books, root, histories)


def file_system(folder: Path) -> str:
    """Its type, as "ext4"."""
    inside = [one for one in psutil.disk_partitions(all=True) if folder.resolve().is_relative_to(one.mountpoint)]
    return max(inside, key=lambda one: len(one.mountpoint)).fstype if inside else ""


@contextmanager
def place(kind: str, folder: Path) -> Iterator[tuple[Path, Books]]:
    """A new folder for content and certificates, and a new database. Kept when something is wrong."""
    root = Path(tempfile.mkdtemp(prefix=f"soak-{kind}-", dir=folder))
    with ExitStack() as stack:
        if kind == "sqlite":
            yield root, SqliteBooks(root / "data" / "grader.db")
        else:
            yield root, PostgresBooks(stack.enter_context(postgresql(parent=folder)), "postgres")
    shutil.rmtree(root)


def run(trial: Trial, kind: str, kills: int) -> None:
    rounds = schedule(kills, trial.books, Random(trial.seed))
    started = time.monotonic()
    try:
        with progress_bar() as progress:
            for one in progress.track(rounds, description=f"{kind}: kills"):
                trial.run(one)
                after = f" after {one.seconds} s" if one.seconds else ""
                progress.console.print(f"{trial.crowd.grades:6} grades; killed: {one.death}{after}")
            trial.settle()
    except (AssertionError, TimeoutError) as violation:
        trial.grader.kill()
        console.print(f"[bold red]Broken:[/] {violation}", soft_wrap=True)
        console.print(f"The database and the grader's log are in {trial.grader.root}.")
        sys.exit(1)
    console.print(summary(trial, kind, Counter(one.death for one in rounds), time.monotonic() - started))


def play(kind: str, books: Books, root: Path, count: int) -> None:
    new_store = sqlite_stores(root) if isinstance(books, SqliteBooks) else _postgres_stores(books)
    with progress_bar() as progress:
        task = progress.add_task(f"{kind}: histories", total=count)

        def counted() -> Store:
            progress.advance(task)
            return new_store()

        try:
            check(counted, examples=count, by_chance=True)
        except Exception as difference:
            console.print("[bold red]Broken:[/] the store and the model of the rules differ.")
            console.print("\n".join(getattr(difference, "__notes__", [])), markup=False, soft_wrap=True)
            raise


def _postgres_stores(books: Books) -> Callable[[], Store]:
    assert isinstance(books, PostgresBooks)
    return postgres_stores(databases(books.server))


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )


def summary(trial: Trial, kind: str, deaths: Counter[str], seconds: float) -> Table:
    table = Table("", "", title=f"{kind}: nothing lost, nothing twice", show_header=False)
    for name, number in deaths.items():
        table.add_row(f"killed: {name}", str(number))
    for name, value in (
        ("requests", trial.crowd.requests),
        ("answered 503", trial.crowd.refused),
        ("grades confirmed", trial.crowd.grades),
        ("submissions sent again after a crash", trial.crowd.resent),
        (
            "certificates, numbered without gaps and printed",
            trial.books.rows("SELECT COUNT(*) FROM certificates")[0][0],
        ),
        ("audit events", trial.books.rows("SELECT COUNT(*) FROM audit_events")[0][0]),
        ("seconds", round(seconds)),
    ):
        table.add_row(name, str(value))
    return table


if __name__ == "__main__":
    soak()
