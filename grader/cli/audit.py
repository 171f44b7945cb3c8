"""`grader audit`."""

from datetime import UTC, datetime

import click

from grader.cli.work import read
from grader.settings import Settings


@click.command("audit")
@click.argument("subject", metavar="[SUBJECT]", required=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Only from this day on (UTC).")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="So many events, the newest.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def audit_command(settings: Settings, subject: str | None, since: datetime | None, limit: int, style: str) -> None:
    """Show who did what, and when: how each fact came about.

    SUBJECT is the e-mail address or id of a person (and all that is theirs: attempts, certifications, certificates,
    waivers), the number of a certificate, a track, a course, or the id of an attempt, a certification or a waiver.
    Without it the newest events of all are shown. Nobody can change or delete what is in the trail.

    \b
      grader audit alice@example.org
      grader audit CERT-2026-00001
      grader audit --since 2026-11-01 --limit 1000 --format json
    """
    import msgspec

    from grader.cli.events import show_trail
    from grader.learning import trail

    start = since.replace(tzinfo=UTC) if since else datetime.min.replace(tzinfo=UTC)
    events = (
        read(settings, trail.of, subject, since=start, limit=limit)
        if subject
        else read(settings, trail.latest, since=start, limit=limit)
    )
    if style == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(events), indent=2))
    else:
        show_trail(events)
