"""Questions made of what another format tells of them: ids for options, a heading for the text."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from markdown.extensions.toc import slugify_unicode

from grader.catalog.topics import plain
from grader.diagnostics import Diagnostics
from grader.lines import headings, read_lines
from grader.questions.blank import EMPTY
from grader.questions.kind import Parsed, option_id
from grader.questions.model import Credit, Option, Question, QuestionType

BLANK = "\uf8f0"
"""Stands for the blank while a text is converted: a character of private use."""

_BLOCK = re.compile(r"^(?: {4}|\t| {0,3}(?:[-*+] |\d+[.)] |>|\||```|~~~|#{1,6}|<(?!https?:)|\$\$|!!!|\?\?\?|:::))")
_TITLE = re.compile(r"^#{1,6} +(?=\S)")
_SHALLOWEST = 3
_WORD = re.compile(r"\w")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_ID = re.compile(r"^[\w.-]+$")
_TAG = re.compile(r"</?\w[^<>]*>")
_LONGEST_ID = 40


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What all types have."""

    id: str
    text: str  # one line
    body: str = ""
    topic: str | None = None
    since: str | None = None
    points: float = 1.0
    credit: Credit = Credit.EXACT
    explanation: str = ""
    line: int = 0

    def question(self, kind: QuestionType, options: Sequence[Option] = (), prompts: Sequence[Option] = ()) -> Question:
        return Question(
            id=self.id,
            type=kind,
            text=self.text.replace(BLANK, EMPTY),
            body=self.body.replace(BLANK, EMPTY),
            options=tuple(options),
            prompts=tuple(prompts),
            topic=self.topic,
            since=self.since,
            points=self.points,
            credit=self.credit,
        )

    def parsed(self, question: Question, right: Sequence[str]) -> Parsed:
        return Parsed(question=question, right=tuple(right), explanation=self.explanation, number=self.line)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    right: bool
    always: bool = False
    void: bool = False
    feedback: str = ""


def choice(head: Head, kind: QuestionType, choices: Sequence[Choice]) -> Parsed:
    options = [Option(option_id(head.id, one.text), one.text) for one in choices]
    pairs = list(zip(options, choices, strict=True))
    return Parsed(
        question=head.question(kind, options),
        right=tuple(option.id for option, one in pairs if one.right),
        void=tuple(option.id for option, one in pairs if one.void),
        always=tuple(option.id for option, one in pairs if one.always),
        feedback={option.id: one.feedback for option, one in pairs if one.feedback},
        explanation=head.explanation,
        number=head.line,
    )


def ordering(head: Head, items: Sequence[str]) -> Parsed:
    """The items in the right order."""
    options = [Option(option_id(head.id, text), text) for text in items]
    return head.parsed(head.question(QuestionType.ORDERING, options), [option.id for option in options])


def matching(head: Head, pairs: Sequence[tuple[str, str]]) -> Parsed:
    prompts = [Option(option_id(head.id, f"prompt {left}"), left) for left, _ in pairs]
    options = [Option(option_id(head.id, right), right) for _, right in pairs]
    return head.parsed(head.question(QuestionType.MATCHING, options, prompts), [option.id for option in options])


def filled(head: Head, kind: QuestionType, right: Sequence[str]) -> Parsed:
    """SHORT_TEXT or NUMERIC. Where no blank stands, it is put at the end."""
    if BLANK not in head.text + head.body:
        head = _with_blank(head)
    return head.parsed(head.question(kind), right)


def _with_blank(head: Head) -> Head:
    if not head.body:
        return msgspec.structs.replace(head, text=f"{head.text} {BLANK}")
    last = head.body.rsplit("\n\n", 1)[-1]
    gap = "\n\n" if any(_BLOCK.match(line) for line in last.split("\n")) else " "
    return msgspec.structs.replace(head, body=f"{head.body}{gap}{BLANK}")


class Headed(NamedTuple):
    text: str  # the line for the heading
    body: str  # what stands below it
    given: bool  # did the text begin with that line?


def headed(markdown: str, fallback: str) -> Headed:
    """Without a first paragraph the fallback is the heading."""
    text = _TITLE.sub("", markdown.strip("\n"))
    first, _, rest = text.partition("\n\n")
    lines = first.split("\n")
    if not _WORD.search(_PICTURE.sub("", first)) or any(_BLOCK.match(line) for line in lines):
        return Headed(fallback, _demoted(text), given=False)
    broken = next((n for n, line in enumerate(lines) if line.endswith(("  ", "\\"))), len(lines) - 1)
    heading = " ".join(line.strip() for line in lines[: broken + 1]).removesuffix("\\").strip()
    below = "\n\n".join(filter(None, ["\n".join(lines[broken + 1 :]), rest.strip("\n")]))
    return Headed(closed(heading), _demoted(below), given=True)


def _demoted(markdown: str) -> str:
    """Headings of a level that would end the question become deeper ones."""
    lines = read_lines(markdown, Diagnostics("text"))
    shallow = [n for n, heading in headings(lines).items() if heading.level <= _SHALLOWEST and heading.lines == 1]
    texts = markdown.split("\n")
    for n in shallow if len(lines) == len(texts) else ():
        texts[n] = f"#### {texts[n].lstrip('#').lstrip()}"
    return "\n".join(texts)


def closed(heading: str) -> str:
    """A heading whose end is taken neither for attributes nor for closing marks."""
    if heading.endswith("}") and not heading.endswith("\\}"):
        return heading[:-1] + "&#125;"
    return re.sub(r"(?<!\\)#$", r"\\#", heading)


def name_of(wanted: str, text: str) -> str:
    """An id: the wanted one where it can be one, or made of it, or of the first words of the text."""
    if _ID.match(wanted):
        return wanted
    bare = html.unescape(_TAG.sub("", (wanted or text).replace(BLANK, "")))
    words = slugify_unicode(plain(bare), "-")
    return (words if len(words) <= _LONGEST_ID else words[: _LONGEST_ID + 1].rsplit("-", 1)[0]) or "question"
