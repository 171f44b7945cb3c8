"""What every question type knows: how to parse, show, check and grade itself."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostic, Diagnostics
from grader.lines import Line
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType
from grader.questions.tasklist import TaskList

Response = tuple[str, ...]
"""What a learner gave to one question: option ids, or a text. Empty: nothing."""

Blocks = Sequence[Element]
"""A rendered piece of Markdown."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it stands in a page, before its type is known."""

    id: str
    text: str
    attributes: dict[str, str]
    lines: Sequence[Line]  # below the heading, moved to the left edge
    tasks: TaskList  # what these lines hold of options
    mistakes: Sequence[Diagnostic]  # in these options
    at: Line  # the heading

    def question(
        self,
        kind: QuestionType,
        *,
        body: str,
        text: str | None = None,
        options: tuple[Option, ...] = (),
        prompts: tuple[Option, ...] = (),
    ) -> Question:
        """The public half, with what the attributes say. Impossible values of these are as if not given."""
        return Question(
            id=self.id,
            type=kind,
            text=self.text if text is None else text,
            body=body,
            options=options,
            prompts=prompts,
            topic=self.attributes.get("topic"),
            since=self.attributes.get("since"),
            points=read_points(self.attributes.get("points")) or 1.0,
            credit=Credit.PARTIAL if self.attributes.get("credit") == Credit.PARTIAL else Credit.EXACT,
        )


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its key, as written. Feedback and explanation are Markdown."""

    question: Question
    right: tuple[str, ...]
    void: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    feedback: dict[str, str] = {}
    explanation: str = ""
    number: int = 1  # the heading's line

    @property
    def key(self) -> QuestionKey:
        return QuestionKey(
            right=self.right, void=self.void, always=self.always, feedback=self.feedback, explanation=self.explanation
        )


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its key, as its author writes it."""

    text: str  # the heading
    body: str  # what stands between heading and answering part
    answers: str  # the answering part; empty where the blank stands in text or body


class Kind(Protocol):
    """One question type. To add a type, write one module with such an object and enter it in `KINDS`."""

    @property
    def type(self) -> QuestionType: ...

    @property
    def names(self) -> tuple[str, ...]:
        """What authors write as `type=`, the canonical name first."""

    @property
    def hint(self) -> str:
        """How it is answered, above the controls; empty where they say it themselves."""

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        """The question, or None when this is not of this type. Mistakes are reported, and the best is made of them."""

    def write(self, question: Question) -> str:
        """The question's answering part as Markdown without its key, such that `parse` reads the same question."""

    def write_with_key(self, question: Question, key: QuestionKey) -> Written:
        """The Markdown from which `parse` reads the same question and key; the explanation is not of this type."""

    def parts(self, question: Question) -> Sequence[str]:
        """The pieces of Markdown that the page renders for the answering part."""

    def controls(self, question: Question, parts: Sequence[Blocks]) -> list[Element]:
        """The form controls; `parts[i]` are the rendered blocks of piece i."""

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        """The position and reason why this response cannot belong to this question."""

    def credit(self, question: Question, key: QuestionKey, response: Response) -> float:
        """0..1."""


def option_id(question: str, text: str) -> str:
    """Opaque and stable: the same words of the same question have the same id, wherever they stand."""
    words = " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())
    return hashlib.blake2b(f"{question}\0{words}".encode(), digest_size=6).hexdigest()


def element(tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> Element:
    made = Element(tag, dict(attributes or {}))
    made.text = text
    return made


def inline_or_block(name: str, blocks: Blocks) -> Element:
    """One paragraph becomes a span, anything else a div: both of the class `name`."""
    if len(blocks) == 1 and blocks[0].tag == "p":
        text = element("span", {"class": name}, blocks[0].text)
        text.extend(list(blocks[0]))
    else:
        text = element("div", {"class": name})
        text.extend(blocks)
    return text


def indented(text: str, by: int = 6) -> str:
    """All lines but the first moved to the right, as they stand in a list item."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * by}{line}" if line else "" for line in rest)])


def read_points(text: str | None) -> float | None:
    """None when it is no number above 0 and up to 100."""
    if not text:
        return None
    try:
        points = float(text)
    except ValueError:
        return None
    return points if 0 < points <= 100 else None


def refuse_doubles(options: Sequence[tuple[str, str, Line]], diagnostics: Diagnostics) -> None:
    """Each option is its id, its text and its line."""
    seen: dict[str, int] = {}
    for name, text, line in options:
        if text and name in seen:
            diagnostics.add("double-option", line.place(), f"The option stands already on line {seen[name]}: {text!r}.")
        seen.setdefault(name, line.number)
