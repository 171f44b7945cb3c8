import asyncio
from datetime import timedelta
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.catalog.model import QuizKey
from grader.learning.library import Library, key_digest
from grader.learning.synchronise import synchronise
from grader.questions.model import QuestionKey
from grader.store.base import Store, Tx
from grader.store.rows import QuizRevisionRow, TrackRow
from tests.api.content import PAGES, publish
from tests.api.parts import NOON
from tests.databases import on_both, rows

pytestmark = on_both


def library(root: Path, pages: dict[str, str]) -> Library:
    for file in (root / "content").rglob("*.md"):
        file.unlink()
    publish(root, pages)
    return Library(read_artifacts(root / "build"))


def tracks(tx: Tx) -> list[str]:
    return [row.id for row in tx.list(TrackRow, "list_tracks")]


def courses(tx: Tx) -> list[str]:
    return [name for (name,) in rows(tx, "SELECT id FROM courses WHERE track = 'basics' AND active ORDER BY position")]


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


async def test_nothing_to_do(store: Store, tmp_path: Path) -> None:
    """A build that was taken in already is not written again."""
    taken = library(tmp_path, PAGES)
    assert await store.transact(synchronise, taken, NOON)
    assert not await store.transact(synchronise, taken, NOON + timedelta(minutes=1))
    assert await store.read(rows, "SELECT DISTINCT updated_at FROM courses") == [("2026-11-23T12:00:00.000000Z",)]


async def test_only_the_key(store: Store, tmp_path: Path) -> None:
    """A build in which only the key differs is another one."""
    first = library(tmp_path, PAGES)
    await store.transact(synchronise, first, NOON)
    text = (
        PAGES["basics/intake.md"]
        .replace("- [x] On receipt", "- [ ] On receipt")
        .replace("- [ ] On opening", "- [x] On opening")
    )
    second = library(tmp_path, PAGES | {"basics/intake.md": text})
    assert second.digest == first.digest
    assert await store.transact(synchronise, second, NOON)


async def test_clock_behind(store: Store, tmp_path: Path) -> None:
    """What vanished becomes inactive also when the clock of the grader that takes the build in is behind."""
    await store.transact(synchronise, library(tmp_path, PAGES), NOON)
    without = {name: text for name, text in PAGES.items() if not name.startswith("open/")}
    await store.transact(synchronise, library(tmp_path, without), NOON - timedelta(hours=1))
    assert await store.read(tracks) == ["basics", "expert"]


async def test_together(store: Store, tmp_path: Path) -> None:
    """Of graders that start together one takes the build in."""
    taken = library(tmp_path, PAGES)
    done = await asyncio.gather(*(store.transact(synchronise, taken, NOON) for _ in range(8)))
    assert done.count(True) == 1
