"""What a question is: its public half (Question) and its private half (QuestionKey)."""

from enum import StrEnum

import msgspec


class QuestionType(StrEnum):
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
    TRUE_FALSE = "TRUE_FALSE"
    MULTI_SELECT = "MULTI_SELECT"


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose. `id` is a hash of question and text, so it tells neither place nor rightness."""

    id: str
    text: str  # Markdown


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a learner sees of a question. `options` stand in the order in which they are shown."""

    id: str
    type: QuestionType
    text: str  # Markdown, one line: the heading
    body: str = ""  # Markdown: what stands between heading and options
    options: tuple[Option, ...] = ()
    topic: str | None = None  # the id of a heading of the page
    since: str | None = None  # the version of the track that brought this question
    points: float = 1.0


class QuestionKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is right, and what to say about it. Never leaves the server before a submission.

    `feedback` maps option ids to Markdown; `explanation` is Markdown.
    """

    right: tuple[str, ...]
    feedback: dict[str, str] = {}
    explanation: str = ""
