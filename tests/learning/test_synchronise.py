from datetime import timedelta
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.catalog.model import QuizKey
from grader.learning.library import Library, key_digest
from grader.learning.synchronise import synchronise
from grader.questions.model import QuestionKey
from grader.store.base import Store, Tx
from grader.store.rows import CourseRow, QuizRevisionRow, TrackRow
from tests.api.parts import NOON, PAGES, publish
from tests.databases import on_both

pytestmark = on_both


def library(root: Path, pages: dict[str, str]) -> Library:
    for file in (root / "content").rglob("*.md"):
        file.unlink()
    publish(root, pages)
    return Library(read_artifacts(root / "build"))


def tracks(tx: Tx) -> list[str]:
    return [row.id for row in tx.list(TrackRow, "list_tracks")]


def courses(tx: Tx) -> list[str]:
    return [row.id for row in tx.list(CourseRow, "list_courses", track="basics")]


def stored(tx: Tx, revision: str) -> QuizRevisionRow | None:
    return tx.find(QuizRevisionRow, "find_quiz_revision", revision=revision)


async def test_it_works(store: Store, tmp_path: Path) -> None:
    """What the catalog holds is in the tables, in its order, however often it is taken in."""
    taken = library(tmp_path, PAGES)
    for minutes in (0, 1):
        await store.transact(synchronise, taken, NOON + timedelta(minutes=minutes))
        assert await store.read(tracks) == ["basics", "expert", "open"]
        assert await store.read(courses) == ["basics/intake", "basics/privacy", "basics/history"]


async def test_what_vanishes(store: Store, tmp_path: Path) -> None:
    """What vanished from the catalog is inactive, and active when it comes back."""
    less = {name: text for name, text in PAGES.items() if name not in {"open/index.md", "open/silence.md"}}
    for minutes, pages, expected in ((0, PAGES, 3), (1, less, 2), (2, PAGES, 3)):
        await store.transact(synchronise, library(tmp_path, pages), NOON + timedelta(minutes=minutes))
        assert len(await store.read(tracks)) == expected


async def test_corrected_key(store: Store, tmp_path: Path) -> None:
    """A corrected key replaces the former one of the same revision: what is seen of the quiz is the same."""
    page = PAGES["basics/intake.md"]
    explanations = []
    for minutes, text in ((0, page), (1, page.replace("SENTINEL-explanation", "Better"))):
        taken = library(tmp_path, PAGES | {"basics/intake.md": text})
        await store.transact(synchronise, taken, NOON + timedelta(minutes=minutes))
        revision = next(name for name, entry in taken.quizzes.items() if entry.course.id == "basics/intake")
        row = await store.read(stored, revision)
        assert row is not None
        explanations.append(row.key.questions["start"].explanation)
    assert explanations == ["SENTINEL-explanation", "Better"]


def test_digest() -> None:
    """The digest of a key does not depend on the order of its questions."""
    one, other = QuestionKey(right=("a",)), QuestionKey(right=("b",))
    assert key_digest(QuizKey(questions={"x": one, "y": other})) == key_digest(
        QuizKey(questions={"y": other, "x": one})
    )
    assert key_digest(QuizKey(questions={"x": one})) != key_digest(QuizKey(questions={"x": other}))
