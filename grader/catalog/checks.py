"""Mistakes that show only when all of content/ is known."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

from grader.catalog.model import Course, CourseType
from grader.catalog.source import Source
from grader.diagnostics import Diagnostic, did_you_mean, nearest

_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn|mkd|mdx|gift)(?![a-z0-9])", re.IGNORECASE)


def check_places(sources: Sequence[Source], tracks: AbstractSet[str]) -> None:
    for source in sources:
        keys, parent = source.matter.values.keys(), source.path.parent
        if "track" in keys and (source.path.name != "index.md" or len(source.path.parts) != 2):
            source.diagnostics.add(
                "misplaced-track",
                source.matter.key("track"),
                "A track is the page `<track>/index.md`.",
                hint="move it into a folder of its own",
            )
        elif {"track", "course"} <= keys:
            source.diagnostics.add(
                "track-and-course",
                source.matter.key("course"),
                "A page is a track or a course, not both.",
                hint=f"move the course to a page of its own in {parent}/",
            )
        if "course" in keys and parent.as_posix() not in tracks:
            source.diagnostics.add(
                "course-without-track",
                source.matter.key("course"),
                f"`{parent}/` is no track.",
                hint=f"give {parent}/index.md the front matter `track:`",
            )
        if "course" not in keys:
            _refuse_quiz(source)
        if "quiz" in keys and source.page.quiz is None:
            source.diagnostics.add(
                "rules-without-quiz",
                source.matter.key("quiz"),
                "The page has rules for a quiz, but no quiz.",
                hint="add a section `## Quiz`, or remove them",
            )


def _refuse_quiz(source: Source) -> None:
    """Of a page that is no course."""
    if source.page.quiz or source.page.practice:
        number = source.page.quiz.number if source.page.quiz else source.page.practice[0].parsed.number
        source.diagnostics.add(
            "quiz-without-course",
            number,
            "A page that is no course has questions.",
            hint="add `course: {type: TEXT, minutes: 10}` to its front matter",
        )


def check_prerequisites(sources: Sequence[Source], tracks: AbstractSet[str]) -> None:
    wanted = {
        track: [*_prerequisites(source)] for source in sources if (track := source.path.parent.as_posix()) in tracks
    }
    for source in sources:
        track = source.path.parent.as_posix()
        for n, name in enumerate(_prerequisites(source)):
            place = source.matter.value("track", "prerequisites", str(n))
            if name not in tracks or name == track:
                source.diagnostics.add(
                    "unknown-prerequisite",
                    place,
                    f"`{name}` is no other track.",
                    hint=did_you_mean(name, sorted(tracks - {track})),
                )
            elif _leads_to(name, track, wanted):
                source.diagnostics.add(
                    "circular-prerequisite",
                    place,
                    f"`{name}` asks in turn for `{track}`, so nobody could begin either.",
                    hint="remove one of the two",
                )


def _prerequisites(source: Source) -> Sequence[str]:
    given = source.matter.values.get("track")
    wanted = given.get("prerequisites") if isinstance(given, dict) else None
    return [str(name) for name in wanted] if isinstance(wanted, list) else ()


def _leads_to(start: str, goal: str, wanted: Mapping[str, Sequence[str]]) -> bool:
    """Does the way from one track to what it asks for come to another, at whatever distance?"""
    seen, waiting = set[str](), [start]
    while waiting:
        track = waiting.pop()
        if track not in seen:
            seen.add(track)
            waiting += wanted.get(track, ())
    return goal in seen


def refuse_same_quiz(sources: Sequence[Source]) -> None:
    seen: dict[str, Source] = {}
    for source, group in ((one, group) for one in sources for group in one.groups):
        if group.revision in seen:
            source.diagnostics.add(
                "same-quiz",
                group.number,
                f"The same questions stand in {seen[group.revision].diagnostics.path}, "
                "so they could not be told apart.",
                hint="reword a question, or keep the quiz in one place",
            )
        seen.setdefault(group.revision, source)


def check_media(
    source: Source, course: Course, fields: Mapping[str, str], content: Path, files: AbstractSet[str]
) -> None:
    """Video and captions, which count from the page."""
    for name in ("video", "captions"):
        place = source.matter.value("course", name)
        given = fields.get(name)
        path = posixpath.normpath(posixpath.join(source.path.parent.as_posix(), given or ""))
        if not given and course.type is CourseType.VIDEO:
            source.diagnostics.add("missing-key", place, f"A VIDEO course needs the key `{name}`.")
        elif given and path not in files:
            media = (file for file in files if not file.endswith(".md"))
            ways = [posixpath.relpath(file, source.path.parent.as_posix()) for file in media]
            near = nearest(given, ways)
            source.diagnostics.add(
                "missing-file",
                place,
                f"`{name}: {given}` does not exist.",
                hint=f"did you mean `{near}`?" if near else "the path counts from this page",
            )
        elif given and name == "captions" and not _is_vtt(content / path):
            source.diagnostics.add(
                "bad-captions",
                place,
                f"`{given}` is no WebVTT, so browsers would show no captions.",
                hint="its first line is `WEBVTT`",
            )


def _is_vtt(file: Path) -> bool:
    """As https://www.w3.org/TR/webvtt1/#file-structure says."""
    with file.open("rb") as data:
        return re.match(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|\Z)", data.read(10)) is not None


def refuse_unread(content: Path, published: Sequence[PurePosixPath], name: str) -> Iterator[Diagnostic]:
    for path in published:
        if is_unread(content, path):
            yield Diagnostic(
                path=f"{name}/{path}",
                line=1,
                column=1,
                code="unread-page",
                message="The file is not read as a page, and would be published with its answers.",
                hint="let its name end in `.md`, or remove it",
            )


def refuse_names(hidden: Sequence[PurePosixPath], name: str) -> Iterator[Diagnostic]:
    """Of files whose names no link could tell, and no list of mistakes."""
    for path in hidden:
        shown = "".join(letter if _is_shown(letter) else "\ufffd" for letter in str(path))
        yield Diagnostic(
            path=f"{name}/{shown}",
            line=1,
            column=1,
            code="not-utf-8",
            message="The name of the file is not UTF-8, or holds letters that cannot be shown.",
            hint="rename the file",
        )


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs")


def has_shown_name(path: PurePosixPath) -> bool:
    """Its folders in content/ included."""
    name = str(path)
    return name.isprintable() or all(map(_is_shown, name))


def refuse_same_address(sources: Sequence[Source]) -> None:
    """The engine would write one page over the other."""
    seen: dict[str, Source] = {}
    for source in sources:
        other = seen.setdefault(source.url, source)
        if other is not source:
            source.diagnostics.add(
                "same-address",
                1,
                f"The page has the same address as {other.diagnostics.path}: `{source.url}`.",
                hint="rename one of the two",
            )


def is_unread(content: Path, path: PurePosixPath) -> bool:
    """Does it look like a page, or a file of questions, though it is not read as one? Links may hide what they are."""
    if path.suffix == ".md":
        return False
    file = content / path
    names = (file.name, file.resolve().name) if file.is_symlink() else (file.name,)
    return any(map(_MARKDOWN.search, names))
