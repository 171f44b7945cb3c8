"""`grader diff`."""

from collections.abc import Sequence

import click
import msgspec

from grader.cli.past import read_past
from grader.diagnostics import ContentError
from grader.settings import Settings
from grader.site.project import project_of, read_content
from grader.versions.change import TrackChanges
from grader.versions.edition import edition_of
from grader.versions.report import report
from grader.versions.tracks import compare


@click.command("diff", short_help="Tell what changed for learners, and which version that needs.")
@click.argument("revision")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: a list of tracks with their versions, changes and notes.",
)
@click.pass_obj
def diff_command(settings: Settings, revision: str, form: str) -> None:
    """Tell what changed for learners since REVISION of git, and which version that needs.

    REVISION is a branch, a tag or a commit; NAME... is where the present branch left NAME. The content of the working
    tree is compared, committed or not. For each track: what is new, gone, reworded or graded differently, whether it
    asks for a new major version (holders have to show more), a minor one, or none, and whether the version made is
    enough. It names right answers. `grader check --since REVISION` makes a mistake of a version that is too low.

    \b
    grader diff HEAD            what is not committed yet
    grader diff v1.4            since a release
    grader diff origin/main...  what this branch changes
    """
    found = read_content(project_of(settings))
    if found.diagnostics:
        raise ContentError(found.diagnostics)
    changes = compare(edition_of(read_past(settings, revision)), edition_of(found))
    click.echo(report(changes) if form == "text" else as_json(changes))


def as_json(found: Sequence[TrackChanges]) -> str:
    """Versions and bumps as authors write them."""
    told = [
        {
            "track": one.track,
            "title": one.title,
            "before": str(one.before) if one.before else None,
            "after": str(one.after) if one.after else None,
            "needed": one.needed.word,
            "made": one.made.word,
            "wanted": str(one.wanted) if one.wanted else None,
            "enough": one.enough,
            "changes": [msgspec.to_builtins(change) | {"bump": change.bump.word} for change in one.changes],
            "notes": one.notes,
        }
        for one in found
    ]
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
