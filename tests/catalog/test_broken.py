"""Each mistake has a small content that makes it, and the exact words that tell the author."""

import re
from pathlib import Path

import pytest

from grader.catalog.nav import read_navigation
from grader.catalog.scan import scan

ROOT = Path(__file__).parents[2]
BROKEN = sorted((ROOT / "tests" / "courses").glob("broken-*"))
_CODE = re.compile(r'(?:diagnostics\.add\(\s*|code=)"([a-z0-9-]+)"')


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_mistake_is_reported_in_these_words(folder: Path) -> None:
    """Path, line, column, code, message and hint are as expected, and nothing else is reported."""
    found = scan(folder / "content", read_navigation(folder / "mkdocs.yml"))
    assert "".join(f"{one}\n" for one in found.diagnostics) == (folder / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_content_makes_only_its_mistake(folder: Path) -> None:
    """One mistake does not drag others along."""
    found = scan(folder / "content", read_navigation(folder / "mkdocs.yml"))
    assert {one.code for one in found.diagnostics} == {folder.name.removeprefix("broken-")}


def test_every_code_has_its_content() -> None:
    """No diagnostic of the source is untested, and no folder tests what is gone."""
    sources = (file.read_text("utf-8") for file in (ROOT / "grader").rglob("*.py"))
    assert {code for text in sources for code in _CODE.findall(text)} == {
        folder.name.removeprefix("broken-") for folder in BROKEN
    }
