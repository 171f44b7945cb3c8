"""What a question is: its public half (Question) and its private half (QuestionKey)."""

from enum import StrEnum

import msgspec


class QuestionType(StrEnum):
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
    TRUE_FALSE = "TRUE_FALSE"
    MULTI_SELECT = "MULTI_SELECT"
    NUMERIC = "NUMERIC"
    SHORT_TEXT = "SHORT_TEXT"
    ORDERING = "ORDERING"
    MATCHING = "MATCHING"


class Credit(StrEnum):
    """All or nothing, or a share for what is right."""

    EXACT = "exact"
    PARTIAL = "partial"


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose. `id` is a hash of question and text, so it tells neither place nor rightness."""

    id: str
    text: str  # Markdown


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a learner sees of a question. `options` stand in the order in which they are shown.

    What is to be given: the ids of the right options; for ORDERING all of them in order; for MATCHING one for each of
    the `prompts`; for SHORT_TEXT and NUMERIC a text. Where the blank stands, text and body hold `[[ ]]`.
    """

    id: str
    type: QuestionType
    text: str  # Markdown, one line: the heading
    body: str = ""  # Markdown: what stands between heading and options
    options: tuple[Option, ...] = ()
    prompts: tuple[Option, ...] = ()
    topic: str | None = None  # the id of a heading of the page
    since: str | None = None  # the version of the track that brought this question
    points: float = 1.0
    credit: Credit = Credit.EXACT


class QuestionKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is right, and what to say about it. Never leaves the server before a submission.

    `right` holds what a full answer gives: option ids, the accepted texts of SHORT_TEXT, or value and tolerance of
    NUMERIC. Errata: an option in `void` counts neither way, one in `always` is right as well. `feedback` maps option
    ids to Markdown; `explanation` is Markdown.
    """

    right: tuple[str, ...]
    void: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    feedback: dict[str, str] = {}
    explanation: str = ""
