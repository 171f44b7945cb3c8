"""Options of GIFT and their weights: one right option, several, or True and False."""

from collections.abc import Sequence

import msgspec

from grader.interchange.draft import Choice, Head, choice
from grader.interchange.gift.answers import Answer, Answers
from grader.interchange.gift.wording import Wording
from grader.questions.kind import Parsed
from grader.questions.model import Credit, QuestionType

_NEAR = 0.01  # percent: Moodle writes 33.33333


def truth(head: Head, answers: Answers, wording: Wording) -> Parsed:
    """As in `{T#feedback to a wrong answer#feedback to a right one}`."""
    said, wrong, right = [*answers.text.split("#", 2), "", ""][:3]
    style = wording.block.format
    true = said.strip().startswith("T")
    feedback = {True: wording.text(style, right), False: wording.text(style, wrong)}
    choices = [
        Choice(text=word, right=true is value, feedback=feedback[true is value])
        for word, value in (("True", True), ("False", False))
    ]
    return choice(head, QuestionType.TRUE_FALSE, choices)


def multiple_choice(
    head: Head, answers: Answers, wording: Wording, *, named: str, credit: Credit | None
) -> Parsed | None:
    """With an `=` one option is to be chosen, without one several."""
    if any(one.plain for one in answers.each):
        kind = QuestionType.TRUE_FALSE if named == "true-false" else QuestionType.MULTIPLE_CHOICE
        return choice(head, kind, _single(answers.each, wording))
    if not any(one.weight > 0 for one in answers.each):
        wording.report.left_out("No answer is right.", line=head.line, question=head.id)
        return None
    if credit is None:
        head = msgspec.structs.replace(head, credit=Credit.PARTIAL)
        _compare_weights(answers.each, wording)
    choices = [_choice(one, wording, right=one.weight > 0) for one in answers.each]
    return choice(head, QuestionType.MULTI_SELECT, choices)


def _single(each: Sequence[Answer], wording: Wording) -> list[Choice]:
    """The first `=` is the right option; others that give everything are right as well."""
    first = next(n for n, one in enumerate(each) if one.plain)
    for one in each:
        if one.weight not in (0, 100):
            wording.lost(f"The option {wording.plain(one.text)!r} gives {one.weight:g} %; here it is plainly wrong.")
    return [
        _choice(one, wording, right=n == first, always=n != first and one.weight == 100) for n, one in enumerate(each)
    ]


def _choice(answer: Answer, wording: Wording, *, right: bool, always: bool = False) -> Choice:
    style = wording.block.format
    feedback = wording.text(style, answer.feedback)
    return Choice(text=wording.text(style, answer.text), right=right, always=always, feedback=feedback)


def _compare_weights(each: Sequence[Answer], wording: Wording) -> None:
    """Here each right pick gives an equal share, and each wrong one takes one away."""
    right = [one.weight for one in each if one.weight > 0]
    share = 100 / len(right)
    if any(abs(weight - share) > _NEAR for weight in right):
        given = ", ".join(f"{weight:g} %" for weight in right)
        wording.changed(f"The right options weigh {given}; here each of them gives {share:.4g} %.")
    if any(abs(one.weight + share) > _NEAR for one in each if one.weight <= 0):
        given = ", ".join(f"{one.weight:g} %" for one in each if one.weight <= 0)
        wording.changed(f"The wrong options weigh {given}; here each of them takes {share:.4g} % away.")
