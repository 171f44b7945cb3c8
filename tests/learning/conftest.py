"""A stage for learners, with the small content of the API's tests."""

from pathlib import Path

import pytest

from grader.store.base import Store
from tests.acting import Stage


@pytest.fixture
async def stage(tmp_path: Path, store: Store) -> Stage:
    made = Stage(store, tmp_path)
    await made.release()
    return made
