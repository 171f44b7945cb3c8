"""A question -> an assessmentItem."""

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.catalog.topics import plain
from grader.interchange.gift.numbers import absolute
from grader.interchange.qti.markup import Markup, with_blank
from grader.interchange.qti.names import QTI
from grader.interchange.qti.scores import EXPLANATION, FEEDBACK, RESPONSE, Scores
from grader.interchange.qti.xml import node, on_lines
from grader.interchange.report import Report
from grader.questions.blank import EMPTY
from grader.questions.kind import Parsed
from grader.questions.model import Option, QuestionType

_TRUTH = ["false", "true"]
_LONGEST_TITLE = 120

Place = Callable[[str], str | None]
"""The place of a picture in the package, seen from the item; None when there is none."""


def write_item(parsed: Parsed, identifier: str, report: Report, *, shuffle: bool, place: Place) -> Element:
    """The item, and remarks about what QTI cannot say."""
    return _Writer(parsed, report, shuffle=shuffle, place=place).item(identifier)


class _Writer:
    def __init__(self, parsed: Parsed, report: Report, *, shuffle: bool, place: Place) -> None:
        self.report = report
        self.parsed = self.sayable(parsed)
        self.asked = parsed.question
        self.shuffle = "true" if shuffle else "false"
        self.markup = Markup(self.lost, place)
        self.names = dict(self.named())
        self.scores = Scores(self.parsed, self.names)

    def item(self, identifier: str) -> Element:
        title = plain(self.asked.text.replace(EMPTY, "…").replace("![", "["))[:_LONGEST_TITLE]
        given = {"identifier": identifier, "title": title, "adaptive": "false", "timeDependent": "false"}
        if identifier != self.asked.id:
            given["label"] = self.asked.id
        body = on_lines(node("itemBody", {}, *self.body()))
        parts = [*self.scores.declarations(), body, self.scores.processing(), *self.feedback()]
        return on_lines(node("assessmentItem", QTI | given, *parts))

    def sayable(self, parsed: Parsed) -> Parsed:
        """The question without what QTI has no word for."""
        kind = parsed.question.type
        if parsed.void:
            self.lost_of(parsed, "An option that counts neither way ({void}) counts in QTI.")
        if parsed.always and kind is not QuestionType.MULTIPLE_CHOICE:
            self.lost_of(parsed, "That another option is right as well ({always}).")
            parsed = msgspec.structs.replace(parsed, always=())
        if kind is QuestionType.NUMERIC and parsed.right[1].endswith("%") and parsed.right[0].startswith("-"):
            value, width = absolute(parsed.key)
            said = f"± {parsed.right[1]} is written as ± {width}: QTI knows no percentage of a number below zero."
            self.report.changed(said, line=parsed.number, question=parsed.question.id)
            parsed = msgspec.structs.replace(parsed, right=(value, width))
        if parsed.question.since:
            self.lost_of(parsed, f"That the question came with version {parsed.question.since}.")
        return parsed

    def named(self) -> Iterator[tuple[str, str]]:
        truth = sorted(option.text.casefold() for option in self.asked.options) == _TRUTH
        for option in self.asked.options:
            yield option.id, option.text.casefold() if truth else f"o-{option.id}"
        yield from ((prompt.id, f"p-{prompt.id}") for prompt in self.asked.prompts)

    def body(self) -> list[Element]:
        """Heading, text and interaction. A question without a text of its own is the interaction's prompt."""
        if self.asked.type in (QuestionType.SHORT_TEXT, QuestionType.NUMERIC):
            blocks = [self.markup.line(self.asked.text), *self.markup.blocks(self.asked.body)]
            if not with_blank(blocks, node("textEntryInteraction", {"responseIdentifier": RESPONSE})):
                blocks.append(node("p", {}, node("textEntryInteraction", {"responseIdentifier": RESPONSE})))
            return blocks
        interaction = self.interaction()
        heading = self.markup.line(self.asked.text)
        if self.asked.body:
            return [heading, *self.markup.blocks(self.asked.body), interaction]
        heading.tag = "prompt"
        interaction.insert(0, heading)
        return [interaction]

    def interaction(self) -> Element:
        kind, options = self.asked.type, self.asked.options
        given = {"responseIdentifier": RESPONSE, "shuffle": self.shuffle}
        if kind is QuestionType.MATCHING:
            given |= {"shuffle": "true", "maxAssociations": str(len(options))}
            sets = [self.match_set(some) for some in (self.asked.prompts, options)]
            return on_lines(node("matchInteraction", given, *sets))
        if kind is QuestionType.ORDERING:
            given["shuffle"] = "true"
            return on_lines(node("orderInteraction", given, *self.choices(options)))
        given["maxChoices"] = "0" if kind is QuestionType.MULTI_SELECT else "1"
        if kind is QuestionType.TRUE_FALSE:
            given |= {"class": "true-false", "shuffle": "false"}
        return on_lines(node("choiceInteraction", given, *self.choices(options)))

    def choices(self, options: Sequence[Option]) -> Iterator[Element]:
        for option in options:
            yield self.markup.flow(option.text, "simpleChoice", {"identifier": self.names[option.id]})

    def match_set(self, options: Sequence[Option]) -> Element:
        given = ({"identifier": self.names[option.id], "matchMax": "1"} for option in options)
        pairs = zip(options, given, strict=True)
        return node(
            "simpleMatchSet", {}, *(self.markup.flow(one.text, "simpleAssociableChoice", names) for one, names in pairs)
        )

    def feedback(self) -> Iterator[Element]:
        for option in self.asked.options:
            if option.id in self.parsed.feedback:
                text = self.parsed.feedback[option.id]
                yield self.shown(text, FEEDBACK, self.names[option.id])
        if self.parsed.explanation:
            yield self.shown(self.parsed.explanation, EXPLANATION, EXPLANATION)

    def shown(self, text: str, outcome: str, name: str) -> Element:
        given = {"outcomeIdentifier": outcome, "identifier": name, "showHide": "show"}
        return self.markup.flow(text, "modalFeedback", given)

    def lost(self, message: str) -> None:
        self.lost_of(self.parsed, message)

    def lost_of(self, parsed: Parsed, message: str) -> None:
        self.report.lost(message, line=parsed.number, question=parsed.question.id)
