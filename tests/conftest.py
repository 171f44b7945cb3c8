"""Contents to read: small ones that are good or broken in one way, and the real one."""

from pathlib import Path

import pytest

from grader.catalog.model import TRACK_TYPES
from grader.site.build import Project

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def courses() -> Path:
    """The folder of the small contents."""
    return ROOT / "tests" / "courses"


def project(folder: Path, build: Path) -> Project:
    return Project(root=folder, content=folder / "content", build=build, track_types=TRACK_TYPES)


@pytest.fixture
def good(courses: Path, tmp_path: Path) -> Project:
    """A small content with everything there is, to be built into a folder of its own."""
    return project(courses / "good", tmp_path / "build")
