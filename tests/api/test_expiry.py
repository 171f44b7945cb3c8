"""A track with `validity_months`."""

from pathlib import Path

from grader.api.app import create_app
from grader.settings import Settings
from grader.store.sqlite import SqliteStore
from tests.api.content import PAGES, publish
from tests.api.parts import Clock, Grader, Person, Printer, running


async def test_a_certificate_expires_by_the_calendar(tmp_path: Path, settings: Settings) -> None:
    """It says until when it is valid, on paper too; from that instant on everybody is told EXPIRED."""
    index = PAGES["basics/index.md"].replace('version: "1.0"', 'version: "1.0", validity_months: 24')
    catalog = publish(tmp_path, PAGES | {"basics/index.md": index})
    store, printer, clock = SqliteStore.open(tmp_path / "data" / "grader.db"), Printer(), Clock()
    app = create_app(settings, store, printer, clock=clock)
    async with running(app):
        grader = Grader(app, tmp_path, catalog, store, printer, clock, settings)
        async with grader.client() as http:
            alice = await Person(grader, http).sign_in("Alice Liddell", "alice@example.org", "Acme")
            certificate = await alice.certify()
            assert certificate["status"] == "ACTIVE"
            assert certificate["expires_at"] == "2028-11-23T12:00:00Z"
            await http.get(certificate["pdf_url"])
            assert "Until 23 November 2028" in printer.printed[-1]
            facts = f"/api/v1/certificates/{certificate['number']}"
            clock.move(days=731, seconds=-1)
            assert (await http.get(facts)).json()["status"] == "ACTIVE"
            clock.move(seconds=1)
            assert (await http.get(facts)).json()["status"] == "EXPIRED"
