"""docs/mistakes.md tells of every mistake, as it is found."""

import re

from tests.catalog.test_broken import BROKEN
from tests.docs.mistakes import PAGE, page


def test_the_page_is_as_the_mistakes_are() -> None:
    """Messages, places and cures are those of the check; after a change: `.venv/bin/python -m tests.docs.mistakes`."""
    assert PAGE.read_text("utf-8") == page()


def test_every_code_has_its_entry() -> None:
    """And each entry an example and a cure."""
    text = PAGE.read_text("utf-8")
    assert re.findall(r"^## (\S+)$", text, re.MULTILINE) == [folder.name.removeprefix("broken-") for folder in BROKEN]
    assert text.count("\n**Cure:** ") == text.count("\n~~~~~text\n") == len(BROKEN)
