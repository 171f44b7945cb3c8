"""content/ -> catalog, answer key, redacted sources and diagnostics, each file read once."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

import msgspec

from grader.catalog.checks import (
    check_media,
    check_places,
    check_prerequisites,
    has_shown_name,
    refuse_names,
    refuse_same_address,
    refuse_same_quiz,
    refuse_unread,
)
from grader.catalog.drafts import find_drafts
from grader.catalog.fields import COURSE_FIELDS, check_keys, read_fields, track_fields
from grader.catalog.links import check_links
from grader.catalog.listing import check_nav
from grader.catalog.model import (
    TRACK_TYPES,
    AnswerKey,
    Catalog,
    Course,
    CourseType,
    Practice,
    Quiz,
    QuizKey,
    Track,
)
from grader.catalog.nav import NavEntry, Navigation
from grader.catalog.revision import shown
from grader.catalog.sense import check_rules, check_since
from grader.catalog.source import Group, Source, read_source
from grader.catalog.version import Version, find_version
from grader.diagnostics import Diagnostic


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    catalog: Catalog
    key: AnswerKey
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]
    drafts: frozenset[str] = frozenset()  # by their paths in content/, whether they are among the sources or left out
    left_out: frozenset[str] = frozenset()


def scan(
    content: Path,
    nav: Navigation | Sequence[NavEntry],
    *,
    track_types: Sequence[str] = TRACK_TYPES,
    page_keys: Collection[str] = (),
    drafts: bool = False,
    name: str = "",
) -> Scan:
    """Read all of content/. With any diagnostics the catalog is what could be understood, and must not be published.

    Without `drafts` it is as if their pages and their entries in `nav` were not there. `page_keys` are keys of front
    matter that are neither ours nor the engine's; mistakes call the folder `name`.
    """
    published = public_files(content)
    named = [path for path in published if has_shown_name(path)]
    sources = [read_source(content, path, name or content.name) for path in named if path.suffix == ".md"]
    found_drafts = frozenset(str(source.path) for source in find_drafts(sources))
    left_out = frozenset() if drafts else found_drafts
    sources = [source for source in sources if str(source.path) not in left_out]
    files = {str(path) for path in published} - left_out
    navigation = (nav if isinstance(nav, Navigation) else Navigation(entries=tuple(nav))).without(left_out)
    places = {entry.path: place for place, entry in enumerate(navigation.entries)}
    sources.sort(key=lambda source: (places.get(str(source.path), len(places)), str(source.path)))
    tracks = [_track(source, tuple(track_types)) for source in sources if "track" in source.matter.values]
    courses = [_course(source, content, files) for source in sources if "course" in source.matter.values]
    _check_each(sources, tracks, page_keys)
    linked = check_links(sources, files, drafts=left_out)
    nav_diagnostics = check_nav(navigation, sources, linked=linked)
    found = [one for source in sources for one in source.diagnostics.found]
    found += refuse_unread(content, named, name or content.name)
    found += refuse_names(sorted({*published} - {*named}), name or content.name)
    return Scan(
        catalog=Catalog(tracks=tuple(_filled(tracks, courses))),
        key=AnswerKey(quizzes={group.revision: _key(group) for source in sources for group in source.groups}),
        sources=tuple(sources),
        diagnostics=tuple(sorted([*found, *nav_diagnostics.found])),
        drafts=found_drafts,
        left_out=left_out,
    )


def _check_each(sources: Sequence[Source], tracks: Sequence[Track], page_keys: Collection[str]) -> None:
    names = {track.id for track in tracks}
    check_places(sources, names)
    check_prerequisites(sources, names)
    refuse_same_quiz(sources)
    refuse_same_address(sources)
    versions = dict(_versions(sources))
    for source in sources:
        check_keys(source.matter, page_keys, source.diagnostics)
        check_rules(source)
        check_since(source, versions)


def _versions(sources: Sequence[Source]) -> Iterator[tuple[str, Version]]:
    """Of the tracks, as they are written; those that are not possible have a mistake of their own."""
    for source in sources:
        track = source.matter.values.get("track")
        version = find_version(track.get("version")) if isinstance(track, dict) else None
        if version is not None:
            yield source.path.parent.as_posix(), version


def _filled(tracks: Sequence[Track], courses: Sequence[Course]) -> Iterator[Track]:
    """The tracks with their courses."""
    own: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        own[course.id.partition("/")[0]].append(course)
    for track in tracks:
        yield msgspec.structs.replace(track, courses=tuple(own[track.id]))


def _track(source: Source, types: tuple[str, ...]) -> Track:
    fields = read_fields(source.matter, "track", track_fields(types), ("type", "level", "version"), source.diagnostics)
    placeholders = {"type": types[0], "level": "FOUNDATION", "version": "0.0", "required": False}
    return msgspec.convert(
        placeholders
        | fields
        | {
            "id": source.path.parent.as_posix(),
            "title": source.title,
            "description": source.description,
            "url": source.url,
        },
        Track,
    )


def _course(source: Source, content: Path, files: AbstractSet[str]) -> Course:
    fields = read_fields(source.matter, "course", COURSE_FIELDS, ("type", "minutes"), source.diagnostics)
    quiz = _quiz(source)
    course = Course(
        id=source.path.with_suffix("").as_posix(),
        title=source.title,
        type=fields.get("type", CourseType.TEXT),
        minutes=fields.get("minutes", 1),
        required=fields.get("required", True),
        since=fields.get("since"),
        url=source.url,
        description=source.description,
        quiz=quiz,
        practice=tuple(_practice(group) for group in source.practice),
    )
    if course.required and source.page.quiz is None:
        source.diagnostics.add(
            "required-without-quiz",
            source.matter.key("course", "required"),
            "A required course needs a quiz: nobody could pass it.",
            hint="add a section `## Quiz`, or write `required: false`",
        )
    check_media(source, course, fields, content, files)
    return course


def _quiz(source: Source) -> Quiz | None:
    if source.quiz is None:
        return None
    questions = [one.question for one in source.quiz.parsed]
    revision = source.quiz.revision
    used = {question.topic for question in questions}
    return Quiz(
        revision=revision,
        rules=source.rules,
        questions=tuple(shown(question, revision, shuffle=source.rules.shuffle) for question in questions),
        topics=tuple(topic for topic in source.page.topics if topic.id in used),
    )


def _practice(group: Group) -> Practice:
    [parsed] = group.parsed
    return Practice(revision=group.revision, question=shown(parsed.question, group.revision, shuffle=True))


def _key(group: Group) -> QuizKey:
    return QuizKey(questions={parsed.question.id: parsed.key for parsed in group.parsed})


def public_files(content: Path) -> list[PurePosixPath]:
    """What the site's engine would publish, by the paths in `content`: every file but the hidden ones."""
    found: list[PurePosixPath] = []
    for folder, folders, names in os.walk(content):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = PurePosixPath(os.path.relpath(folder, content))
        shown = (name for name in names if not name.startswith("."))
        found += [place / name for name in shown if Path(folder, name).is_file()]
    return sorted(found)
