"""Numbers of GIFT: `42`, `42:0.5`, `41.5..42.5`."""

import re
from decimal import Decimal

from grader.interchange.draft import Head, filled
from grader.interchange.gift.answers import Answer, Answers
from grader.interchange.gift.text import shown
from grader.interchange.gift.wording import Wording
from grader.questions.kind import Parsed
from grader.questions.model import QuestionKey, QuestionType

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?"
_AROUND = re.compile(rf"^({_NUMBER})\s*(?::\s*({_NUMBER}))?$")
_BETWEEN = re.compile(rf"^({_NUMBER})\s*\.\.\s*({_NUMBER})$")


def number(head: Head, answers: Answers, wording: Wording) -> Parsed | None:
    """The first answer that gives everything; ranges of part of the points have no place."""
    right: tuple[str, str] | None = None
    notes = [head.explanation]
    for answer in answers.each:
        value = _read(answer)
        if value and right is None and answer.weight >= 100:
            right = value
            notes.append(wording.text(wording.block.format, answer.feedback))
        else:
            wording.lost(f"The answer {shown(answer.text) or '*'!r} ({answer.weight:g} %); one number is right here.")
    if right is None:
        wording.report.left_out("No number in it is fully right.", line=head.line, question=head.id)
        return None
    return filled(wording.explained(head, notes), QuestionType.NUMERIC, right)


def _read(answer: Answer) -> tuple[str, str] | None:
    """Value and tolerance."""
    text = shown(answer.text).strip()
    around, between = _AROUND.match(text), _BETWEEN.match(text)
    if around:
        return around[1].removeprefix("+"), (around[2] or "0").lstrip("+-")
    if between:
        low, high = sorted((Decimal(between[1]), Decimal(between[2])))
        return written((low + high) / 2), written((high - low) / 2)
    return None


def written(value: Decimal) -> str:
    """Without exponent, and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def absolute(key: QuestionKey) -> tuple[str, str]:
    """Value and tolerance of a key as GIFT writes them; a share becomes a width."""
    value, tolerance = (Decimal(one.rstrip("%")) for one in key.right)
    width = written(abs(value * tolerance) / 100) if key.right[1].endswith("%") else f"{abs(tolerance):f}"
    return f"{value:f}", width
