"""SHORT_TEXT: `[[answer|other]]` in the text."""

import unicodedata
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.questions import blank
from grader.questions.kind import Blocks, Parsed, Response, Source, Written
from grader.questions.model import Question, QuestionKey, QuestionType

LONGEST = 200
_AS_TYPED = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d", '"')
)
"""Soft hyphens and the like are copied unseen, and never typed; quotes are curled by editors and telephones."""


class ShortText(msgspec.Struct, frozen=True):
    type: QuestionType = QuestionType.SHORT_TEXT
    names: tuple[str, ...] = ("text", "short-text")
    hint: str = ""

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        if source.attributes.get("type", "text") not in self.names:
            return None
        read = blank.read_blank(source, None)
        if not read.inside:
            return None
        blank.read_blank(source, diagnostics)
        blank.check_blank(source, read, diagnostics)
        right = tuple(filter(None, (answer.strip() for answer in read.inside[0].split("|"))))
        if not any(normal(answer) and len(answer) <= LONGEST for answer in right):
            diagnostics.add(
                "empty-blank",
                blank.place_of(source),
                "The blank accepts nothing that can be typed." if right else "The blank accepts nothing.",
                hint=f"write up to {LONGEST} characters" if right else "write [[answer]]",
            )
        return Parsed(
            question=source.question(self.type, text=read.text, body=read.body),
            right=right,
            explanation=read.explanation,
            number=source.at.number,
        )

    def write(self, question: Question) -> str:  # noqa: ARG002 - the blank stands in the text
        return ""

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        return blank.filled(question, "|".join(key.right))

    def parts(self, question: Question) -> Sequence[str]:  # noqa: ARG002
        return ()

    def controls(self, question: Question, parts: Sequence[Blocks]) -> list[Element]:  # noqa: ARG002
        return list(blank.text_input(question.id, LONGEST))

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        if len(response) > 1:
            return 1, f"Question {question.id!r} takes one text."
        if response and len(response[0]) > LONGEST:
            return 0, f"A text has up to {LONGEST} characters."
        return None

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:  # noqa: ARG002
        given = normal(response[0])
        return float(bool(given) and given in {normal(answer) for answer in key.right})


def normal(text: str) -> str:
    """What is compared: NFKC, case folded, white space at the ends cut and within folded, quotes straight, nothing
    invisible.
    """
    return " ".join(unicodedata.normalize("NFKC", text).translate(_AS_TYPED).casefold().split())


KIND = ShortText()
