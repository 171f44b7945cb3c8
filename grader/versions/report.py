"""Changes as an author reads them."""

from collections.abc import Iterator, Sequence

from grader.versions.change import Change, TrackChanges

_WIDTH = 7
"""Of the column that says what a change asks for."""

_SHORT = 40
"""Characters of two texts that stand on one line."""


def report(found: Sequence[TrackChanges]) -> str:
    """Track by track; those that did not change are only counted."""
    changed = [track for track in found if track.changes or track.before != track.after]
    quiet = len(found) - len(changed)
    parts = ["\n".join(_track(track)) for track in changed]
    if quiet:
        parts.append(f"Nothing changed in {quiet} {'other ' if changed else ''}track{'' if quiet == 1 else 's'}.")
    return "\n\n".join(parts)


def verdict(track: TrackChanges) -> str:
    """`1.0 -> 1.1, which is enough`."""
    if track.before is None or track.after is None:
        return f"version {track.before or track.after}"
    if track.skips:
        return f"{track.before} -> {track.after}, which skips {track.wanted}"
    if track.after < track.before:
        return f"{track.before} -> {track.after}, which is lower; it needs {track.wanted}"
    if not track.enough:
        return f"{track.before} -> {track.after}, needs {track.wanted} ({track.needed.word})"
    return f"{track.before} -> {track.after}, which is enough ({track.needed.word} is needed)"


def _track(track: TrackChanges) -> Iterator[str]:
    yield f"{track.title} ({track.track}/): {verdict(track)}"
    for change in track.changes:
        yield from _change(change)
    for note in track.notes:
        yield f"  {'note':{_WIDTH}}{note}"


def _change(change: Change) -> Iterator[str]:
    where = f"{change.course}: " if change.course else ""
    short = change.before and change.after and len(change.before + change.after) <= _SHORT
    inline = f": {change.before} -> {change.after}" if short and "\n" not in change.before + change.after else ""
    yield f"  {change.bump.word:{_WIDTH}}{where}{change.what}{inline}"
    for mark, text in () if inline else (("-", change.before), ("+", change.after)):
        yield from (f"  {'':{_WIDTH}}  {mark} {line}".rstrip() for line in text.split("\n") if text)
