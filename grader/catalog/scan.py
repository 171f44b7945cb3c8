"""content/ -> catalog, answer key, redacted sources and diagnostics, each file read once."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from grader.catalog.frontmatter import (
    COURSE_FIELDS,
    FrontMatter,
    read_fields,
    read_front_matter,
    read_rules,
    track_fields,
)
from grader.catalog.model import (
    TRACK_TYPES,
    AnswerKey,
    Catalog,
    Course,
    CourseType,
    Practice,
    Quiz,
    QuizKey,
    QuizRules,
    Track,
)
from grader.catalog.nav import NavEntry
from grader.catalog.page import Page, read_page
from grader.catalog.redact import redacted
from grader.catalog.revision import revision_of, shown
from grader.diagnostics import Diagnostic, Diagnostics, did_you_mean
from grader.questions.kind import Parsed


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One Markdown file."""

    path: PurePosixPath  # relative to content/
    matter: FrontMatter
    page: Page
    rules: QuizRules
    diagnostics: Diagnostics

    @property
    def url(self) -> str:
        name = "" if self.path.name == "index.md" else self.path.stem
        return "/".join(part for part in (*self.path.parent.parts, name) if part) + "/"

    @property
    def title(self) -> str:
        given = self.matter.values.get("title")
        return str(given) if given else (self.page.topics[0].title if self.page.topics else self.path.stem)

    @property
    def description(self) -> str:
        return str(self.matter.values.get("description") or "").strip()

    def redacted(self) -> str:
        """The file as the site's engine may see it."""
        return self.matter.raw + redacted(self.page, self.rules)


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    catalog: Catalog
    key: AnswerKey
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]


def scan(content: Path, nav: Sequence[NavEntry], *, track_types: Sequence[str] = TRACK_TYPES) -> Scan:
    """Read all of content/. With any diagnostics the catalog is what could be understood, and must not be published."""
    sources = [_read(content, path) for path in sorted(content.rglob("*.md"))]
    places = {entry.path: place for place, entry in enumerate(nav)}
    sources.sort(key=lambda source: (places.get(str(source.path), len(places)), str(source.path)))
    nav_diagnostics = _check_nav(nav, sources)
    tracks = [_track(source, tuple(track_types)) for source in sources if "track" in source.matter.values]
    courses = [(source, _course(source, content)) for source in sources if "course" in source.matter.values]
    _check_places(sources, {track.id for track in tracks})
    _check_prerequisites(sources, {track.id for track in tracks})
    _refuse_same_quiz(sources)
    filled = [
        msgspec.structs.replace(
            track, courses=tuple(course for _, course in courses if course.id.startswith(f"{track.id}/"))
        )
        for track in tracks
    ]
    found = [one for source in sources for one in source.diagnostics.found]
    return Scan(
        catalog=Catalog(tracks=tuple(filled)),
        key=AnswerKey(quizzes=dict(_keys(sources))),
        sources=tuple(sources),
        diagnostics=tuple(sorted([*found, *nav_diagnostics.found])),
    )


def _read(content: Path, file: Path) -> Source:
    path = PurePosixPath(file.relative_to(content).as_posix())
    diagnostics = Diagnostics(f"{content.name}/{path}")
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        diagnostics.add("not-utf-8", line, "The file is not UTF-8 from here.", hint="save it as UTF-8")
        text = raw.decode("utf-8", "replace")
    matter = read_front_matter(text, diagnostics)
    page = read_page(text[len(matter.raw) :], diagnostics, first=matter.height + 1)
    return Source(path=path, matter=matter, page=page, rules=read_rules(matter, diagnostics), diagnostics=diagnostics)


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
    if course.required and quiz is None:
        source.diagnostics.add(
            "required-without-quiz",
            source.matter.line("course", "required"),
            "A required course needs a quiz: nobody could pass it.",
            hint="add a section `## Quiz`, or write `required: false`",
        )
    _check_media(source, course, fields, content)
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
    _check_rules(source, len(questions))
    return Quiz(
        revision=revision,
        rules=source.rules,
        questions=tuple(shown(question, revision, shuffle=source.rules.shuffle) for question in questions),
        topics=tuple(topic for topic in source.page.topics if topic.id in used),
    )


def _check_rules(source: Source, questions: int) -> None:
    draw = source.rules.draw
    if draw is not None and draw > questions:
        source.diagnostics.add(
            "draw-too-large",
            source.matter.line("quiz", "draw"),
            f"{draw} questions shall be drawn, but the quiz has {questions}.",
        )
    for rule in ("draw", "time_limit"):
        if getattr(source.rules, rule) is not None:
            source.diagnostics.add(
                "unsupported-rule",
                source.matter.line("quiz", rule),
                f"`{rule}` is not supported yet.",
                hint="remove it: all questions are shown, without a time limit",
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


def _check_media(source: Source, course: Course, fields: dict[str, str], content: Path) -> None:
    for name in ("video", "captions"):
        line = source.matter.line("course", name)
        given = fields.get(name)
        if given and not (content / source.path.parent / given).is_file():
            source.diagnostics.add(
                "missing-file",
                line,
                f"`{name}: {given}` does not exist.",
                hint="the path counts from this page",
            )
        elif not given and course.type is CourseType.VIDEO:
            source.diagnostics.add("missing-key", line, f"A VIDEO course needs the key `{name}`.")


def _check_nav(nav: Sequence[NavEntry], sources: Sequence[Source]) -> Diagnostics:
    diagnostics = Diagnostics("mkdocs.yml")
    known = {str(source.path) for source in sources}
    for entry in nav:
        if entry.path.endswith(".md") and entry.path not in known:
            diagnostics.add(
                "nav-without-file",
                entry.line,
                f"`nav` names `{entry.path}`, which does not exist.",
                hint=did_you_mean(entry.path, known),
            )
    listed = {entry.path for entry in nav}
    for source in sources:
        if str(source.path) not in listed and {"track", "course"} & source.matter.values.keys():
            source.diagnostics.add(
                "file-without-nav",
                1,
                "The page is not in `nav`, so nobody would find it.",
                hint=f"add `{source.path}` to `nav` in mkdocs.yml",
            )
    return diagnostics


def _check_places(sources: Sequence[Source], tracks: set[str]) -> None:
    for source in sources:
        keys = source.matter.values.keys()
        if "track" in keys and (source.path.name != "index.md" or len(source.path.parts) != 2):
            source.diagnostics.add(
                "misplaced-track",
                source.matter.line("track"),
                "A track is the page `<track>/index.md`.",
                hint="move it into a folder of its own",
            )
        if "course" in keys and source.path.parent.as_posix() not in tracks:
            source.diagnostics.add(
                "course-without-track",
                source.matter.line("course"),
                f"`{source.path.parent}/` is no track.",
                hint=f"give {source.path.parent}/index.md the front matter `track:`",
            )
        if "course" not in keys and (source.page.quiz or source.page.practice):
            number = source.page.quiz.number if source.page.quiz else source.page.practice[0].parsed.number
            source.diagnostics.add(
                "quiz-without-course",
                number,
                "A page that is no course has questions.",
                hint="add `course: {type: TEXT, minutes: 10}` to its front matter",
            )


def _check_prerequisites(sources: Sequence[Source], tracks: set[str]) -> None:
    for source in sources:
        given = source.matter.values.get("track")
        wanted = given.get("prerequisites") if isinstance(given, dict) else None
        for name in wanted if isinstance(wanted, list) else ():
            if name not in tracks or name == source.path.parent.as_posix():
                source.diagnostics.add(
                    "unknown-prerequisite",
                    source.matter.line("track", "prerequisites"),
                    f"`{name}` is no other track.",
                    hint=did_you_mean(str(name), sorted(tracks)),
                )


def _refuse_same_quiz(sources: Sequence[Source]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        section = source.page.quiz
        groups = [(section.number, section.questions)] if section and section.questions else []
        for number, group in [*groups, *((one.parsed.number, (one.parsed,)) for one in source.page.practice)]:
            revision = revision_of([parsed.question for parsed in group])
            if revision in seen:
                source.diagnostics.add(
                    "same-quiz",
                    number,
                    f"The same questions stand in {seen[revision].diagnostics.path}, so they could not be told apart.",
                    hint="reword a question, or keep the quiz in one place",
                )
            seen.setdefault(revision, source)
