"""One question of a page: its attributes, its type, and what it must not show."""

import re
from collections.abc import Sequence

from grader.catalog.slug import unicode_slug
from grader.catalog.version import find_version
from grader.diagnostics import Diagnostics, Place, did_you_mean
from grader.lines import Line, attributes, read_lines, without_code
from grader.questions import KINDS
from grader.questions.blank import emptied
from grader.questions.kind import Parsed, Source, read_points
from grader.questions.model import Credit, Question
from grader.questions.stray import (
    explains_a_list,
    hidden_by,
    public_pieces,
    stray_blanks,
    stray_errata,
    stray_feedback,
    stray_options,
)
from grader.questions.tasklist import read_task_list

_ATTRIBUTES = ("id", "type", "topic", "since", "points", "credit")
_BRACES = re.compile(r"\{([^{}]*)\}\s*$")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]")


def read_question(title: str, at: Line, lines: Sequence[Line], diagnostics: Diagnostics) -> Parsed | None:
    """The question below the line `at`; None when nothing in it can be answered, or when it would show an answer."""
    braces = _BRACES.search(title)
    given = attributes(braces[1]) if braces else {}
    text = (title[: braces.start()] if braces else title).strip()
    _check_attributes(given, at, diagnostics)
    if not text:
        diagnostics.add("empty-question", at.place(), "The question has no text.")
    noted = Diagnostics(diagnostics.path)
    source = Source(
        id=given.get("id") or unicode_slug(emptied(text)) or "question",
        text=text,
        attributes=given,
        lines=lines,
        tasks=read_task_list(lines, noted),
        mistakes=noted.found,
        at=at,
    )
    parsed = _parse(source, diagnostics)
    if parsed is None:
        return None
    pieces = public_pieces(parsed.question)
    if _shows_an_answer(parsed.question, pieces, source, diagnostics):
        return None
    _check_footnotes(parsed, source, diagnostics)
    hidden = hidden_by(pieces)
    if hidden:
        diagnostics.add(
            "hidden-text",
            _place_of(hidden, source),
            "The question holds text that only shows in the page's source, such as a script.",
            hint="remove it, or write it into the explanation",
        )
    return parsed


def _check_attributes(given: dict[str, str], at: Line, diagnostics: Diagnostics) -> None:
    for name in given:
        if name not in _ATTRIBUTES:
            diagnostics.add(
                "unknown-attribute",
                at.place(name),
                f"A question has no attribute `{name}`.",
                hint=did_you_mean(name, _ATTRIBUTES),
            )
    if "points" in given and read_points(given["points"]) is None:
        diagnostics.add(
            "bad-points",
            at.place("points="),
            f"`points={given['points']}` is not possible.",
            hint="write a number up to 100",
        )
    if "credit" in given and given["credit"] not in list(Credit):
        diagnostics.add(
            "bad-credit",
            at.place("credit="),
            f"`credit={given['credit']}` is not possible.",
            hint=did_you_mean(given["credit"], Credit),
        )
    if "since" in given and find_version(given["since"]) is None:
        diagnostics.add(
            "bad-since",
            at.place("since="),
            f"`since={given['since']}` is not possible.",
            hint="write a version of the track, such as since=2.0",
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
            source.at.place("type="),
            f"There is no question type `{named}`.",
            hint=did_you_mean(named, names),
        )
    else:
        diagnostics.add(
            "no-options",
            source.at.place(),
            f"The question {source.text!r} has nothing to answer.",
            hint="add a task list: `- [x] right` and `- [ ] wrong`",
        )
    return None


def _shows_an_answer(question: Question, pieces: Sequence[str], source: Source, diagnostics: Diagnostics) -> bool:
    options = [*stray_options(pieces), *stray_feedback(question)]
    blanks, errata = [*stray_blanks(pieces)], [*stray_errata(pieces)]
    explained = ">" in question.body and explains_a_list(read_lines(question.body, Diagnostics("body")))
    for line in options:
        diagnostics.add(
            "stray-option",
            _place_of(line.strip(), source),
            f"This is no option and no feedback as it stands, but shown to everybody: {line.strip()!r}.",
            hint="begin every option with `- [ ]` at the left edge, and keep options and quotes out of code",
        )
    for line in blanks:
        diagnostics.add(
            "stray-blank",
            _place_of(line.strip(), source),
            f"This is not read as a blank, but shown to everybody: {line.strip()!r}.",
            hint="a question has either options or one blank, and no other `[[…]]`, not even in code",
        )
    for mark in errata:
        diagnostics.add(
            "unknown-attribute",
            _place_of(mark, source),
            f"`{mark}` means nothing here, and everybody would see it.",
            hint="write it behind the first line of an option of a task list",
        )
    if explained:
        diagnostics.add(
            "stray-quote",
            source.at.place(),
            "A quote stands below a list or a table, before the blank: everybody sees it, and it may explain them.",
            hint="put what explains the answer behind it, and other quotes above the list",
        )
    return bool(options or blanks or errata or explained)


def _place_of(text: str, source: Source, *, last: bool = False) -> Place:
    """Where the text stands first, or last."""
    lines = [line for line in source.lines if text in line.text] or [source.at]
    return lines[-1 if last else 0].place(text)


def _check_footnotes(parsed: Parsed, source: Source, diagnostics: Diagnostics) -> None:
    answers = (parsed.explanation, *parsed.feedback.values())
    footnote = next(filter(None, (_FOOTNOTE.search(without_code(text)) for text in answers if "[^" in text)), None)
    if footnote:
        diagnostics.add(
            "footnote-in-answer",
            _place_of(footnote[0], source, last=True),
            "A feedback or explanation refers to a footnote, and the page would show the note to everybody.",
            hint="write the note itself into the explanation",
        )
