"""A quiz on its way from one format to another."""

from collections.abc import Iterable, Iterator

import msgspec

from grader.catalog.model import QuizRules
from grader.catalog.source import Source
from grader.interchange.gate import distinct
from grader.interchange.report import Report
from grader.questions.kind import Parsed


class Picture(msgspec.Struct, frozen=True):
    """A file that questions show."""

    name: str  # as the Markdown refers to it, relative to the page
    data: bytes


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz with its keys. Options stand in the author's order; all texts are Markdown."""

    title: str
    questions: tuple[Parsed, ...]
    name: str = ""  # a short one for files and identifiers: "track/course"
    place: str = ""  # the file that it comes from
    rules: QuizRules = QuizRules()
    intro: str = ""  # what stands before the first question
    text: str = ""  # the page above the quiz, its title included
    pictures: tuple[Picture, ...] = ()


def paper_of(source: Source, report: Report, *, practice: bool) -> Paper | None:
    """The quiz of a course; with `practice` its practice questions as well. None when there is none."""
    section = source.page.quiz
    questions = list(section.questions) if section else []
    asked = [one.parsed for one in source.page.practice]
    if practice:
        questions += asked
    elif asked and questions:
        report.at(source.diagnostics.path).lost(f"Practice questions in the text stay there: {len(asked)}.")
    if not questions:
        return None
    return Paper(
        title=source.title,
        name=source.path.with_suffix("").as_posix(),
        place=source.diagnostics.path,
        rules=source.rules,
        intro=section.intro if section else "",
        questions=tuple(questions),
    )


def joined(papers: list[Paper], report: Report) -> Paper:
    """One quiz made of all of them. At least one is given."""
    first, *others = papers
    if not others:
        return first
    report.changed(f"{len(papers)} quizzes are joined to one. (With a folder as output each gets a page of its own.)")
    if any(one.rules != first.rules for one in others):
        report.lost(f"The rules of all quizzes but the first one ({first.title}).")
    return msgspec.structs.replace(
        first,
        questions=tuple(distinct((one for paper in papers for one in paper.questions), report)),
        intro="\n\n".join(_filled(paper.intro for paper in papers)),
        text="\n\n".join(_filled(paper.text for paper in papers)),
        pictures=tuple({picture.name: picture for paper in papers for picture in paper.pictures}.values()),
    )


def _filled(texts: Iterable[str]) -> Iterator[str]:
    """Each text once."""
    yield from dict.fromkeys(filter(None, texts))
