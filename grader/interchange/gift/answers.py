"""What stands between the braces of GIFT, split into answers; which kind of question it is."""

import re
from enum import StrEnum

import msgspec

_WEIGHT = re.compile(r"^\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"^(?:T|TRUE|F|FALSE)$")


class GiftKind(StrEnum):
    ESSAY = "essay"
    NUMERICAL = "numerical"
    TRUE_FALSE = "true-false"
    MULTIPLE_CHOICE = "multiple choice"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT = "short answer"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer; its texts are as they stand in the file, escapes hidden."""

    text: str
    weight: float  # in percent
    feedback: str = ""
    plain: bool = False  # written with `=` and no weight


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    kind: GiftKind
    text: str  # without the general feedback
    general: str  # the general feedback

    @property
    def each(self) -> list[Answer]:
        """The answers that begin with `=` or `~`; a text without any is one right answer."""
        text = self.text.removeprefix("#") if self.kind is GiftKind.NUMERICAL else self.text
        parts = re.split(r"(?=[=~])", text.strip())
        return [_answer(part) for part in parts if part.strip()]


def read_answers(inside: str) -> Answers:
    """In the order in which Moodle tries the kinds."""
    text, _, general = inside.partition("####")
    text = text.strip()
    if not text:
        kind = GiftKind.ESSAY
    elif text.startswith("#"):
        kind = GiftKind.NUMERICAL
    elif text.startswith(">"):
        kind = GiftKind.ORDERING
    elif "~" in text:
        kind = GiftKind.MULTIPLE_CHOICE
    elif "=" in text and "->" in text:
        kind = GiftKind.MATCHING
    elif _TRUTH.match(text.partition("#")[0].strip()):
        kind = GiftKind.TRUE_FALSE
    else:
        kind = GiftKind.SHORT
    return Answers(kind=kind, text=text, general=general.strip())


def _answer(part: str) -> Answer:
    right = not part.startswith("~")
    rest = part[1:] if part[0] in "=~" else part
    weight = _WEIGHT.match(rest)
    text, _, feedback = rest[weight.end() if weight else 0 :].partition("#")
    return Answer(
        text=text.strip(),
        weight=float(weight[1]) if weight else 100.0 if right else 0.0,
        feedback=feedback.strip(),
        plain=right and weight is None,
    )
