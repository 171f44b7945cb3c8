"""Versions that were not raised as far as the changes ask for, as mistakes at their places."""

from collections.abc import Iterator, Sequence

from grader.catalog.source import Source
from grader.diagnostics import Diagnostic, Diagnostics, Place
from grader.versions.change import TrackChanges


def check_versions(found: Sequence[TrackChanges], sources: Sequence[Source], *, since: str) -> Iterator[Diagnostic]:
    """`sources` are those of the later edition; `since` is what the author calls the former one."""
    pages = {source.path.parent.as_posix(): source for source in sources if "track" in source.matter.values}
    for track in found:
        if not track.enough:
            source = pages[track.track]
            diagnostics = Diagnostics(source.diagnostics.path)
            _refuse(track, diagnostics, source.matter.value("track", "version"), since)
            yield from diagnostics.found


def _refuse(track: TrackChanges, diagnostics: Diagnostics, place: Place, since: str) -> None:
    hint = f'write `version: "{track.wanted}"`; what changed: grader diff {since}'
    if track.skips:
        assert track.wanted is not None
        diagnostics.add(
            "version-skipped",
            place,
            f"There was no version {track.wanted}, so who holds a certificate of {track.before} could not renew it.",
            hint=hint,
        )
    elif track.before is not None and track.after is not None and track.after < track.before:
        diagnostics.add("version-lowered", place, f"The version was {track.before} already.", hint=hint)
    else:
        diagnostics.add(
            "version-too-low",
            place,
            f"Since {since} this track changed such that {track.after} is too low: {_reasons(track)}.",
            hint=hint,
        )


def _reasons(track: TrackChanges) -> str:
    """The first change that asks for the most, and how many do. It says nothing about what is right."""
    asking = [change for change in track.changes if change.bump is track.needed]
    first = asking[0]
    more = f", and {len(asking) - 1} more" if len(asking) > 1 else ""
    return f"{f'{first.course}: ' if first.course else ''}{first.what}{more}"
