"""`grader waive`, `grader unwaive`, `grader waivers`."""

from datetime import UTC, date, datetime, time
from typing import Any

import click

from grader.cli.work import change, dry_run_option, operator, read, reason_option, utc_now
from grader.settings import Settings


class Day(click.ParamType[datetime]):
    """A day in UTC: its last moment."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.combine(date.fromisoformat(str(value)), time.max, UTC)
        except ValueError:
            self.fail(f"{value!r} is no day: write 2027-03-31.", param, ctx)


_learner = click.argument("learner", metavar="EMAIL")
_place = click.argument("place", metavar="TRACK[/COURSE]")


@click.command("waive")
@_learner
@_place
@reason_option
@click.option("--until", required=True, type=Day(), help="The last day on which it counts (UTC).")
@dry_run_option
@click.pass_obj
def waive_command(settings: Settings, learner: str, place: str, reason: str, until: datetime, *, dry_run: bool) -> None:
    """Let somebody off a course, or off a whole track, until a day.

    A waived course counts as done: who is certified by its help stays certified. A waived track is not due, and counts
    where another track asks for it first; there is no certificate of it. TRACK and COURSE are folder and file of the
    content.

    \b
      grader waive alice@example.org platform-fundamentals/finding-your-way --until 2027-03-31 --reason "Knows it by heart"
      grader waive bob@example.org platform-fundamentals --until 2027-03-31 --reason "Parental leave"
      grader unwaive bob@example.org platform-fundamentals --reason "Back at work"
    """  # noqa: E501 - `\b` is click's mark for lines that stay as they are
    from grader.cli.events import show_changes
    from grader.learning.waivers import grant

    found = _find_place(settings, place)
    events = change(
        settings,
        lambda tx: grant(tx, learner, found, reason=reason, ends_at=until, actor=operator(), now=utc_now()),
        dry_run=dry_run,
    )
    show_changes(events, dry_run=dry_run)


@click.command("unwaive")
@_learner
@_place
@reason_option
@dry_run_option
@click.pass_obj
def unwaive_command(settings: Settings, learner: str, place: str, reason: str, *, dry_run: bool) -> None:
    """Withdraw what was waived. What was certified by its help stays certified."""
    from grader.cli.events import show_changes
    from grader.learning.waivers import withdraw

    found = _find_place(settings, place)
    events = change(
        settings,
        lambda tx: withdraw(tx, learner, found, reason=reason, actor=operator(), now=utc_now()),
        dry_run=dry_run,
    )
    show_changes(events, dry_run=dry_run)


@click.command("waivers")
@click.option("--all", "every", is_flag=True, help="Also those that have ended or were withdrawn.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def waivers_command(settings: Settings, style: str, *, every: bool) -> None:
    """List who is let off what, until when, why and by whom."""
    import msgspec

    from grader.learning.waivers import list_waivers

    now = utc_now()
    rows = [row for row in read(settings, list_waivers) if every or (row.withdrawn_at is None and row.ends_at > now)]
    if style == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2))
        return
    from grader.cli.tables import show

    show(
        ("Who", "What", "Until", "Why", "By", "Withdrawn"),
        [
            (
                f"{row.learner_name} <{row.learner_email}>",
                row.course or row.track,
                f"{row.ends_at:%Y-%m-%d}",
                row.reason,
                row.granted_by,
                f"{row.withdrawn_at:%Y-%m-%d}, {row.withdrawn_by}" if row.withdrawn_at else "",
            )
            for row in rows
        ],
        empty="Nobody is let off anything.",
    )


def _find_place(settings: Settings, name: str) -> Any:
    from grader.catalog.artifacts import read_artifacts
    from grader.learning.library import Library
    from grader.learning.waivers import find_place

    return find_place(Library(read_artifacts(settings.folder / settings.build)), name)
