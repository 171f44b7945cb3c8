"""The whole way to a PDF, with the real browser."""

from pathlib import Path

import pytest

from grader.api.app import create_app
from grader.certificates.chromium import find_chromium
from grader.certificates.chromium_renderer import ChromiumRenderer
from grader.settings import Settings
from grader.store.sqlite import SqliteStore
from tests.api.content import PAGES, publish
from tests.api.parts import Clock, Grader, Person, Printer, running


@pytest.mark.browser
async def test_it_works(tmp_path: Path, settings: Settings) -> None:
    """Passing what is required ends with a PDF of one page that anybody can check."""
    catalog = publish(tmp_path, PAGES)
    store, clock = SqliteStore.open(tmp_path / "data" / "grader.db"), Clock()
    app = create_app(settings, store, ChromiumRenderer(find_chromium(None)), clock=clock)
    grader = Grader(app, tmp_path, catalog, store, Printer(), clock, settings)
    async with running(app), grader.client() as http:
        alice = await Person(grader, http).sign_in("Alice Liddell", "alice@example.org", "Acme")
        certificate = await alice.certify()
        document = await http.get(certificate["pdf_url"])
        page = await http.get(certificate["verify_url"])
    assert document.content.startswith(b"%PDF-1.")
    assert document.content.count(b"/Type /Page\n") == 1
    assert len(document.content) > 20_000
    assert "Alice Liddell" in page.text
