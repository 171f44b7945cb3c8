"""`grader export`: what is in the project, for other systems. A format is one command of this group."""

import posixpath
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.catalog.source import Source
from grader.cli.exchange import Folder, options, stop_when_lost, tell, tell_files, write_files
from grader.cli.private import keep_private
from grader.diagnostics import ContentError, did_you_mean
from grader.errors import SetupError
from grader.interchange.gift import write_gift
from grader.interchange.paper import Paper, paper_of
from grader.interchange.qti import write_qti
from grader.interchange.report import Report
from grader.settings import Settings
from grader.site.project import project_of, read_content

Write = Callable[[Sequence[Paper], Report], bytes]


class Wanted(NamedTuple):
    """What the options say."""

    courses: tuple[str, ...]
    tracks: tuple[str, ...]
    every: bool
    output: Path
    practice: bool
    force: bool
    strict: bool
    style: str


@click.group("export")
def export_group() -> None:
    """Write quizzes or data for other systems."""


_options = options(
    click.argument("courses", nargs=-1, metavar="[COURSE...]"),
    click.option("--track", "tracks", multiple=True, help="All quizzes of this track; may be given again."),
    click.option("--all", "every", is_flag=True, help="All quizzes."),
    click.option(
        "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
    ),
    click.option("--practice", is_flag=True, help="The practice questions in the text as well."),
    click.option("--force", is_flag=True, help="Replace the file when it exists."),
)
"""What all formats of quizzes take."""


@export_group.command("gift", short_help="Write quizzes in GIFT, the text format of Moodle.")
@_options
@click.pass_obj
def gift_command(settings: Settings, /, **given: Any) -> None:
    """Write quizzes in GIFT, the text format of Moodle: questions AND RIGHT ANSWERS.

    COURSE is a course as in `basics/intake`. Several quizzes become categories. What GIFT cannot say is told on
    stderr, question by question.

    \b
      grader export gift basics/intake -o intake.gift
      grader export gift --track basics --strict -o basics.gift
    """
    _run(settings, lambda papers, report: write_gift(papers, report).encode(), Wanted(**given))


@export_group.command("qti", short_help="Write quizzes as a content package of QTI 2.1.")
@_options
@click.pass_obj
def qti_command(settings: Settings, /, **given: Any) -> None:
    """Write quizzes as a content package of IMS/1EdTech QTI 2.1: questions, pictures AND RIGHT ANSWERS.

    COURSE is a course as in `basics/intake`. Each quiz becomes a test. What QTI cannot say is told on stderr, question
    by question.

    \b
      grader export qti basics/intake -o intake.zip
      grader export qti --all -o everything.zip
    """
    content = settings.folder / settings.content
    _run(settings, lambda papers, report: write_qti(papers, report, _pictures(content)), Wanted(**given))


def _pictures(content: Path) -> Callable[[Paper, str], bytes | None]:
    folder = Folder(content)

    def load(paper: Paper, address: str) -> bytes | None:
        return folder.find(posixpath.join(posixpath.dirname(paper.name), address))

    return load


def _run(settings: Settings, write: Write, wanted: Wanted) -> None:
    keep_private(settings, wanted.output)
    report = Report(str(wanted.output))
    sources = _selected(_courses(settings), wanted)
    papers = [paper for source in sources if (paper := paper_of(source, report, practice=wanted.practice))]
    data = write(papers, report)
    tell(report.remarks, sum(len(paper.questions) for paper in papers), wanted.style)
    stop_when_lost(report.remarks, strict=wanted.strict)
    write_files({wanted.output: data}, force=wanted.force)
    tell_files("Written, with the right answers", [wanted.output], wanted.style)


def _courses(settings: Settings) -> dict[str, Source]:
    """The courses with questions, by their id. Raises ContentError while the content has mistakes."""
    found = read_content(project_of(settings))
    if found.diagnostics:
        raise ContentError(found.diagnostics, "Nothing was exported.")
    return {
        source.path.with_suffix("").as_posix(): source
        for source in found.sources
        if source.page.quiz or source.page.practice
    }


def _selected(courses: Mapping[str, Source], wanted: Wanted) -> list[Source]:
    """In the order of the site. Raises SetupError for what does not exist."""
    if wanted.every:
        return list(courses.values())
    tracks = {name.partition("/")[0] for name in courses}
    _refuse_unknown("course with questions", wanted.courses, courses)
    _refuse_unknown("track with questions", wanted.tracks, tracks)
    chosen = [
        source for name, source in courses.items() if name in wanted.courses or name.partition("/")[0] in wanted.tracks
    ]
    if not chosen:
        raise SetupError("Say what to export: courses such as `track/course`, --track TRACK, or --all.")
    return chosen


def _refuse_unknown(noun: str, names: Sequence[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise SetupError(f"There is no {noun} {name!r}: {did_you_mean(name, sorted(known))}")
