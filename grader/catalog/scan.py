"""content/ -> catalog, answer key, redacted sources and diagnostics, each file read once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from grader.catalog.checks import (
    check_media,
    check_nav,
    check_places,
    check_prerequisites,
    refuse_same_quiz,
    refuse_unread,
)
from grader.catalog.drafts import find_drafts
from grader.catalog.frontmatter import COURSE_FIELDS, read_fields, track_fields
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
from grader.catalog.nav import NavEntry
from grader.catalog.revision import revision_of, shown
from grader.catalog.source import Source, read_source
from grader.diagnostics import Diagnostic
from grader.questions.kind import Parsed


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    catalog: Catalog
    key: AnswerKey
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]
    drafts: frozenset[str] = frozenset()  # by their paths in content/, whether they are among the sources or left out
    left_out: frozenset[str] = frozenset()


def scan(
    content: Path, nav: Sequence[NavEntry], *, track_types: Sequence[str] = TRACK_TYPES, drafts: bool = False
) -> Scan:
    """Read all of content/. With any diagnostics the catalog is what could be understood, and must not be published.

    Without `drafts` it is as if their pages and their entries in `nav` were not there.
    """
    published = public_files(content)
    sources = [read_source(content, path) for path in published if path.suffix == ".md"]
    found_drafts = frozenset(str(source.path) for source in find_drafts(sources))
    left_out = frozenset() if drafts else found_drafts
    sources = [source for source in sources if str(source.path) not in left_out]
    nav = [entry for entry in nav if entry.path not in left_out]
    places = {entry.path: place for place, entry in enumerate(nav)}
    sources.sort(key=lambda source: (places.get(str(source.path), len(places)), str(source.path)))
    nav_diagnostics = check_nav(nav, sources)
    tracks = [_track(source, tuple(track_types)) for source in sources if "track" in source.matter.values]
    courses = [(source, _course(source, content)) for source in sources if "course" in source.matter.values]
    check_places(sources, {track.id for track in tracks})
    check_prerequisites(sources, {track.id for track in tracks})
    refuse_same_quiz(sources)
    filled = [
        msgspec.structs.replace(
            track, courses=tuple(course for _, course in courses if course.id.startswith(f"{track.id}/"))
        )
        for track in tracks
    ]
    found = [one for source in sources for one in source.diagnostics.found]
    found += refuse_unread(content, published)
    return Scan(
        catalog=Catalog(tracks=tuple(filled)),
        key=AnswerKey(quizzes=dict(_keys(sources))),
        sources=tuple(sources),
        diagnostics=tuple(sorted([*found, *nav_diagnostics.found])),
        drafts=found_drafts,
        left_out=left_out,
    )


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


def _course(source: Source, content: Path) -> Course:
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
        practice=tuple(_practice(one.parsed) for one in source.page.practice),
    )
    if course.required and source.page.quiz is None:
        source.diagnostics.add(
            "required-without-quiz",
            source.matter.line("course", "required"),
            "A required course needs a quiz: nobody could pass it.",
            hint="add a section `## Quiz`, or write `required: false`",
        )
    check_media(source, course, fields, content)
    return course


def _quiz(source: Source) -> Quiz | None:
    section = source.page.quiz
    if section is None or not section.questions:
        if "quiz" in source.matter.values and section is None:
            source.diagnostics.add(
                "rules-without-quiz",
                source.matter.line("quiz"),
                "The page has rules for a quiz, but no quiz.",
            )
        return None
    questions = [one.question for one in section.questions]
    revision = revision_of(questions)
    used = {question.topic for question in questions}
    return Quiz(
        revision=revision,
        rules=source.rules,
        questions=tuple(shown(question, revision, shuffle=source.rules.shuffle) for question in questions),
        topics=tuple(topic for topic in source.page.topics if topic.id in used),
    )


def _practice(parsed: Parsed) -> Practice:
    revision = revision_of([parsed.question])
    return Practice(revision=revision, question=shown(parsed.question, revision, shuffle=True))


def _keys(sources: Sequence[Source]) -> Iterator[tuple[str, QuizKey]]:
    for source in sources:
        groups = [source.page.quiz.questions] if source.page.quiz else []
        for group in [*groups, *((one.parsed,) for one in source.page.practice)]:
            key = QuizKey(questions={parsed.question.id: parsed.key for parsed in group})
            yield revision_of([parsed.question for parsed in group]), key


def public_files(content: Path) -> list[Path]:
    """What the site's engine would publish: every file but the hidden ones."""
    return sorted(
        path
        for path in content.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(content).parts)
    )
