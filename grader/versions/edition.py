"""The content at one moment, as far as changes are looked for."""

from collections.abc import Iterator

from grader.catalog.model import AnswerKey, Record, Track
from grader.catalog.page import Text
from grader.catalog.scan import Scan
from grader.catalog.source import Source


class Edition(Record, frozen=True):
    tracks: dict[str, Track]
    key: AnswerKey
    texts: dict[str, tuple[str, ...]]  # by course and track: the lines of the page outside its quiz


def edition_of(found: Scan) -> Edition:
    return Edition(
        tracks={track.id: track for track in found.catalog.tracks},
        key=found.key,
        texts={_name(source): tuple(_lines(source)) for source in found.sources},
    )


def _name(source: Source) -> str:
    return (source.path.parent if source.path.name == "index.md" else source.path.with_suffix("")).as_posix()


def _lines(source: Source) -> Iterator[str]:
    for segment in source.page.segments:
        if isinstance(segment, Text):
            yield from (line.text.rstrip() for line in segment.lines if line.text.strip())
