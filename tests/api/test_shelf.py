import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from grader.api.shelf import Shelf
from grader.catalog.artifacts import write_artifacts
from grader.catalog.model import AnswerKey, Catalog
from grader.errors import SetupError, StoreUnavailableError
from grader.learning.library import Library
from tests.api.content import PAGES, publish
from tests.api.parts import Grader
from tests.databases import on_both

NEWER = PAGES | {"basics/intake.md": PAGES["basics/intake.md"].replace("On receipt", "At once")}


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.fixture
def taken() -> list[str]:
    """The digests that were taken in."""
    return []


@pytest.fixture
def take_in(taken: list[str]) -> Callable[[Library], Awaitable[None]]:
    async def take_in(library: Library) -> None:
        taken.append(library.digest)

    return take_in


@pytest.fixture
def shelf(tmp_path: Path, take_in: Callable[[Library], Awaitable[None]]) -> Shelf:
    publish(tmp_path, PAGES)
    return Shelf(tmp_path / "build", take_in)


async def test_it_works(shelf: Shelf, tmp_path: Path, taken: list[str]) -> None:
    """A new build is taken in once, without a restart; the same one is not taken in again."""
    first = shelf.library
    await shelf.refresh()
    assert shelf.library is first
    publish(tmp_path, NEWER)
    await shelf.refresh()
    await shelf.refresh()
    assert taken == [shelf.library.digest]
    assert shelf.library.digest != first.digest


async def test_corrected_key(shelf: Shelf, tmp_path: Path, taken: list[str]) -> None:
    """A key that changes alone is taken in, too: the catalog's digest says nothing of it."""
    digest = shelf.library.digest
    publish(tmp_path, PAGES | {"basics/intake.md": PAGES["basics/intake.md"].replace("SENTINEL-explanation", "New")})
    await shelf.refresh()
    entry = next(one for one in shelf.library.quizzes.values() if one.course.id == "basics/intake")
    assert entry.key.questions["start"].explanation == "New"
    assert taken == [digest]


async def test_pair_that_does_not_fit(shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A pair that does not fit is left alone, said once, and taken in when it fits."""
    first = shelf.library
    key = (tmp_path / "build" / "key.json").read_bytes()
    publish(tmp_path, NEWER)
    newer = (tmp_path / "build" / "key.json").read_bytes()
    (tmp_path / "build" / "key.json").write_bytes(key)
    for _ in range(3):
        await shelf.refresh()
    assert shelf.library is first
    assert len(warnings(caplog)) == 1
    assert "does not fit" in caplog.text
    (tmp_path / "build" / "key.json").write_bytes(newer)
    await shelf.refresh()
    assert shelf.library is not first


@pytest.mark.parametrize("damage", ["missing", "broken", "folder"])
async def test_damaged_build(shelf: Shelf, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    """A build that is missing or broken is left alone, and said once."""
    file = tmp_path / "build" / "catalog.json"
    file.unlink()
    if damage == "broken":
        file.write_text("{")
    elif damage == "folder":
        file.mkdir()
    for _ in range(3):
        await shelf.refresh()
    assert len(warnings(caplog)) == 1


async def test_database_is_busy(tmp_path: Path, taken: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """While the database cannot take the build in, it is tried again; nobody is taught from it before."""
    busy = True

    async def take_in(library: Library) -> None:
        if busy:
            raise StoreUnavailableError("locked")
        taken.append(library.digest)

    publish(tmp_path, PAGES)
    shelf = Shelf(tmp_path / "build", take_in)
    first = shelf.library
    publish(tmp_path, NEWER)
    await shelf.refresh()
    await shelf.refresh()
    assert (shelf.library, len(warnings(caplog))) == (first, 1)
    busy = False
    await shelf.refresh()
    assert taken == [shelf.library.digest] != [first.digest]


async def test_our_own_fault(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody thought of is logged whole, once, and the former build goes on."""

    async def take_in(_: Library) -> None:
        raise ZeroDivisionError("nobody thought of it")

    publish(tmp_path, PAGES)
    shelf = Shelf(tmp_path / "build", take_in)
    publish(tmp_path, NEWER)
    await shelf.refresh()
    await shelf.refresh()
    assert len(warnings(caplog)) == 1
    assert "Traceback" in caplog.text


def test_key_without_a_quiz(tmp_path: Path, take_in: Callable[[Library], Awaitable[None]]) -> None:
    """A key that lacks questions of the catalog stops the start."""
    catalog = publish(tmp_path, PAGES)
    write_artifacts(tmp_path / "build", catalog, AnswerKey(quizzes={}))
    with pytest.raises(SetupError, match="lacks questions of basics/intake"):
        Shelf(tmp_path / "build", take_in)


@on_both
async def test_while_it_runs(grader: Grader) -> None:
    """A running grader serves a new build; what vanished from it is inactive in the database, not deleted."""
    grader.clock.move(seconds=1)
    await grader.rebuild({name: text for name, text in PAGES.items() if not name.startswith("open/")})
    rows = await grader.rows("SELECT id, active FROM certification_tracks ORDER BY id")
    assert rows == [("basics", 1), ("expert", 1), ("open", 0)]
    assert await grader.rows("SELECT count(*) FROM quiz_revisions") == [(5,)]


async def test_look_goes_on(grader: Grader) -> None:
    """After a pair that did not fit, the next one is taken in while the grader runs."""
    (grader.root / "build" / "key.json").write_text("{")
    await asyncio.sleep(0.7)
    fresh = await grader.rebuild(NEWER)
    assert fresh.revision("basics/intake") != grader.revision("basics/intake")


def test_empty_catalog(tmp_path: Path, take_in: Callable[[Library], Awaitable[None]]) -> None:
    """An empty catalog is one, too."""
    write_artifacts(tmp_path / "build", Catalog(), AnswerKey(quizzes={}))
    assert Shelf(tmp_path / "build", take_in).library.tracks == ()
