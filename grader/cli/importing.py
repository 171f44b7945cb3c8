"""`grader import`."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec
from markdown.extensions.toc import slugify_unicode

from grader.cli.exchange import Folder, options, read_bytes, stop_when_lost, tell, tell_files, write_files, write_out
from grader.errors import SetupError
from grader.interchange.gift import read_gift
from grader.interchange.mkdocs_quiz import read_mkdocs_quiz
from grader.interchange.page import page_of, section_of
from grader.interchange.paper import Paper, joined
from grader.interchange.pictures import with_pictures
from grader.interchange.qti import read_qti
from grader.interchange.report import Report, UnreadableError, unreadable

Read = Callable[[bytes, Path, Report], list[Paper]]


class Wanted(NamedTuple):
    """What the options say."""

    output: Path | None
    section: bool
    title: str | None
    dry_run: bool
    force: bool
    strict: bool
    style: str

    @property
    def folder(self) -> Path | None:
        return self.output if self.output and self.output.is_dir() else None


_options = options(
    click.argument(
        "files",
        nargs=-1,
        required=True,
        metavar="FILE...",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
    ),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="The page to write; a folder that exists gets a page for each quiz.  [default: print it]",
    ),
    click.option("--section", is_flag=True, help="Only the section `## Quiz`, for a page that exists."),
    click.option("--title", help="The page's title.  [default: what the file says, or its name]"),
    click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing."),
    click.option("--force", is_flag=True, help="Replace files that exist."),
)
"""What all formats take."""


@click.group("import")
def import_group() -> None:
    """Make a quiz of ours from one of another format.

    Reads one or more files, and prints a page of Markdown, or writes it with -o. Whatever could not be carried over
    is told on stderr, question by question, with file and line; nothing is dropped in silence.

    \b
      grader import gift questions.txt
      grader import mkdocs-quiz docs/page.md -o content/basics/page.md
      grader import qti package.zip -o content/basics/

    Afterwards: add the page to nav in mkdocs.yml, write the text above the quiz, run `grader check`.
    docs/interchange.md tells what is carried over.
    """


@import_group.command("gift")
@_options
def gift_command(files: Sequence[Path], **given: Any) -> None:
    """Read questions in GIFT, the text format of Moodle.

    Each $CATEGORY is a quiz of its own: with a folder as -o they get a page each, otherwise they are joined.
    """
    _run(files, _of_text(read_gift), Wanted(**given))


@import_group.command("mkdocs-quiz")
@_options
def mkdocs_quiz_command(files: Sequence[Path], **given: Any) -> None:
    """Read pages of mkdocs-quiz 1.x.

    The page's text stays; its questions, wherever they stand, become the quiz at its end.
    """
    _run(files, _of_text(read_mkdocs_quiz), Wanted(**given))


@import_group.command("qti", short_help="Read IMS/1EdTech QTI 2.1: packages, tests and items.")
@_options
def qti_command(files: Sequence[Path], **given: Any) -> None:
    """Read IMS/1EdTech QTI 2.1: a content package (zip), an item, or a test beside its items.

    Each test is a quiz of its own: with a folder as -o they get a page each, otherwise they are joined. Pictures are
    written into media/ beside the page.
    """
    _run(files, lambda data, file, report: read_qti(data, file.name, Folder(file.parent), report), Wanted(**given))


def _of_text(read: Callable[[str, Report], list[Paper]]) -> Read:
    """A reader of a text file, with the pictures beside it."""

    def read_file(data: bytes, file: Path, report: Report) -> list[Paper]:
        beside = Folder(file.parent)
        return [with_pictures(paper, beside.find, report) for paper in read(_text(data, report), report)]

    return read_file


def _run(files: Sequence[Path], read: Read, wanted: Wanted) -> None:
    report = Report(str(files[0]))
    try:
        papers = [paper for file in files for paper in _read(file, read, report)]
    except UnreadableError as error:
        click.echo(str(error), err=True)
        raise SetupError("What is not read cannot be carried over. Nothing was written.") from None
    pages = _pages(papers, wanted, report)
    tell(report.remarks, sum(len(paper.questions) for paper in papers), wanted.style)
    if not papers:
        raise SetupError("No question could be carried over. Nothing was written.")
    stop_when_lost(report.remarks, strict=wanted.strict)
    if wanted.output is None or wanted.dry_run:
        _show(pages, wanted)
    else:
        made = {path: data.encode() if isinstance(data, str) else data for path, data in pages.items()}
        write_files(made, force=wanted.force)
        tell_files("Written", pages, wanted.style)


def _read(file: Path, read: Read, report: Report) -> list[Paper]:
    papers = read(read_bytes(file), file, report.at(str(file)))
    return [msgspec.structs.replace(paper, title=paper.title or file.stem) for paper in papers]


def _pages(papers: list[Paper], wanted: Wanted, report: Report) -> dict[Path, str | bytes]:
    """The files to write, by their path; without an output the page has no name."""
    if not papers:
        return {}
    if wanted.title:
        papers = [msgspec.structs.replace(paper, title=wanted.title) for paper in papers]
    if wanted.folder is None:
        return _files(joined(papers, report), wanted.output or Path("page.md"), wanted)
    pages: dict[Path, str | bytes] = {}
    for paper in papers:
        name = slugify_unicode(paper.title, "-") or "quiz"
        free = next(one for one in _names(wanted.folder, name) if one not in pages)
        pages |= _files(paper, free, wanted)
    return pages


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / f"{name}.md"
    yield from (folder / f"{name}-{number}.md" for number in range(2, 10_000))


def _files(paper: Paper, page: Path, wanted: Wanted) -> dict[Path, str | bytes]:
    text = section_of(paper) if wanted.section else page_of(paper)
    pictures: dict[Path, str | bytes] = {page.parent / picture.name: picture.data for picture in paper.pictures}
    return {page: text, **pictures}


def _show(pages: dict[Path, str | bytes], wanted: Wanted) -> None:
    """The pages; of pictures only where they would stand."""
    for path, data in pages.items():
        if isinstance(data, str):
            write_out(data)
        else:
            click.echo(f"With -o the picture {path} is written as well ({len(data)} bytes).", err=True)
    if wanted.output:
        tell_files("Would write", pages, wanted.style)


def _text(data: bytes, report: Report) -> str:
    """UTF-8, with or without a byte order mark. Raises UnreadableError with the line that is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise unreadable(report.path, "The file is not UTF-8 from here. Save it as UTF-8.", line=line) from None
