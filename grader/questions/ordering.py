"""ORDERING: an ordered list, written in the right order."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, item_text, text_of
from grader.questions.kind import (
    Blocks,
    Parsed,
    Response,
    Source,
    Written,
    indented,
    option_id,
    refuse_doubles,
)
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType
from grader.questions.placing import rows
from grader.questions.quote import first_quote, unquoted

_ITEM = re.compile(r"^ ?(?P<number>\d+)[.)] +(?P<text>.*)$")


class Ordering(msgspec.Struct, frozen=True):
    type: QuestionType = QuestionType.ORDERING
    names: tuple[str, ...] = ("order", "ordering")
    hint: str = "Give each item its place in the order, from 1."

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        if source.attributes.get("type", "order") not in self.names:
            return None
        first = next((n for n, line in enumerate(source.lines) if _starts_item(line)), None)
        if first is None:
            return None
        end = _end_of_list(source.lines, first)
        starts = [n for n in range(first, end) if _starts_item(source.lines[n])]
        bounds = [*starts, end]
        items = [_item(source.lines[bounds[n] : bounds[n + 1]]) for n in range(len(starts))]
        options = tuple(Option(option_id(source.id, text), text) for text in items)
        if len(options) < 2:
            diagnostics.add("one-option", source.at.place(), "There is nothing to put in order.", hint="add items")
        lines = [source.lines[n] for n in starts]
        _check_numbers(lines, diagnostics)
        refuse_doubles([(o.id, o.text, line) for o, line in zip(options, lines, strict=True)], diagnostics)
        return Parsed(
            question=source.question(self.type, body=text_of(source.lines[: starts[0]]), options=options),
            right=tuple(option.id for option in options),
            explanation=unquoted(source.lines[end:], diagnostics),
            number=source.at.number,
        )

    def write(self, question: Question) -> str:
        return "\n".join(f"{n}. {indented(option.text, 4)}" for n, option in enumerate(question.options, 1))

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        options = {option.id: option for option in question.options}
        ordered = msgspec.structs.replace(question, options=tuple(options[name] for name in key.right))
        return Written(text=question.text, body=question.body, answers=self.write(ordered))

    def parts(self, question: Question) -> Sequence[str]:
        return [option.text for option in question.options]

    def controls(self, question: Question, parts: Sequence[Blocks]) -> list[Element]:
        places = [(str(n), str(n)) for n in range(1, len(question.options) + 1)]
        labels = [(option.id, blocks) for option, blocks in zip(question.options, parts, strict=True)]
        return [rows(question.id, labels, places)]

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        """The options by their places; an empty text where nothing was placed."""
        known = {option.id for option in question.options}
        for place, given in enumerate(response):
            if given and given not in known:
                return place, f"Question {question.id!r} has no option {given!r}."
            if given and given in response[:place]:
                return place, f"Option {given!r} is named twice."
        if response and len(response) != len(known):
            return len(response) - 1, f"Question {question.id!r} takes all its {len(known)} options in order."
        return None

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:
        """With partial credit, the share of items at their place."""
        right = sum(given == wanted for given, wanted in zip(response, key.right, strict=True))
        return right / len(key.right) if question.credit is Credit.PARTIAL else float(right == len(key.right))


def _check_numbers(items: Sequence[Line], diagnostics: Diagnostics) -> None:
    """They never count down: else somebody may have meant them to be the order."""
    numbers = [match["number"].lstrip("0") for line in items if (match := _ITEM.match(line.text))]
    if numbers != sorted(numbers, key=lambda number: (len(number), number)):
        diagnostics.add(
            "bad-order",
            items[0].place(),
            "The items are not numbered in the order in which they stand, which is the right one.",
            hint="write them in the right order, and count up, or number all of them 1",
        )


def _end_of_list(lines: Sequence[Line], first: int) -> int:
    """The index behind the last item: where at the left edge a quote, a heading, or text after a blank line stands."""
    quote = first_quote(lines, first)
    for n in range(first + 1, quote):
        line = lines[n]
        if line.code or _starts_item(line) or line.text.startswith("  ") or not line.text.strip():
            continue
        if line.text.startswith("#") or not lines[n - 1].text.strip():
            return n
    return quote


def _starts_item(line: Line) -> bool:
    return not line.code and _ITEM.match(line.text) is not None


def _item(lines: Sequence[Line]) -> str:
    match = _ITEM.match(lines[0].text)
    assert match is not None
    return item_text(match["text"].strip(), lines[1:])


KIND = Ordering()
