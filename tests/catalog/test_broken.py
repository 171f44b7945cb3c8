"""Each mistake has a small content that makes it, and the exact words that tell the author."""

import re
from pathlib import Path

import pytest

from grader.catalog.nav import read_navigation
from grader.catalog.scan import Scan, scan
from grader.diagnostics import Diagnostic
from grader.versions.edition import edition_of
from grader.versions.gate import check_versions
from grader.versions.tracks import compare

ROOT = Path(__file__).parents[2]
BROKEN = sorted((ROOT / "tests" / "courses").glob("broken-*"))
_CODE = re.compile(r'(?:diagnostics\.add\(\s*|code=)"([a-z0-9-]+)"')


def read(folder: Path) -> Scan:
    return scan(folder / "content", read_navigation(folder / "mkdocs.yml"))


def mistakes(folder: Path) -> list[Diagnostic]:
    """All of them; where the folder holds what the content was before, those about its versions, too."""
    found = read(folder)
    before = [read(folder / "before")] if (folder / "before").is_dir() else []
    changes = [change for one in before for change in compare(edition_of(one), edition_of(found))]
    return [*found.diagnostics, *sorted(check_versions(changes, found.sources, since="v1"))]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_mistake_is_reported_in_these_words(folder: Path) -> None:
    """Path, line, column, code, message and hint are as expected, and nothing else is reported."""
    assert "".join(f"{one}\n" for one in mistakes(folder)) == (folder / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_content_makes_only_its_mistake(folder: Path) -> None:
    """One mistake does not drag others along."""
    assert {one.code for one in mistakes(folder)} == {folder.name.removeprefix("broken-")}


def test_every_code_has_its_content() -> None:
    """No diagnostic of the source is untested, and no folder tests what is gone."""
    sources = (file.read_text("utf-8") for file in (ROOT / "grader").rglob("*.py"))
    assert {code for text in sources for code in _CODE.findall(text)} == {
        folder.name.removeprefix("broken-") for folder in BROKEN
    }
