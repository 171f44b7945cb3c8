"""What the types with a task list share: one or several options are right, the rest is wrong."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.questions.kind import (
    Parsed,
    Response,
    Source,
    Written,
    element,
    indented,
    inline_or_block,
    option_id,
    refuse_doubles,
)
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType
from grader.questions.quote import quoted
from grader.questions.tasklist import TaskItem


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A type whose answer is a set of options."""

    type: QuestionType
    names: tuple[str, ...]  # what authors write as `type=`
    several: bool  # may more than one be chosen?
    natural: Callable[[Sequence[TaskItem]], bool]  # is a list of this type when no `type=` says so?
    hint: str = ""

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        named = source.attributes.get("type")
        if named is not None and named not in self.names:
            return None
        tasks = source.tasks
        if not tasks.items or (named is None and not self.natural(tasks.items)):
            return None
        diagnostics.found += source.mistakes
        options = [Option(option_id(source.id, item.text), item.text) for item in tasks.items]
        right = tuple(option.id for option, item in zip(options, tasks.items, strict=True) if item.right)
        _check(source, options, right, diagnostics)
        refuse_doubles([(o.id, i.text, i.at) for o, i in zip(options, tasks.items, strict=True)], diagnostics)
        if not self.several and len(right) > 1:
            diagnostics.add(
                "several-right",
                source.at.place(),
                f"{len(right)} options are right, but only one can be chosen.",
                hint="mark one with [x], or write {type=multi} behind the question",
            )
        return Parsed(
            question=source.question(self.type, body=tasks.body, options=tuple(options)),
            right=right,
            void=_marked("void", options, tasks.items),
            always=_marked("always", options, tasks.items),
            feedback={o.id: i.feedback for o, i in zip(options, tasks.items, strict=True) if i.feedback},
            explanation=tasks.explanation,
            number=source.at.number,
        )

    def write(self, question: Question) -> str:
        return "\n".join(f"- [ ] {indented(option.text)}" for option in question.options)

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        answers = "\n".join(_written(option, key) for option in question.options)
        return Written(text=question.text, body=question.body, answers=answers)

    def parts(self, question: Question) -> Sequence[str]:
        return [option.text for option in question.options]

    def controls(self, question: Question, parts: Sequence[Sequence[Element]]) -> list[Element]:
        kind = "checkbox" if self.several else "radio"
        return [_label(question, option, kind, blocks) for option, blocks in zip(question.options, parts, strict=True)]

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        known = {option.id for option in question.options}
        for place, chosen in enumerate(response):
            if chosen not in known:
                return place, f"Question {question.id!r} has no option {chosen!r}."
            if chosen in response[:place]:
                return place, f"Option {chosen!r} is named twice."
            if place and not self.several:
                return place, f"Question {question.id!r} takes one option."
        return None

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:
        """All that is right and nothing else; with partial credit each wrong pick takes a right one away.

        Errata are looked at last, and never lower what was earned without them.
        """
        chosen = set(response)
        plain = _share(chosen, set(key.right), question.credit)
        if not (key.void or key.always):
            return plain
        if not self.several and chosen & set(key.always):
            return 1.0
        neutral = {*key.void, *key.always}
        return max(plain, _share(chosen - neutral, set(key.right) - neutral, question.credit))


def _share(chosen: AbstractSet[str], right: AbstractSet[str], credit: Credit) -> float:
    """0..1. Nothing chosen earns nothing."""
    if not chosen:
        return 0.0
    if credit is Credit.EXACT:
        return float(chosen == right)
    return max(len(chosen & right) - len(chosen - right), 0) / max(len(right), 1)


def _written(option: Option, key: QuestionKey) -> str:
    mark = "x" if option.id in key.right else " "
    erratum = " {void}" if option.id in key.void else " {always}" if option.id in key.always else ""
    first, *rest = indented(option.text).split("\n")
    feedback = quoted(key.feedback.get(option.id, ""), by=4)
    return "\n".join([f"- [{mark}] {first}{erratum}", *rest, *feedback])


def _marked(erratum: str, options: Sequence[Option], items: Sequence[TaskItem]) -> tuple[str, ...]:
    return tuple(option.id for option, item in zip(options, items, strict=True) if item.erratum == erratum)


def _check(source: Source, options: Sequence[Option], right: Sequence[str], diagnostics: Diagnostics) -> None:
    if len(options) < 2:
        diagnostics.add("one-option", source.at.place(), "The question has only one option.", hint="add wrong ones")
    if not right:
        diagnostics.add(
            "no-right-option",
            source.at.place(),
            "No option is marked as right.",
            hint="mark the right one with [x]",
        )
    elif len(right) == len(options) > 1:
        diagnostics.add(
            "all-right",
            source.at.place(),
            "Every option is right, so the question asks nothing.",
            hint="add a wrong one",
        )


def _label(question: Question, option: Option, kind: str, blocks: Sequence[Element]) -> Element:
    label = element("label", {"class": "quiz-option"})
    label.append(element("input", {"type": kind, "name": question.id, "value": option.id}))
    label.append(inline_or_block("quiz-option-text", blocks))
    return label
