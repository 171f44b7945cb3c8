"""What every question type knows: how to parse, show, check and grade itself."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line
from grader.questions.model import Question, QuestionType

Response = tuple[str, ...]
"""What a learner gave to one question: option ids. Empty: nothing."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it stands in a page, before its type is known."""

    id: str
    text: str
    attributes: dict[str, str]
    lines: Sequence[Line]  # below the heading, moved to the left edge
    number: int  # the heading's line


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its key, as written. Feedback and explanation are Markdown."""

    question: Question
    right: tuple[str, ...]
    feedback: dict[str, str] = {}
    explanation: str = ""
    number: int = 1  # the heading's line


class Kind(Protocol):
    """One question type. To add a type, write one module with such an object and enter it in `KINDS`."""

    @property
    def type(self) -> QuestionType: ...

    @property
    def names(self) -> tuple[str, ...]:
        """What authors write as `type=`, the canonical name first."""

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        """The question, or None when this is not of this type. Mistakes are reported, and the best is made of them."""

    def write(self, question: Question) -> str:
        """The question's answering part as Markdown without its key, such that `parse` reads the same question."""

    def parts(self, question: Question) -> Sequence[str]:
        """The pieces of Markdown that the page renders for the answering part."""

    def controls(self, question: Question, parts: Sequence[Sequence[Element]]) -> list[Element]:
        """The form controls; `parts[i]` are the rendered blocks of piece i."""

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        """The position and reason why this response cannot belong to this question."""

    def credit(self, question: Question, right: tuple[str, ...], response: Response) -> float:
        """0..1."""


def option_id(question: str, text: str) -> str:
    """Opaque and stable: the same words of the same question have the same id, wherever they stand."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.blake2b(f"{question}\0{words}".encode(), digest_size=6).hexdigest()


def element(tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> Element:
    made = Element(tag, dict(attributes or {}))
    made.text = text
    return made
