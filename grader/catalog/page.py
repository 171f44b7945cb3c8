"""A page of Markdown, cut into text, its quiz and its practice questions. The site's extension and the catalog both
read pages with this module, so they cannot see different questions.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
from markdown.extensions.toc import slugify, slugify_unicode

from grader.catalog.model import Topic
from grader.diagnostics import Diagnostics, did_you_mean
from grader.lines import Heading, Line, attributes, dedented, heading_at, read_lines, text_of
from grader.questions import KINDS
from grader.questions.kind import Parsed, Source, read_points
from grader.questions.model import Credit
from grader.questions.tasklist import TASK

_PRACTICE = re.compile(r'^(?P<fold>!!!|\?\?\?\+?) +question(?: +"(?P<title>[^"]*)")? *$')
_ADMONITION = re.compile(r"^(!!!|\?\?\?\+?) ")
_BRACES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_MARKUP = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\[[^\]]*\]")
_QUESTION_ATTRIBUTES = ("id", "type", "topic", "since", "points", "credit")


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

    @property
    def quiz(self) -> QuizSection | None:
        return next((one for one in self.segments if isinstance(one, QuizSection)), None)

    @property
    def practice(self) -> tuple[Practice, ...]:
        return tuple(one for one in self.segments if isinstance(one, Practice))


def read_page(text: str, diagnostics: Diagnostics, *, first: int = 1) -> Page:
    """Cut up a page. `text` comes without front matter; `first` is the number of its first line in the file."""
    lines = read_lines(text, diagnostics, first=first)
    start = next((n for n in range(len(lines)) if _is_quiz(heading_at(lines, n))), len(lines))
    end = _end_of_quiz(lines, start)
    segments: list[Segment] = [*_read_text(lines[:start], diagnostics)]
    if start < len(lines):
        segments.append(_read_quiz(lines[start:end], diagnostics))
    segments += _read_text(lines[end:], diagnostics)
    _refuse_second_quiz(lines, end, diagnostics)
    page = Page(segments=tuple(segments), topics=tuple(_topics([*lines[:start], *lines[end:]])))
    _check_questions(page, diagnostics)
    return page


def _is_quiz(heading: Heading | None) -> bool:
    if heading is None or heading.level != 2:
        return False
    return heading.text.casefold() == "quiz" or "quiz" in attributes(heading.attributes).get("class", "").split()


def _end_of_quiz(lines: Sequence[Line], start: int) -> int:
    for n in range(start + 1, len(lines)):
        heading = heading_at(lines, n)
        if heading and heading.level <= 2 and not (start == n - 1 and heading.lines == 2):
            return n
    return len(lines)


def _refuse_second_quiz(lines: Sequence[Line], end: int, diagnostics: Diagnostics) -> None:
    for n in range(end, len(lines)):
        heading = heading_at(lines, n)
        if _is_quiz(heading):
            diagnostics.add(
                "two-quizzes",
                lines[n].number,
                "The page has a second quiz.",
                hint="move it to a course of its own",
            )
        elif heading and heading.level == 1:
            diagnostics.add(
                "title-after-quiz",
                lines[n].number,
                "A level-1 heading ends the quiz.",
                hint="questions are level 3: `###`",
            )


def _read_text(lines: Sequence[Line], diagnostics: Diagnostics) -> Iterator[Text | Practice]:
    """The text as it is, its practice questions apart."""
    begin = n = 0
    while n < len(lines):
        match = None if lines[n].code else _PRACTICE.match(lines[n].text)
        end = _end_of_block(lines, n + 1) if match else n + 1
        parsed = _read_practice(match["title"] or "", lines[n:end], diagnostics) if match else None
        if match and parsed:
            yield from _read_plain(lines[begin:n], diagnostics)
            yield Practice(fold=match["fold"], parsed=parsed)
            begin = end
        n = end
    yield from _read_plain(lines[begin:], diagnostics)


def _read_plain(lines: Sequence[Line], diagnostics: Diagnostics) -> Iterator[Text]:
    for line in lines:
        task = None if line.code else TASK.match(line.text.lstrip("> "))
        if task and task["mark"] in ("x", "X"):
            diagnostics.add(
                "answer-outside-quiz",
                line.number,
                "A ticked option stands outside a quiz, where everybody would see it.",
                hint="move it below `## Quiz`, or into an admonition `!!! question`",
            )
    if lines:
        yield Text(lines)


def _end_of_block(lines: Sequence[Line], start: int) -> int:
    """The index behind the lines that are indented by four, blank lines between them included."""
    end = start
    for n in range(start, len(lines)):
        if lines[n].text.startswith("    "):
            end = n + 1
        elif lines[n].text.strip():
            break
    return end


def _read_practice(title: str, block: Sequence[Line], diagnostics: Diagnostics) -> Parsed | None:
    inside = dedented(block[1:])
    if "type=" not in title and not any(TASK.match(line.text) for line in inside if not line.code):
        return None
    return _read_question(title, block[0], inside, diagnostics)


def _read_quiz(lines: Sequence[Line], diagnostics: Diagnostics) -> QuizSection:
    heading = heading_at(lines, 0)
    assert heading is not None
    starts = [n for n in range(heading.lines, len(lines)) if _is_question(heading_at(lines, n))]
    bounds = [*starts, len(lines)]
    intro = lines[heading.lines : bounds[0]]
    questions = [_read_heading_and_question(lines[bounds[n] : bounds[n + 1]], diagnostics) for n in range(len(starts))]
    for line in intro:
        if TASK.match(line.text) and not line.code:
            diagnostics.add(
                "option-without-question",
                line.number,
                "An option stands before the first question.",
                hint="add a `###` heading",
            )
            break
    if not starts:
        diagnostics.add(
            "empty-quiz", lines[0].number, "The quiz has no questions.", hint="a question is a `###` heading"
        )
    return QuizSection(
        heading=heading,
        number=lines[0].number,
        intro="" if any(TASK.match(line.text) for line in intro) else text_of(intro),
        questions=tuple(question for question in questions if question),
    )


def _is_question(heading: Heading | None) -> bool:
    return heading is not None and heading.level == 3


def _read_heading_and_question(lines: Sequence[Line], diagnostics: Diagnostics) -> Parsed | None:
    heading = heading_at(lines, 0)
    assert heading is not None
    title = f"{heading.text} {{{heading.attributes}}}" if heading.attributes else heading.text
    return _read_question(title, lines[0], lines[heading.lines :], diagnostics)


def _read_question(title: str, at: Line, lines: Sequence[Line], diagnostics: Diagnostics) -> Parsed | None:
    braces = _BRACES.search(title)
    given = attributes(braces[1]) if braces else {}
    text = _BRACES.sub("", title).strip()
    for name in given:
        if name not in _QUESTION_ATTRIBUTES and not name.startswith("data-"):
            diagnostics.add(
                "unknown-attribute",
                at.number,
                f"A question has no attribute `{name}`.",
                column=max(at.text.find(name), 0) + 1,
                hint=did_you_mean(name, _QUESTION_ATTRIBUTES),
            )
    _check_attributes(given, at, diagnostics)
    if not text:
        diagnostics.add("empty-question", at.number, "The question has no text.")
    source = Source(
        id=given.get("id") or slugify_unicode(text, "-") or "question",
        text=text,
        attributes=given,
        lines=lines,
        number=at.number,
    )
    return _parse(source, diagnostics)


def _check_attributes(given: dict[str, str], at: Line, diagnostics: Diagnostics) -> None:
    if "points" in given and read_points(given["points"]) is None:
        diagnostics.add(
            "bad-points", at.number, f"`points={given['points']}` is not possible.", hint="write a number up to 100"
        )
    if given.get("credit", "exact") not in list(Credit):
        diagnostics.add(
            "bad-credit",
            at.number,
            f"`credit={given['credit']}` is not possible.",
            hint=did_you_mean(given["credit"], Credit),
        )


def _parse(source: Source, diagnostics: Diagnostics) -> Parsed | None:
    for kind in KINDS.values():
        parsed = kind.parse(source, diagnostics)
        if parsed:
            return parsed
    named = source.attributes.get("type")
    names = [name for kind in KINDS.values() for name in kind.names]
    if named is not None and named not in names:
        diagnostics.add(
            "unknown-type",
            source.number,
            f"There is no question type `{named}`.",
            hint=did_you_mean(named, names),
        )
    else:
        diagnostics.add(
            "no-options",
            source.number,
            f"The question {source.text!r} has nothing to answer.",
            hint="add a task list: `- [x] right` and `- [ ] wrong`",
        )
    return None


def _topics(lines: Sequence[Line]) -> Iterator[Topic]:
    for n in range(len(lines)):
        heading = heading_at(lines, n)
        if heading and heading.text:
            title = plain(heading.text)
            yield Topic(id=attributes(heading.attributes).get("id") or slugify(title, "-"), title=title)


def plain(text: str) -> str:
    """Inline Markdown without its marks."""
    return _MARKUP.sub(lambda match: match[1] or match[2] or "", text).strip()


def _check_questions(page: Page, diagnostics: Diagnostics) -> None:
    parsed = [*(page.quiz.questions if page.quiz else ()), *(one.parsed for one in page.practice)]
    _refuse_doubles(parsed, lambda one: one.question.id, diagnostics)
    known = {topic.id for topic in page.topics}
    for one in parsed:
        if one.question.topic and one.question.topic not in known:
            diagnostics.add(
                "unknown-topic",
                one.number,
                f"No heading of this page has the id `{one.question.topic}`.",
                hint=did_you_mean(one.question.topic, sorted(known)) if known else "add a heading with that {#id}",
            )


def _refuse_doubles(parsed: Sequence[Parsed], name: Callable[[Parsed], str], diagnostics: Diagnostics) -> None:
    seen: dict[str, int] = {}
    for one in sorted(parsed, key=lambda one: one.number):
        if name(one) in seen:
            diagnostics.add(
                "double-id",
                one.number,
                f"The question id `{name(one)}` stands already on line {seen[name(one)]}.",
                hint="give each question an id of its own: {#id}",
            )
        seen.setdefault(name(one), one.number)
