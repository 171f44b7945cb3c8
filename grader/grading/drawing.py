"""Which questions an attempt holds, and in which order its options are shown: decided once, at its start."""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec

from grader.catalog.model import Quiz, Record
from grader.questions.model import Question, QuestionType


class Shown(Record, frozen=True):
    """One question of an attempt."""

    question: str
    options: tuple[str, ...]  # their ids, in the order shown


def draw(quiz: Quiz, *, seed: str, among: AbstractSet[str] | None = None) -> tuple[Shown, ...]:
    """The same for the same arguments. `seed` is the attempt's own; `among`: these questions, all of them (None: draw).

    Drawn questions come mixed. Where an attempt starts by itself, its questions and options stand as in the page.
    """
    pool = [question for question in quiz.questions if among is None or question.id in among]
    if quiz.rules.draw is not None and among is None:
        drawn = sorted(pool, key=lambda question: _place(seed, question.id))[: quiz.rules.draw]
        pool = drawn if quiz.rules.shuffle else [question for question in pool if question in drawn]
    mixed = quiz.rules.shuffle and quiz.rules.explicit
    return tuple(Shown(question=question.id, options=_options(question, seed if mixed else None)) for question in pool)


def _options(question: Question, seed: str | None) -> tuple[str, ...]:
    """In the page's order when there is no seed. True and False keep theirs."""
    ids = [option.id for option in question.options]
    if seed is not None and question.type is not QuestionType.TRUE_FALSE:
        ids.sort(key=lambda option: _place(seed, question.id, option))
    return tuple(ids)


def _place(*names: str) -> bytes:
    return hashlib.blake2b("\0".join(names).encode(), digest_size=16).digest()


def arranged(questions: Sequence[Question], shown: Sequence[Shown] | None) -> tuple[Question, ...]:
    """The questions of an attempt as they were shown; all of them when it does not say which."""
    if shown is None:
        return tuple(questions)
    known = {question.id: question for question in questions}
    return tuple(_arranged(known[one.question], one.options) for one in shown)


def _arranged(question: Question, order: Sequence[str]) -> Question:
    if [option.id for option in question.options] == [*order]:
        return question
    options = {option.id: option for option in question.options}
    return msgspec.structs.replace(question, options=tuple(options[name] for name in order))
