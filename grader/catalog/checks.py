"""Mistakes that show only when all of content/ is known."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.catalog.model import Course, CourseType
from grader.catalog.nav import NavEntry
from grader.catalog.revision import revision_of
from grader.catalog.source import Source
from grader.diagnostics import Diagnostic, Diagnostics, did_you_mean

_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn|mkd|mdx)(?![a-z0-9])", re.IGNORECASE)


def check_nav(nav: Sequence[NavEntry], sources: Sequence[Source]) -> Diagnostics:
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


def check_places(sources: Sequence[Source], tracks: set[str]) -> None:
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


def check_prerequisites(sources: Sequence[Source], tracks: set[str]) -> None:
    for source in sources:
        given = source.matter.values.get("track")
        wanted = given.get("prerequisites") if isinstance(given, dict) else None
        for name in wanted if isinstance(wanted, list) else ():
            if name not in tracks or name == source.path.parent.as_posix():
                source.diagnostics.add(
                    "unknown-prerequisite",
                    source.matter.line("track", "prerequisites"),
                    f"`{name}` is no other track.",
                    hint=did_you_mean(str(name), sorted(tracks - {source.path.parent.as_posix()})),
                )


def refuse_same_quiz(sources: Sequence[Source]) -> None:
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


def check_media(source: Source, course: Course, fields: dict[str, str], content: Path) -> None:
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


def refuse_unread(content: Path, published: Sequence[Path]) -> Iterator[Diagnostic]:
    for path in published:
        if is_unread(path):
            yield Diagnostic(
                path=f"{content.name}/{path.relative_to(content).as_posix()}",
                line=1,
                column=1,
                code="unread-page",
                message="The file is not read as a page, and would be published with its answers.",
                hint="let its name end in `.md`, or remove it",
            )


def is_unread(file: Path) -> bool:
    """Does it look like a page, though it is not read as one?"""
    return file.suffix != ".md" and _MARKDOWN.search(file.name) is not None
