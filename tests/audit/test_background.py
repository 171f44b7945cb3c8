"""Whatever the grader does by itself stands in the audit trail: builds taken in, the outbox, attempts ended."""

import asyncio

from grader.certificates.model import Certificate
from grader.learning import certificates
from tests.acting import version
from tests.api.content import PAGES, TIMED
from tests.api.parts import Grader, Person
from tests.audit.watch import Watch
from tests.databases import on_both

REWORDED = PAGES["basics/intake.md"].replace("When does the clock start?", "When does it start?")


@on_both
async def test_releases(grader: Grader, alice: Person, watch: Watch) -> None:
    """A major version ends certificates, certifies who needs nothing more, and takes open attempts along."""
    await alice.certify()
    await alice.start("basics/intake")
    grader = await grader.rebuild(version("2.0") | TIMED)
    await grader.at_rest()
    await Person(grader, alice.http).start("basics/intake")
    assert {"attempt.enrolled", "certificate.superseded", "track.released"} <= watch.actions
    grader = await grader.rebuild(version("2.1", **{"basics/intake.md": REWORDED}) | TIMED)
    await Person(grader, alice.http).start("basics/intake")
    await grader.at_rest()
    await grader.store.read(watch.look)
    assert watch.complaints == []
    assert {"attempt.moved", "catalog.changed", "certificate.expiry-changed"} <= watch.actions


async def test_sweep(grader: Grader, alice: Person, watch: Watch) -> None:
    """An attempt that nobody comes back to ends with an event of the clock's."""
    await alice.start("timed/exam")
    grader.clock.move(hours=2)
    async with asyncio.timeout(10):
        while not await grader.rows("SELECT id FROM quiz_attempts WHERE timed_out"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert watch.complaints == []
    assert "attempt.timed-out" in watch.actions


async def test_printing(grader: Grader, alice: Person, watch: Watch) -> None:
    """A print that fails and one that works change nothing but the outbox."""
    grader.printer.jam_now()
    number = (await alice.certify())["number"]
    async with asyncio.timeout(10):
        while not await grader.rows("SELECT id FROM outbox WHERE error IS NOT NULL"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    before: Certificate = await grader.store.read(certificates.get_certificate, number)
    grader.printer.jam = None
    grader.clock.move(hours=1)
    await grader.at_rest()
    assert await grader.store.read(certificates.get_certificate, number) == before
    assert watch.complaints == []
