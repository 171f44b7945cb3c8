import pytest

from grader.learning import corrections
from tests.acting import Stage, version
from tests.api.content import PAGES

pytestmark = pytest.mark.on_both


async def test_an_older_build_certifies_nobody(stage: Stage) -> None:
    """A grader that has not taken the new major version in yet grades, but issues no certificate of the old one.

    It would hold longer than those that the release has ended.
    """
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    attempt = await stage.start(alice, "basics/privacy")
    older = stage.library
    await stage.release(version("2.0"))
    newer, stage.library = stage.library, older
    assert (await stage.submit(alice, attempt)).status == "PASSED"
    assert await stage.certificates(alice) == []
    stage.library = newer
    new = await stage.certify(alice)
    assert (new.number, new.major) == ("CERT-2026-00001", 2)


async def test_a_newer_minor_version_is_no_obstacle(stage: Stage) -> None:
    """Certificates of one major version are alike, whichever grader issues them."""
    alice = await stage.sign_in("Alice Liddell")
    older = stage.library
    await stage.release(version("1.1"))
    stage.library = older
    assert (await stage.certify(alice)).version == "1.0"


async def test_repeating_is_settled_by_a_minor_version(stage: Stage) -> None:
    """After a revocation, too: when a new minor version asks for less, whoever has passed that is certified."""
    alice = await stage.sign_in("Alice Liddell")
    first = await stage.certify(alice)
    await stage.store.transact(corrections.revoke, first.number, reason="A mistake.", actor="operator", now=stage.now)
    stage.move(days=1)
    await stage.take(alice, "basics/intake")
    assert len(await stage.certificates(alice)) == 1
    optional = PAGES["basics/privacy.md"].replace("minutes: 5}", "minutes: 5, required: false}")
    await stage.release(version("1.1", **{"basics/privacy.md": optional}))
    assert [one.number for one in await stage.certificates(alice)] == ["CERT-2026-00002", first.number]
