"""Questions with their keys as their author writes them: the Markdown from which `read_page` reads them again."""

from collections.abc import Sequence

from grader.catalog.page import read_page
from grader.diagnostics import Diagnostic, Diagnostics
from grader.questions import KINDS
from grader.questions.kind import Parsed
from grader.questions.model import Credit, Question
from grader.questions.quote import quoted


def quiz_section(questions: Sequence[Parsed], *, heading: str = "Quiz", intro: str = "") -> str:
    """The section of a page, to its last line. A heading other than Quiz gets the class that makes it a quiz."""
    title = f"## {heading}" if heading.casefold() == "quiz" else f"## {heading} {{.quiz}}"
    return "\n\n".join(filter(None, [title, intro, *map(question_source, questions)])) + "\n"


def question_source(parsed: Parsed) -> str:
    """The question as Markdown. Its type is named only where it would be taken for another one."""
    plain = _source(parsed, typed=False)
    return plain if _reads_back(plain, parsed) else _source(parsed, typed=True)


def faults(parsed: Parsed) -> tuple[Diagnostic, ...] | None:
    """Why a question cannot be written: what is wrong with its Markdown, which may be nothing but that it reads
    differently. None when it can.
    """
    source = question_source(parsed)
    if _reads_back(source, parsed):
        return None
    return tuple(_read(source, parsed)[1])


def attributes_of(question: Question, *, typed: bool = True) -> str:
    """What stands in braces behind the heading."""
    named = {
        "type": KINDS[question.type].names[0] if typed else None,
        "topic": question.topic,
        "since": question.since,
        "points": str(question.points).removesuffix(".0") if question.points != 1 else None,
        "credit": question.credit if question.credit is Credit.PARTIAL else None,
    }
    return " ".join([f"#{question.id}", *(f"{name}={value}" for name, value in named.items() if value)])


def _source(parsed: Parsed, *, typed: bool) -> str:
    written = KINDS[parsed.question.type].write_with_key(parsed.question, parsed.key)
    heading = f"### {written.text} {{{attributes_of(parsed.question, typed=typed)}}}"
    explanation = "\n".join(quoted(parsed.explanation))
    return "\n\n".join(filter(None, [heading, written.body, written.answers, explanation]))


def _reads_back(source: str, parsed: Parsed) -> bool:
    read, mistakes = _read(source, parsed)
    return not mistakes and [(one.question, one.key) for one in read] == [(parsed.question, parsed.key)]


def _read(source: str, parsed: Parsed) -> tuple[Sequence[Parsed], Sequence[Diagnostic]]:
    """What a page with this question holds; its topic stands in it."""
    diagnostics = Diagnostics("page")
    topic = parsed.question.topic
    above = f"## Topic {{#{topic}}}\n\n" if topic else ""
    page = read_page(f"{above}## Quiz\n\n{source}\n", diagnostics)
    return page.quiz.questions if page.quiz else (), diagnostics.found
