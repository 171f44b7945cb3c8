"""What the theme's templates show of the catalog. Each page carries its own share in its front matter, where both
engines find it: a page costs the same however many there are, and is made anew exactly when its source changes.
"""

from collections.abc import Container
from typing import Any

import msgspec
import yaml

from grader.catalog.model import Catalog
from grader.catalog.source import Source
from grader.catalog.summary import CourseSummary, TrackSummary, summary

CATALOGUE = "catalogue.html"
"""The template that lists all tracks."""


class Facts:
    """Of all pages."""

    def __init__(self, catalog: Catalog, drafts: Container[str] = ()) -> None:
        """`drafts` are paths of pages, and are marked as such where they are listed."""
        self._tracks: list[dict[str, Any]] = []
        self._pages: dict[str, dict[str, Any]] = {}
        for track in summary(catalog, "").tracks:
            mark = {"draft": True} if f"{track.id}/index.md" in drafts else {}
            courses = [
                _course(course) | ({"draft": True} if f"{course.id}.md" in drafts else {}) for course in track.courses
            ]
            self._tracks.append(_track(track) | mark)
            self._pages[track.url] = {"track": _track(track) | mark | {"courses": courses}}
            self._pages |= {course["url"]: {"course": course} for course in courses}

    def of(self, source: Source) -> dict[str, Any]:
        """Empty for a page that shows none."""
        listed = {"tracks": self._tracks} if source.matter.values.get("template") == CATALOGUE else {}
        return self._pages.get(source.url, {}) | listed


def _track(track: TrackSummary) -> dict[str, Any]:
    return _plain(track, "id", "title", "description", "url", "level", "required", "minutes") | {
        "size": len(track.courses)
    }


def _course(course: CourseSummary) -> dict[str, Any]:
    return _plain(course, "id", "title", "description", "url", "type", "required", "minutes")


def _plain(record: TrackSummary | CourseSummary, *names: str) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(record, name)) for name in names}


def with_facts(source: Source, facts: dict[str, Any]) -> str:
    """A redacted page, its facts written into its front matter as one line `facts: {...}`."""
    page = source.redacted()
    if not facts:
        return page
    fence, rest = page.split("\n", 1)
    line = yaml.dump(facts, Dumper=yaml.CSafeDumper, default_flow_style=True, allow_unicode=True, width=2**30)
    return f"{fence}\nfacts: {line}{rest}"
