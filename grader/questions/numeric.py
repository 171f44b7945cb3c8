"""NUMERIC: `[[= 42 ± 0.5]]` or `[[= 42 ± 5%]]` in the text."""

import re
from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.questions import blank
from grader.questions.kind import Blocks, Parsed, Response, Source, Written
from grader.questions.model import Question, QuestionKey, QuestionType

_NUMBER = r"[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
_WRITTEN = re.compile(rf"^=\s*(?P<value>{_NUMBER})\s*(?:(?:±|\+-|\+/-)\s*(?P<tolerance>{_NUMBER})\s*(?P<percent>%)?)?$")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d)")
_GIVEN = re.compile(rf"^{_NUMBER}$")
LONGEST = 40


class Numeric(msgspec.Struct, frozen=True):
    type: QuestionType = QuestionType.NUMERIC
    names: tuple[str, ...] = ("number", "numeric")
    hint: str = ""

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        named = source.attributes.get("type")
        read = blank.read_blank(source, None)
        if named not in (None, *self.names) or not read.inside:
            return None
        if named is None and not read.inside[0].startswith("="):
            return None
        blank.read_blank(source, diagnostics)
        blank.check_blank(source, read, diagnostics)
        written = _WRITTEN.match(read.inside[0])
        if not written:
            diagnostics.add(
                "bad-number",
                blank.place_of(source),
                f"`[[{read.inside[0]}]]` holds no number.",
                hint="write [[= 42]], [[= 42 ± 0.5]] or [[= 42 ± 5%]]",
            )
        elif _THOUSANDS.search(read.inside[0]):
            diagnostics.add(
                "bad-number",
                blank.place_of(source),
                f"`[[{read.inside[0]}]]` is a thousand to some, and one to others.",
                hint="write [[= 1000]] or [[= 1.0]]: without thousands, and with a point",
            )
        return Parsed(
            question=source.question(self.type, text=read.text, body=read.body),
            right=(plain(written["value"]), plain(written["tolerance"] or "0") + (written["percent"] or ""))
            if written
            else (),
            explanation=read.explanation,
            number=source.at.number,
        )

    def write(self, question: Question) -> str:  # noqa: ARG002 - the blank stands in the text
        return ""

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        value, tolerance = key.right
        return blank.filled(question, f"= {value}" if tolerance == "0" else f"= {value} ± {tolerance}")

    def parts(self, question: Question) -> Sequence[str]:  # noqa: ARG002
        return ()

    def controls(self, question: Question, parts: Sequence[Blocks]) -> list[Element]:  # noqa: ARG002
        return list(blank.text_input(question.id, LONGEST, inputmode="decimal"))

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        if len(response) > 1:
            return 1, f"Question {question.id!r} takes one number."
        if response and (len(response[0]) > LONGEST or not _GIVEN.match(response[0].strip())):
            return 0, f"Question {question.id!r} takes a number, such as 42 or 0.5."
        return None

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:  # noqa: ARG002
        """Right within the tolerance, its bounds included."""
        value, tolerance = key.right
        share = tolerance.endswith("%")
        width = Decimal(tolerance.rstrip("%"))
        allowed = abs(Decimal(value)) * width / 100 if share else width
        return float(abs(Decimal(plain(response[0])) - Decimal(value)) <= abs(allowed))


def plain(number: str) -> str:
    """`−3,5` -> `-3.5`: as Decimal reads it."""
    return number.strip().replace("−", "-").replace(",", ".")


KIND = Numeric()
