from pathlib import Path

import msgspec
import pytest

from grader.catalog.artifacts import Artifacts, read_artifacts
from grader.catalog.model import AnswerKey
from grader.errors import SetupError
from grader.learning.library import Library, QuizChangedError
from tests.api.content import PAGES, TIMED, publish


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    publish(tmp_path, PAGES | TIMED)
    return read_artifacts(tmp_path / "build")


def test_it_works(artifacts: Artifacts) -> None:
    """A quiz is found by its revision, with its track, its course and its key."""
    library = Library(artifacts)
    revision = next(revision for revision, entry in library.quizzes.items() if entry.course.id == "basics/intake")
    entry = library.get_quiz(revision)
    assert (entry.track.id, entry.quiz.revision) == ("basics", revision)
    assert entry.key.questions.keys() == {"start", "anonymous"}


def test_practice(artifacts: Artifacts) -> None:
    """Practice questions are found by their own revisions, and quizzes are none."""
    library = Library(artifacts)
    assert len(library.practice) == 1
    assert not library.practice.keys() & library.quizzes.keys()


def test_unknown_revision(artifacts: Artifacts) -> None:
    """A revision that is not there belongs to a page that is older than the build."""
    library = Library(artifacts)
    for get in (library.get_quiz, library.get_practice):
        with pytest.raises(QuizChangedError):
            get("0")


def test_track(artifacts: Artifacts) -> None:
    """A track that is not taught is absent."""
    library = Library(artifacts)
    assert library.find_track("basics") in library.tracks
    assert library.find_track("nope") is None


def test_questions_without_a_quiz(artifacts: Artifacts) -> None:
    """A quiz whose page carries no questions has them beside the key, all of them."""
    revision = next(revision for revision, entry in Library(artifacts).quizzes.items() if entry.quiz.rules.hidden)
    entry = Library(artifacts).get_quiz(revision)
    assert entry.html == artifacts.fieldsets[revision]
    for less in ({}, {revision: dict(list(artifacts.fieldsets[revision].items())[1:])}):
        with pytest.raises(SetupError, match=r"questions\.json lacks those of timed/exam"):
            Library(msgspec.structs.replace(artifacts, fieldsets=less))


def test_key_without_a_quiz(artifacts: Artifacts) -> None:
    """A key that lacks a quiz or a practice question fits no catalog."""
    practice = set(Library(artifacts).practice)
    for revisions in (practice, set(artifacts.key.quizzes) - practice):
        key = AnswerKey(quizzes={one: artifacts.key.quizzes[one] for one in revisions})
        with pytest.raises(SetupError, match=r"key\.json lacks questions of basics/intake"):
            Library(msgspec.structs.replace(artifacts, key=key))
