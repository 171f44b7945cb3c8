"""The identity of a quiz as a learner sees it, and the order in which options are shown."""

import hashlib
from collections.abc import Sequence

import msgspec

from grader.questions.model import Option, Question, QuestionType


def revision_of(questions: Sequence[Question]) -> str:
    """A hash of what the learner sees, and only that: it covers neither the key nor the order in the source.

    A hash that covered the key could be searched for the answers.
    """
    seen = [
        (
            (question.id, question.type, question.text, question.body, question.points, question.credit),
            [prompt.text for prompt in question.prompts],
            sorted((option.id, option.text) for option in question.options),
        )
        for question in questions
    ]
    return hashlib.blake2b(msgspec.json.encode(seen), digest_size=16).hexdigest()


_ALWAYS_MIXED = (QuestionType.ORDERING, QuestionType.MATCHING)
"""The source's order is the answer."""


def shown(question: Question, revision: str, *, shuffle: bool) -> Question:
    """The question with its options in the order of the page.

    Authors tend to write the right option first, so the source's order is not shown, unless they ask for it.
    """
    if question.type is QuestionType.TRUE_FALSE:
        ordered = sorted(question.options, key=lambda option: option.text.casefold(), reverse=True)
    elif shuffle or question.type in _ALWAYS_MIXED:
        ordered = sorted(question.options, key=lambda option: _place(revision, option))
    else:
        return question
    return msgspec.structs.replace(question, options=tuple(ordered))


def _place(revision: str, option: Option) -> bytes:
    return hashlib.blake2b(f"{revision}\0{option.id}".encode(), digest_size=8).digest()
