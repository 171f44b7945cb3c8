"""What an attempt is about: the questions as they were shown, and the key that they are graded with."""

from typing import NamedTuple

from grader.catalog.model import QuizKey, Topic
from grader.errors import NotFoundError
from grader.grading.drawing import arranged
from grader.learning.attempt import Attempt
from grader.learning.library import Library
from grader.questions.model import Question
from grader.store.base import Tx
from grader.store.rows import QuizKeyRow, QuizRevisionRow


class Paper(NamedTuple):
    questions: tuple[Question, ...]  # those of the attempt, in its order
    topics: tuple[Topic, ...]
    key: QuizKey
    key_digest: str
    html: dict[str, str] | None  # of each question; None when the page shows them


def paper_of(tx: Tx, attempt: Attempt, library: Library) -> Paper:
    """Of the attempt's revision, which may be older than the page. A finished attempt has the key of its grade."""
    newest = newest_paper(tx, attempt, library)
    if attempt.key_digest in (None, newest.key_digest):
        return newest
    row = tx.find(QuizKeyRow, "find_quiz_key", revision=attempt.revision, digest=attempt.key_digest)
    return newest._replace(key=row.key, key_digest=row.digest) if row else newest


def newest_paper(tx: Tx, attempt: Attempt, library: Library) -> Paper:
    """The same with the key as it is now."""
    entry = library.quizzes.get(attempt.revision)
    if entry:
        questions = arranged(entry.quiz.questions, attempt.shown)
        return Paper(questions, entry.quiz.topics, entry.key, entry.key_digest, entry.html)
    row = tx.find(QuizRevisionRow, "find_quiz_revision", revision=attempt.revision)
    if row is None:
        raise NotFoundError("quiz revision", attempt.revision)
    return Paper(arranged(row.questions, attempt.shown), row.topics, row.key, row.key_digest, row.html)
