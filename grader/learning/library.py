"""The published catalog with its key, indexed by quiz revision."""

from collections.abc import Iterator
from typing import NamedTuple

from grader.catalog.artifacts import Artifacts
from grader.catalog.model import Course, Practice, Quiz, QuizKey, Track
from grader.catalog.summary import CatalogSummary, summary
from grader.errors import ConflictError, NotFoundError, SetupError


class QuizEntry(NamedTuple):
    track: Track
    course: Course
    quiz: Quiz
    key: QuizKey


class PracticeEntry(NamedTuple):
    course: Course
    practice: Practice
    key: QuizKey


class QuizChangedError(ConflictError):
    def __init__(self) -> None:
        super().__init__("quiz-changed", "This quiz has been updated. Reload the page.")


class Library:
    """Immutable: a new build makes a new library. Raises SetupError when the key lacks a quiz."""

    def __init__(self, artifacts: Artifacts) -> None:
        keys = artifacts.key.quizzes
        for _, course in artifacts.catalog.courses():
            if not keys.keys() >= set(_revisions(course)):
                raise SetupError(f"key.json lacks questions of {course.id}. Build the content anew: grader build")
        self.digest = artifacts.digest
        self.tracks = artifacts.catalog.tracks
        self.summary: CatalogSummary = summary(artifacts.catalog, artifacts.digest)
        self.quizzes = {
            course.quiz.revision: QuizEntry(track, course, course.quiz, keys[course.quiz.revision])
            for track, course in artifacts.catalog.courses()
            if course.quiz
        }
        self.practice = {
            practice.revision: PracticeEntry(course, practice, keys[practice.revision])
            for _, course in artifacts.catalog.courses()
            for practice in course.practice
        }
        self._by_id = {track.id: track for track in self.tracks}

    def get_quiz(self, revision: str) -> QuizEntry:
        """Raises QuizChangedError: a page with an unknown revision is older than the build."""
        entry = self.quizzes.get(revision)
        if entry is None:
            raise QuizChangedError
        return entry

    def get_practice(self, revision: str) -> PracticeEntry:
        """Raises QuizChangedError."""
        entry = self.practice.get(revision)
        if entry is None:
            raise QuizChangedError
        return entry

    def find_track(self, track: str) -> Track | None:
        return self._by_id.get(track)

    def get_track(self, track: str) -> Track:
        """Raises NotFoundError."""
        if track not in self._by_id:
            raise NotFoundError("track", track)
        return self._by_id[track]


def _revisions(course: Course) -> Iterator[str]:
    if course.quiz:
        yield course.quiz.revision
    yield from (practice.revision for practice in course.practice)
