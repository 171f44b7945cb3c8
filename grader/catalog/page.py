"""A page of Markdown, cut into text, its quiz and its practice questions. The site's extension and the catalog both
read pages with this module, so they cannot see different questions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from grader.catalog.model import Topic
from grader.catalog.orphans import refuse_quote, without_orphans, without_stray_quotes
from grader.catalog.question import read_question
from grader.catalog.topics import read_topics
from grader.diagnostics import Diagnostics, did_you_mean
from grader.lines import Heading, Line, attributes, dedented, headings, read_lines, text_of
from grader.questions.kind import Parsed
from grader.questions.quote import first_quote
from grader.questions.stray import concealed, explains_a_list, has_blank, has_bracket, is_ticked, looks_like_option
from grader.questions.tasklist import TASK

_PRACTICE = re.compile(r'^(?P<fold>!!!|\?\?\?\+?) +question(?: +"(?P<title>[^"]*)")? *$')
_NEARLY_QUIZ = re.compile(
    r"^[\s>]*(?:#{1,6}|<h[1-6]>)(?:[\W_]*quiz(?:zes)?[\W\d_]*(?:\{[^{}]*\}|</h[1-6]>)?|.*\{[^{}]*\.quiz\b[^{}]*\})\s*$",
    re.IGNORECASE,
)
_NEARLY_PRACTICE = re.compile(r"^[\s>]*(?:!!!|\?\?\?\+?)\s*question\b.*\btype=", re.IGNORECASE)


class Text(msgspec.Struct, frozen=True):
    lines: Sequence[Line]


class QuizSection(msgspec.Struct, frozen=True, kw_only=True):
    heading: Heading
    number: int
    intro: str  # Markdown between the heading and the first question
    questions: tuple[Parsed, ...]


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    fold: str  # `!!!`, or `???` when it can be folded
    parsed: Parsed


Segment = Text | QuizSection | Practice


class Page(msgspec.Struct, frozen=True, kw_only=True):
    segments: tuple[Segment, ...]
    topics: tuple[Topic, ...]  # the headings outside the quiz
    lines: Sequence[Line]  # all of them, answers too

    @property
    def quiz(self) -> QuizSection | None:
        return next((one for one in self.segments if isinstance(one, QuizSection)), None)

    @property
    def practice(self) -> tuple[Practice, ...]:
        return tuple(one for one in self.segments if isinstance(one, Practice))

    @property
    def questions(self) -> tuple[Parsed, ...]:
        """Of the quiz and of practice, in no order."""
        return (*(self.quiz.questions if self.quiz else ()), *(one.parsed for one in self.practice))

    def line(self, number: int) -> Line:
        """The line of this number; an empty one when it is cut out of the page."""
        return next((line for line in self.lines if line.number == number), Line(number, ""))


def read_page(text: str, diagnostics: Diagnostics, *, first: int = 1) -> Page:
    """Cut up a page. `text` comes without front matter; `first` is the number of its first line in the file.

    Where a mistake would show an answer, the place is left out of the page as well as reported.
    """
    lines = [*without_orphans(read_lines(text, diagnostics, first=first), diagnostics)]
    found = headings(lines)
    start = next((n for n, heading in found.items() if _is_quiz(heading)), len(lines))
    end = next((n for n, heading in found.items() if n > start and heading.level <= 2), len(lines))
    segments: list[Segment] = [*_read_text(lines[:start], diagnostics)]
    if start < len(lines):
        inside = {n - start: heading for n, heading in found.items() if start <= n < end}
        segments.append(_read_quiz(lines[start:end], inside, diagnostics))
        segments += _read_after(lines[end:], diagnostics)
    topics = read_topics(heading for n, heading in found.items() if not start <= n < end)
    page = Page(segments=tuple(segments), topics=topics, lines=lines)
    _check_questions(page, diagnostics)
    return page


def _is_quiz(heading: Heading) -> bool:
    if heading.level != 2:
        return False
    return heading.text.casefold() == "quiz" or "quiz" in attributes(heading.attributes).get("class", "").split()


def _read_after(lines: Sequence[Line], diagnostics: Diagnostics) -> Iterator[Text | Practice]:
    """The text behind the quiz, up to where it looks as if the quiz had ended too early."""
    for segment in _read_text(lines[: _refuse_headings(lines, diagnostics)], diagnostics):
        if isinstance(segment, Text) and refuse_quote(segment.lines, diagnostics) < len(segment.lines):
            yield Text(segment.lines[: first_quote(segment.lines)])
            return
        yield segment


def _refuse_headings(lines: Sequence[Line], diagnostics: Diagnostics) -> int:
    """The index of the first heading that must not stand behind a quiz; the number of lines when there is none."""
    refused = []
    for n, heading in headings(lines).items():
        if _is_quiz(heading):
            refused.append(n)
            diagnostics.add(
                "two-quizzes",
                lines[n].place(),
                "The page has a second quiz.",
                hint="move it to a course of its own",
            )
        elif heading.level == 1:
            refused.append(n)
            diagnostics.add(
                "title-after-quiz",
                lines[n].place(),
                "A level-1 heading ends the quiz.",
                hint="questions are level 3: `###`",
            )
        elif heading.level == 3 and not refused:
            refused.append(n)
            diagnostics.add(
                "title-after-quiz",
                lines[n].place(),
                "A level-3 heading stands behind the quiz, where it is no question.",
                hint="remove the level-2 heading that ends the quiz, or move both above `## Quiz`",
            )
    return min(refused, default=len(lines))


def _read_text(lines: Sequence[Line], diagnostics: Diagnostics) -> Iterator[Text | Practice]:
    """The text as it is, its practice questions apart."""
    begin = n = 0
    asked = False
    while n < len(lines):
        line = lines[n]
        match = _PRACTICE.match(line.text) if line.text.startswith(("!!!", "???")) and not line.code else None
        end = _end_of_block(lines, n + 1) if match else n + 1
        inside = dedented(lines[n + 1 : end]) if match else ()
        if match and _asks(match["title"] or "", inside):
            yield from _read_plain(lines[begin:n], diagnostics, asked=asked)
            asked = True
            parsed = read_question(match["title"] or "", line, inside, diagnostics)
            if parsed:
                yield Practice(fold=match["fold"], parsed=parsed)
            begin = end = _skip_blank(lines, end)
        elif match and explains_a_list(inside):
            yield from _read_plain(lines[begin:n], diagnostics, asked=asked)
            diagnostics.add(
                "no-options",
                line.place(),
                "A list or a table with a quote below it: its order may be the answer, and everybody would see it.",
                hint="write `{type=order}` or `{type=match}` behind it; for text take a box such as `!!! info`",
            )
            begin = end = _skip_blank(lines, end)
        n = end
    yield from _read_plain(lines[begin:], diagnostics, asked=asked)


def _asks(title: str, inside: Sequence[Line]) -> bool:
    """Is this admonition a practice question? Without options or a blank, its type must be named."""
    if "type=" in title or has_blank(title):
        return True
    return any(
        TASK.match(line.text) or has_blank(line.text) or any(map(looks_like_option, line.comment.split("\n")))
        for line in inside
        if not line.code
    )


def _skip_blank(lines: Sequence[Line], start: int) -> int:
    """The index of the next text. Blank lines behind a question do not count: their number depends on its key."""
    return next((n for n in range(start, len(lines)) if lines[n].text.strip()), len(lines))


def _read_plain(lines: Sequence[Line], diagnostics: Diagnostics, *, asked: bool) -> Iterator[Text]:
    kept = [*without_stray_quotes(lines, diagnostics, asked=asked)]
    public = [_concealed(line) if has_bracket(line.text) else line for line in kept]
    for before, after in zip(kept, public, strict=True):
        if before is not after:
            diagnostics.add(
                "answer-outside-quiz",
                before.place("" if is_ticked(before.text) else "[["),
                "An answer stands outside a quiz, where everybody would see it.",
                hint="move it below `## Quiz`, or into an admonition `!!! question`",
            )
        elif ("#" in before.text or "type=" in before.text or "<h" in before.text) and not before.code:
            _refuse_near_misses(before, diagnostics)
    if public:
        yield Text(public)


def _refuse_near_misses(line: Line, diagnostics: Diagnostics) -> None:
    """What was meant to begin a quiz or a practice question, and would be shown with its answers."""
    if _NEARLY_QUIZ.match(line.text):
        diagnostics.add("no-quiz-heading", line.place(), "No quiz begins here.", hint="write `## Quiz`")
    elif _NEARLY_PRACTICE.match(line.text):
        diagnostics.add(
            "answer-outside-quiz",
            line.place(),
            "No practice question begins here, so everybody would see its answers.",
            hint='write `!!! question "..."` at the left edge',
        )


def _concealed(line: Line) -> Line:
    """The same line when it shows no answer. Code may hold `[[…]]`, but no ticked option."""
    if is_ticked(line.text) or (has_blank(line.text) and not line.code):
        return line.saying(concealed(line.text))
    return line


def _end_of_block(lines: Sequence[Line], start: int) -> int:
    """The index behind the lines that are indented by four, blank lines between them included."""
    end = start
    for n in range(start, len(lines)):
        if lines[n].text.startswith("    "):
            end = n + 1
        elif lines[n].text.strip():
            break
    return end


def _read_quiz(lines: Sequence[Line], found: Mapping[int, Heading], diagnostics: Diagnostics) -> QuizSection:
    heading = found[0]
    for name in attributes(heading.attributes):
        if name not in ("id", "class"):
            diagnostics.add(
                "unknown-attribute",
                lines[0].place(name),
                f"A quiz heading has no attribute `{name}`.",
                hint="rules stand under `quiz:` in the front matter",
            )
    starts = [n for n, heading in found.items() if heading.level == 3]
    if not starts:
        diagnostics.add(
            "empty-quiz", lines[0].number, "The quiz has no questions.", hint="a question is a `###` heading"
        )
    bounds = [*starts, len(lines)]
    questions = [_read_titled(found[left], lines[left:right], diagnostics) for left, right in pairwise(bounds)]
    return QuizSection(
        heading=heading,
        number=lines[0].number,
        intro=_read_intro(lines[heading.lines : bounds[0]], diagnostics),
        questions=tuple(question for question in questions if question),
    )


def _read_intro(lines: Sequence[Line], diagnostics: Diagnostics) -> str:
    """What stands before the first question; nothing when it holds an answer."""
    answer = next((line for line in lines if looks_like_option(line.text) or has_blank(line.text)), None)
    if answer is None:
        return text_of(lines)
    diagnostics.add(
        "option-without-question",
        answer.place("" if looks_like_option(answer.text) else "[["),
        "An option or a blank stands before the first question.",
        hint="add a `###` heading",
    )
    return ""


def _read_titled(heading: Heading, lines: Sequence[Line], diagnostics: Diagnostics) -> Parsed | None:
    title = f"{heading.text} {{{heading.attributes}}}" if heading.attributes else heading.text
    return read_question(title, lines[0], lines[heading.lines :], diagnostics)


def _check_questions(page: Page, diagnostics: Diagnostics) -> None:
    _refuse_doubles(page, diagnostics)
    known = {topic.id for topic in page.topics}
    for one in page.questions:
        if one.question.topic and one.question.topic not in known:
            diagnostics.add(
                "unknown-topic",
                page.line(one.number).place("topic="),
                f"No heading of this page has the id `{one.question.topic}`.",
                hint=did_you_mean(one.question.topic, sorted(known)) if known else "add a heading with that {#id}",
            )


def _refuse_doubles(page: Page, diagnostics: Diagnostics) -> None:
    seen: dict[str, int] = {}
    for one in sorted(page.questions, key=lambda one: one.number):
        name = one.question.id
        if name in seen:
            diagnostics.add(
                "double-id",
                page.line(one.number).place(f"#{name}"),
                f"The question id `{name}` stands already on line {seen[name]}.",
                hint="give each question an id of its own: {#id}",
            )
        seen.setdefault(name, one.number)
