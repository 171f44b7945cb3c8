"""A project whose database has something in every table."""

import asyncio
from pathlib import Path

import pytest

from grader.store.place import open_store
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
