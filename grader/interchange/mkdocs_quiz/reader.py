"""A page of mkdocs-quiz -> a quiz. What it asks in the text, one by one, becomes one quiz at the page's end."""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from grader.catalog.frontmatter import FrontMatter, read_front_matter
from grader.catalog.model import QuizRules
from grader.catalog.page import read_page
from grader.diagnostics import Diagnostics
from grader.interchange.draft import BLANK, Choice, Head, choice, filled, headed, name_of
from grader.interchange.gate import admitted
from grader.interchange.mkdocs_quiz.cut import Block, cut
from grader.interchange.paper import Paper
from grader.interchange.report import Flaw, Report, UnreadableError, unreadable
from grader.questions.kind import Parsed
from grader.questions.model import QuestionType

_OPTION = re.compile(r"^[-*] \[(.?)\] (.*)$")
_FEEDBACK = re.compile(r"^\s*>\s?(.*)$")
_BLANK = re.compile(r"\[\[([^\]]+)\]\]")
_TRUTH = ["false", "true"]


def read_mkdocs_quiz(text: str, report: Report) -> list[Paper]:
    """The page's quiz, with its text above it; none when there are no questions. Raises UnreadableError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    diagnostics = Diagnostics(report.path)
    matter = read_front_matter(text, diagnostics)
    if diagnostics.found:
        raise unreadable(report.path, diagnostics.found[0].message, line=diagnostics.found[0].line)
    page = cut(text[len(matter.raw) :], report.path, first=matter.height + 1)
    for heading in page.emptied:
        report.changed(f"`{heading}` is gone: nothing but questions stood below it.")
    questions = admitted(_questions(page.blocks, report), report)
    if not questions:
        return []
    rules = _rules(matter, report)
    _check_text(page.text, report)
    return [Paper(title=_title(matter, page.text), questions=questions, rules=rules, text=page.text)]


def _title(matter: FrontMatter, text: str) -> str:
    given = matter.values.get("title")
    first = re.match(r"# +(.*)", text)
    return str(given) if given else first[1].strip() if first else ""


def _rules(matter: FrontMatter, report: Report) -> QuizRules:
    """Of the plugin's options for a page one has a counterpart."""
    given = matter.values.get("quiz")
    options = dict(given) if isinstance(given, dict) else {}
    shuffle = options.pop("shuffle_answers", True) is not False
    for name, value in options.items():
        report.lost(
            f"The option `quiz: {{{name}: {value}}}` has no counterpart.", line=matter.key("quiz", str(name)).line
        )
    for name in matter.values.keys() - {"title", "quiz"}:
        report.lost(f"`{name}` of the front matter is not taken over.", line=matter.key(name).line)
    return QuizRules(shuffle=shuffle)


def _check_text(text: str, report: Report) -> None:
    diagnostics = Diagnostics(report.path)
    read_page(text, diagnostics)
    for one in diagnostics.found:
        report.changed(f"`grader check` will find a mistake in the page's text: {one.message}")


def _questions(blocks: Sequence[Block], report: Report) -> Iterator[Parsed]:
    flaws: list[Flaw] = []
    for block in blocks:
        text = dedent(block.text)
        first = block.line + len(text) - len(text.lstrip("\n"))
        lines = text.strip("\n").split("\n")
        parsed = _typed(lines, first, report) if _BLANK.search(text) else _ticked(lines, first, report, flaws)
        if parsed:
            yield parsed
    if flaws:
        raise UnreadableError(flaws)


def _head(markdown: str, explanation: str, line: int, report: Report) -> Head:
    text, body, given = headed(markdown, f"Question on line {line}")
    name = name_of("", text)
    if not given:
        said = f"The question begins with no line that can be the heading; the heading is {text!r}."
        report.changed(said, line=line, question=name)
    return Head(id=name, text=text, body=body, explanation=explanation, line=line)


def _typed(lines: Sequence[str], line: int, report: Report) -> Parsed | None:
    """Fill in the blank; what stands behind `---` explains."""
    rule = next((n for n, one in enumerate(lines) if n and one.strip() == "---"), len(lines))
    asked, explanation = "\n".join(lines[:rule]), "\n".join(lines[rule + 1 :]).strip("\n")
    blanks = _BLANK.findall(asked)
    head = _head(_BLANK.sub(BLANK, asked), explanation, line, report)
    if len(blanks) != 1:
        report.left_out(f"It has {len(blanks)} blanks; a question here has one.", line=line, question=head.id)
        return None
    if "|" in blanks[0]:
        report.left_out("Its answer holds `|`, which parts answers here.", line=line, question=head.id)
        return None
    return filled(head, QuestionType.SHORT_TEXT, [blanks[0].strip()])


def _ticked(lines: Sequence[str], line: int, report: Report, flaws: list[Flaw]) -> Parsed | None:
    starts = [n for n, one in enumerate(lines) if _OPTION.match(one)]
    if not starts:
        report.left_out("It has no answers.", line=line, question=name_of("", lines[0]))
        return None
    choices, end = _choices(lines, starts[0])
    for n in starts:
        match = _OPTION.match(lines[n])
        if match and match[1] not in ("x", "X", " ", ""):
            flaws.append(Flaw(report.path, line + n, f"`[{match[1]}]` is neither right nor wrong."))
    if len(starts) > len(choices):
        said = "Options stand behind the explanation and belong to it; they are not asked."
        report.changed(said, line=line, question=name_of("", lines[0]))
    head = _head("\n".join(lines[: starts[0]]), "\n".join(lines[end:]).strip("\n"), line, report)
    several = sum(one.right for one in choices) > 1
    kind = QuestionType.MULTI_SELECT if several else QuestionType.MULTIPLE_CHOICE
    if not several and sorted(one.text.casefold() for one in choices) == _TRUTH:
        kind = QuestionType.TRUE_FALSE
    return choice(head, kind, choices)


def _choices(lines: Sequence[str], start: int) -> tuple[list[Choice], int]:
    """The options from here on, each with the quote that follows at once; and where they end."""
    choices: list[Choice] = []
    n = start
    while n < len(lines):
        match = _OPTION.match(lines[n])
        if match:
            quote = n + 1
            while quote < len(lines) and _FEEDBACK.match(lines[quote]):
                quote += 1
            feedback = "\n".join(_FEEDBACK.sub(r"\1", one) for one in lines[n + 1 : quote]).strip("\n")
            choices.append(Choice(text=match[2].strip(), right=match[1] in ("x", "X"), feedback=feedback))
            n = quote
        elif lines[n].strip():
            break
        else:
            n += 1
    return choices, n
