"""A project with a database: empty, with people in it, or with something in every table."""

import asyncio
from pathlib import Path

import pytest

from grader.store.base import Store
from grader.store.place import open_store
from tests.acting import Stage
from tests.cli.running import Command
from tests.store.transfer.facts import fill


class Stocked(Command):
    """Every command gets the test's database, unless it is given another one."""

    def __init__(self, root: Path, database: str) -> None:
        super().__init__(root)
        self.database = database

    def environment(self, **variables: str) -> dict[str, str]:
        return super().environment(**{"GRADER_DATABASE": self.database} | variables)


@pytest.fixture
def stocked(tmp_path: Path, database: str) -> Stocked:
    async def run() -> None:
        store = open_store(database, tmp_path)
        await store.transact(fill)
        await store.close()

    asyncio.run(run())
    return Stocked(tmp_path, database)


@pytest.fixture
async def stage(tmp_path: Path, store: Store) -> Stage:
    """Its store and the commands of `project` work on one database."""
    made = Stage(store, tmp_path)
    await made.release()
    (tmp_path / "mkdocs.yml").write_text("site_name: Learning\nnav:\n", "utf-8")
    return made


@pytest.fixture
def project(tmp_path: Path, database: str) -> Stocked:
    """To be run in the stage's folder."""
    return Stocked(tmp_path, database)
