"""The published catalog with its key, indexed by quiz revision."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from grader.catalog.artifacts import Artifacts
from grader.catalog.model import Course, Practice, Quiz, QuizKey, Track
from grader.catalog.summary import CatalogSummary, summary
from grader.errors import ConflictError, SetupError


class QuizEntry(NamedTuple):
    track: Track
    course: Course
    quiz: Quiz
    key: QuizKey
    key_digest: str
    html: dict[str, str] | None  # of each question, where the page carries none


class PracticeEntry(NamedTuple):
    course: Course
    practice: Practice
    key: QuizKey


class QuizChangedError(ConflictError):
    def __init__(self) -> None:
        super().__init__("quiz-changed", "This quiz has been updated. Reload the page.")


class Library:
    """Immutable: a new build makes a new library. Raises SetupError when the private files lack a quiz."""

    def __init__(self, artifacts: Artifacts) -> None:
        keys = artifacts.key.quizzes
        for _, course in artifacts.catalog.courses():
            if not keys.keys() >= set(_revisions(course)):
                raise SetupError(f"key.json lacks questions of {course.id}. Build the content anew: grader build")
            if _hidden(course) - artifacts.fieldsets.get(course.quiz.revision if course.quiz else "", {}).keys():
                raise SetupError(f"questions.json lacks those of {course.id}. Build the content anew: grader build")
        self.digest = artifacts.digest
        self.tracks = artifacts.catalog.tracks
        self.summary: CatalogSummary = summary(artifacts.catalog, artifacts.digest)
        self.quizzes = {
            course.quiz.revision: _entry(track, course, course.quiz, artifacts)
            for track, course in artifacts.catalog.courses()
            if course.quiz
        }
        self.practice = {
            practice.revision: PracticeEntry(course, practice, keys[practice.revision])
            for _, course in artifacts.catalog.courses()
            for practice in course.practice
        }
        self.state = _state(artifacts.digest, self.quizzes)
        self._by_id = {track.id: track for track in self.tracks}
        self._of_course = {entry.course.id: entry.quiz for entry in self.quizzes.values()}

    def get_quiz(self, revision: str) -> QuizEntry:
        """Raises QuizChangedError: a page with an unknown revision is older than the build."""
        entry = self.quizzes.get(revision)
        if entry is None:
            raise QuizChangedError
        return entry

    def find_quiz(self, course: str) -> Quiz | None:
        """The quiz that a course has now."""
        return self._of_course.get(course)

    def get_practice(self, revision: str) -> PracticeEntry:
        """Raises QuizChangedError."""
        entry = self.practice.get(revision)
        if entry is None:
            raise QuizChangedError
        return entry

    def find_track(self, track: str) -> Track | None:
        return self._by_id.get(track)


def _hidden(course: Course) -> set[str]:
    """The ids of the questions that the page does not carry."""
    return {question.id for question in course.quiz.questions} if course.quiz and course.quiz.rules.hidden else set()


def _entry(track: Track, course: Course, quiz: Quiz, artifacts: Artifacts) -> QuizEntry:
    key = artifacts.key.quizzes[quiz.revision]
    return QuizEntry(track, course, quiz, key, key_digest(key), artifacts.fieldsets.get(quiz.revision))


def _state(digest: str, quizzes: dict[str, QuizEntry]) -> str:
    """Another one for whatever changes in the build: of the key only hashes, which tell nothing of the answers."""
    parts = [digest, sorted((name, entry.key_digest, entry.html) for name, entry in quizzes.items())]
    return hashlib.blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=16).hexdigest()


def key_digest(key: QuizKey) -> str:
    return hashlib.blake2b(msgspec.json.encode(key, order="deterministic"), digest_size=16).hexdigest()


def _revisions(course: Course) -> Iterator[str]:
    if course.quiz:
        yield course.quiz.revision
    yield from (practice.revision for practice in course.practice)
