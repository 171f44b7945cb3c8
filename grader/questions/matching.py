"""MATCHING: a table of two columns, each row a right pair."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, text_of
from grader.questions.kind import (
    Blocks,
    Parsed,
    Response,
    Source,
    Written,
    option_id,
    refuse_doubles,
)
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType
from grader.questions.placing import rows
from grader.questions.quote import first_quote, unquoted

_RULE = re.compile(r"^ ?\|? *:?-+:? *\| *:?-+:? *\|? *$")
_CELL = re.compile(r"(?<!\\)\|")
_MARKUP = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")


class Matching(msgspec.Struct, frozen=True):
    """The left column is shown as it stands; what it is to be matched with, in another order."""

    type: QuestionType = QuestionType.MATCHING
    names: tuple[str, ...] = ("match", "matching")
    hint: str = "Choose what belongs to each."

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        if source.attributes.get("type", "match") not in self.names:
            return None
        rules = [n for n, line in enumerate(source.lines) if n and _is_rule(line)]
        if not rules:
            return None
        end = first_quote(source.lines, rules[0])
        rule = max(n for n in rules if n < end)
        below = [line for line in source.lines[rule + 1 : end] if line.text.strip()]
        pairs = [(cells(line.text), line) for line in below]
        for pair, line in pairs:
            if len(pair) != 2 or not all(pair):
                diagnostics.add("bad-pair", line.place(), "A pair has two cells.", hint="write | left | right |")
        good = [(pair, line) for pair, line in pairs if len(pair) == 2]
        prompts = tuple(Option(option_id(source.id, f"prompt {pair[0]}"), pair[0]) for pair, _ in good)
        options = tuple(Option(option_id(source.id, pair[1]), pair[1]) for pair, _ in good)
        if len(good) < 2:
            diagnostics.add("one-option", source.at.place(), "There is nothing to match.", hint="add rows")
        for column in (prompts, options):
            refuse_doubles([(o.id, o.text, n) for o, (_, n) in zip(column, good, strict=True)], diagnostics)
        return Parsed(
            question=source.question(
                self.type, body=text_of(source.lines[: rule - 1]), options=options, prompts=prompts
            ),
            right=tuple(option.id for option in options),
            explanation=unquoted(source.lines[end:], diagnostics),
            number=source.at.number,
        )

    def write(self, question: Question) -> str:
        lines = ["|   |   |", "| --- | --- |"]
        pairs = zip(question.prompts, question.options, strict=True)
        return "\n".join([*lines, *(f"| {prompt.text} | {option.text} |" for prompt, option in pairs)])

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        options = {option.id: option for option in question.options}
        paired = msgspec.structs.replace(question, options=tuple(options[name] for name in key.right))
        return Written(text=question.text, body=question.body, answers=self.write(paired))

    def parts(self, question: Question) -> Sequence[str]:
        return [prompt.text for prompt in question.prompts]

    def controls(self, question: Question, parts: Sequence[Blocks]) -> list[Element]:
        choices = [(option.id, _MARKUP.sub("", option.text)) for option in question.options]
        labels = [(prompt.id, blocks) for prompt, blocks in zip(question.prompts, parts, strict=True)]
        return [rows(question.id, labels, choices)]

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        """One option for each prompt, in the order of the prompts; an empty text where none was chosen."""
        known = {option.id for option in question.options} | {""}
        for place, given in enumerate(response):
            if given not in known:
                return place, f"Question {question.id!r} has no option {given!r}."
        if response and len(response) != len(question.prompts):
            return len(response) - 1, f"Question {question.id!r} takes {len(question.prompts)} options."
        return None

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:
        """With partial credit, the share of right pairs; choosing one thing for all of them earns one pair at most."""
        right = sum(given == wanted for given, wanted in zip(response, key.right, strict=True))
        return right / len(key.right) if question.credit is Credit.PARTIAL else float(right == len(key.right))


def _is_rule(line: Line) -> bool:
    return not line.code and _RULE.match(line.text) is not None


def cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELL.split(line.strip().strip("|")))


KIND = Matching()
