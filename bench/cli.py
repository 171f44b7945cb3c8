"""`scripts/bench`: one command a benchmark."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bench.process import PROJECT
from bench.report import publish
from grader.errors import GraderError

_quick = click.option("--quick", is_flag=True, help="Tiny sizes: shows that it runs, measures nothing.")


def _rounds(default: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--rounds", type=click.IntRange(1), default=default, show_default=True, help="Samples of each figure."
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=PROJECT / "build" / "bench",
    help="Where the figures go, and what is made to measure them.  [default: build/bench]",
)
@click.pass_context
def cli(context: click.Context, out: Path) -> None:
    """Measure how fast grader is, always against a control.

    Each benchmark measures ours and the control in turn, several rounds of both in one run, and prints medians and
    their ratio. Seconds depend on the machine; the ratio much less, so compare ratios. The samples of every round go
    to build/bench/NAME.json. Leave the machine alone meanwhile. docs/performance.md says how each figure is made.

    \b
    scripts/bench build --pages 600     one build of a large site
    scripts/bench preview               from saving a page to seeing it
    scripts/bench grading               attempts graded in a second
    scripts/bench replicas              the same with one and with two graders on PostgreSQL
    scripts/bench scale                 the same with a million attempts kept
    scripts/bench certificates          certificates printed in a second
    """
    out.mkdir(parents=True, exist_ok=True)
    context.obj = out.resolve()


@contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """A folder for one run. Beside the results, because /tmp may be in memory, where a commit costs nothing."""
    with tempfile.TemporaryDirectory(dir=out, prefix=".work-") as folder:
        yield Path(folder)


@cli.command("build")
@click.option("--pages", type=click.IntRange(1), default=60, show_default=True, help="Courses to generate.")
@_rounds(3)
@_quick
@click.pass_obj
def build_command(out: Path, pages: int, rounds: int, *, quick: bool) -> None:
    """`grader build` and `grader check` against `mkdocs build` with Material.

    Pages of about 600 words with 5 questions each, in tracks of 10 courses. The control builds the same pages with
    the questions as ordinary Markdown: no redaction, no forms, no theme of ours. 600 pages take about two minutes.
    """
    from bench import build

    with workplace(out) as folder:
        pages, rounds = (2, 1) if quick else (pages, rounds)
        publish(build.measure(PROJECT, folder, pages=pages, rounds=rounds), out)


@cli.command("preview")
@click.option("--pages", type=click.IntRange(1), default=60, show_default=True, help="Courses to generate.")
@_rounds(5)
@_quick
@click.pass_obj
def preview_command(out: Path, pages: int, rounds: int, *, quick: bool) -> None:
    """`grader preview` against `mkdocs serve`: seconds from saving a page until a browser shows it.

    A headless Chromium has the page open; it is edited, and the edit waited for. The pages are those of `build`.
    """
    from bench import preview

    with workplace(out) as folder:
        pages, rounds = (2, 1) if quick else (pages, rounds)
        publish(preview.measure(PROJECT, folder, pages=pages, rounds=rounds), out)


@cli.command("grading")
@click.option("--seconds", type=click.FloatRange(0.1, 60), default=5.0, show_default=True, help="Length of a round.")
@click.option("--connections", type=click.IntRange(1, 1000), default=32, show_default=True, help="Kept open, in turn.")
@click.option("--learners", type=click.IntRange(1), default=5000, show_default=True, help="Signed in before the start.")
@click.option(
    "--database",
    type=click.Choice(["sqlite", "postgresql"]),
    default="sqlite",
    show_default=True,
    help="Of ours; a PostgreSQL server is started for it.",
)
@_rounds(3)
@_quick
@click.pass_obj
def grading_command(
    out: Path, seconds: float, connections: int, learners: int, database: str, rounds: int, *, quick: bool
) -> None:
    """`grader serve` under load against a bare Litestar application.

    A unit is what a learner does: start an attempt (POST /api/v1/attempts), then submit answers to six questions and
    get the grade. Ours is the real server with its database, every commit synced to disk. The control looks up the
    session, decodes and encodes the same JSON under the same server, and keeps nothing. Waiting times are taken at
    full load and at half of each one's maximum. Only loopback is used.
    """
    from bench import grading

    if quick:
        seconds, connections, learners, rounds = 0.3, 4, 20, 1
    load = grading.Load(seconds=seconds, connections=connections, learners=learners, rounds=rounds)
    with workplace(out) as folder:
        publish(grading.measure(PROJECT, folder, load, database), out)


@cli.command("replicas")
@click.option("--seconds", type=click.FloatRange(0.1, 60), default=5.0, show_default=True, help="Length of a round.")
@click.option("--connections", type=click.IntRange(2, 1000), default=32, show_default=True, help="Kept open, in turn.")
@click.option("--learners", type=click.IntRange(1), default=5000, show_default=True, help="Signed in before the start.")
@_rounds(3)
@_quick
@click.pass_obj
def replicas_command(out: Path, seconds: float, connections: int, learners: int, rounds: int, *, quick: bool) -> None:
    """Two `grader serve` on one PostgreSQL database against one of them alone.

    The units of `grading`. The server is started for it, and syncs every commit to disk. Both graders run all the time;
    the load goes to both in turn, or to the first one only.
    """
    from bench import replicas
    from bench.grading import Load

    if quick:
        seconds, connections, learners, rounds = 0.3, 4, 20, 1
    load = Load(seconds=seconds, connections=connections, learners=learners, rounds=rounds)
    with workplace(out) as folder:
        publish(replicas.measure(PROJECT, folder, load), out)


@cli.command("scale")
@click.option("--attempts", type=click.IntRange(1), default=1_000_000, show_default=True, help="Kept by the large one.")
@click.option("--courses", type=click.IntRange(10), default=600, show_default=True, help="In the catalog of both.")
@click.option("--seconds", type=click.FloatRange(0.1, 60), default=5.0, show_default=True, help="Length of a round.")
@_rounds(3)
@_quick
@click.pass_obj
def scale_command(out: Path, attempts: int, courses: int, seconds: float, rounds: int, *, quick: bool) -> None:
    """`grader serve` on a large database against `grader serve` on one with ten attempts.

    Units a second, memory of the server's processes after the load, and seconds from the start of the command to the
    first answer of /readyz. A million attempts take about a minute to write and 2 GB of disk.
    """
    from bench import scale

    if quick:
        attempts, courses, seconds, rounds = 100, 10, 0.3, 1
    size = scale.Size(attempts=attempts, courses=courses, seconds=seconds, rounds=rounds)
    with workplace(out) as folder:
        publish(scale.measure(PROJECT, folder, size), out)


@cli.command("certificates")
@click.option("--count", type=click.IntRange(1), default=20, show_default=True, help="Documents of each in a round.")
@_rounds(5)
@_quick
@click.pass_obj
def certificates_command(out: Path, count: int, rounds: int, *, quick: bool) -> None:
    """Our warm Chromium against WeasyPrint, on the same certificate.

    One document at a time, two at a time (two pages of Chromium, two processes of WeasyPrint), and the first
    document of a new process.
    """
    from bench import certificates

    with workplace(out) as folder:
        count, rounds = (1, 1) if quick else (count, rounds)
        publish(certificates.measure(folder, count=count, rounds=rounds), out)


def main() -> None:
    try:
        cli(prog_name="scripts/bench")
    except GraderError as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)
