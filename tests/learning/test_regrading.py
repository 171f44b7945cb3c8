from functools import partial

import pytest

from grader.certificates.model import Certificate
from grader.learning.regrading import Change, Target, Terms, find_target, list_learners, regrade_learner
from grader.store.rows import Learner
from tests.acting import Stage, version
from tests.api.content import PAGES

pytestmark = pytest.mark.on_both

INTAKE = "basics/intake"
NAMING = Terms(actor="operator:root", rehearsal=False, lowering=True)
TAKING = NAMING._replace(revoking=True, reason="Wrong key")


def another_key(page: str) -> str:
    """Right is wrong, and wrong is right."""
    swapped = page.replace("- [x] On receipt", "- [ ] On receipt").replace("- [ ] On opening", "- [x] On opening")
    return swapped.replace("- [x] True", "- [ ] True").replace("- [ ] False", "- [x] False")


OLD = PAGES[f"{INTAKE}.md"]
REWORDED = OLD.replace("When does the clock start?", "When does it start?")
EXTENDED = f"{OLD}\n### Who may wait? {{#keep since=2.0}}\n\n- [x] I can\n- [ ] I cannot\n"


async def release(stage: Stage, number: str, intake: str) -> None:
    stage.move(days=1, hours=1)
    await stage.release(version(number, **{f"{INTAKE}.md": intake}))


async def regraded(stage: Stage, learner: Learner, terms: Terms = NAMING) -> list[Change]:
    target = await stage.store.read(find_target, INTAKE)
    work = partial(regrade_learner, learner=learner.id, target=target, library=stage.library, terms=terms)
    done = [await stage.store.transact(work, revision=one, now=stage.now) for one in target.revisions]
    return [change for changes in done for change in changes]


async def revoked(stage: Stage, learner: Learner) -> dict[str, bool]:
    return {one.number: one.revoked_at is not None for one in await stage.certificates(learner)}


async def effects(stage: Stage, learner: Learner, terms: Terms = NAMING) -> list[str]:
    return [change.effect for change in await regraded(stage, learner, terms)]


async def test_it_works(stage: Stage) -> None:
    """A pass is taken away, and the certificate that needed it is named, or revoked."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    for learner in (alice, bob):
        await stage.certify(learner)
    await release(stage, "1.0", another_key(OLD))
    assert await effects(stage, alice) == ["CERT-2026-00001 stays"]
    assert await effects(stage, bob, TAKING) == ["CERT-2026-00002 is revoked"]
    assert await revoked(stage, alice) == {"CERT-2026-00001": False}
    assert await revoked(stage, bob) == {"CERT-2026-00002": True}


async def test_a_certificate_that_the_course_was_credited_to(stage: Stage) -> None:
    """It needed the pass of the former version as much as the one of that version did."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    for learner in (alice, bob):
        await stage.certify(learner)
    await release(stage, "2.0", OLD)
    await release(stage, "2.0", another_key(OLD))
    first, second = [one.number for one in reversed(await stage.certificates(alice))]
    assert await effects(stage, alice) == [f"{first}, {second} stay"]
    assert await revoked(stage, alice) == {first: False, second: False}
    first, second = [one.number for one in reversed(await stage.certificates(bob))]
    assert await effects(stage, bob, TAKING) == [f"{first}, {second} are revoked"]
    assert await revoked(stage, bob) == {first: True, second: True}


async def test_a_certificate_earned_by_what_was_new(stage: Stage) -> None:
    """It needed the pass of the rest in the former version, too."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.certify(alice)
    await release(stage, "1.0", another_key(OLD))
    await release(stage, "2.0", EXTENDED)
    attempt = await stage.start(alice, INTAKE)
    assert attempt.scope == "RENEWAL"
    await stage.submit(alice, attempt)
    assert await effects(stage, alice) == ["CERT-2026-00001, CERT-2026-00002 stay"]


async def test_passed_anew_in_the_later_version(stage: Stage) -> None:
    """Then the certificate of that version needs nothing of the former one."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.certify(alice)
    await release(stage, "1.0", another_key(OLD))
    await release(stage, "2.0", REWORDED.replace("minutes: 10", 'minutes: 10, since: "2.0"'))
    await stage.take(alice, INTAKE)
    assert await effects(stage, alice, TAKING) == ["CERT-2026-00001 is revoked"]
    assert await revoked(stage, alice) == {"CERT-2026-00001": True, "CERT-2026-00002": False}


async def earned_again(stage: Stage, learner: Learner) -> Certificate:
    """After a revocation, with another revision, whose key turns out to be wrong."""
    first = await stage.certify(learner)
    await stage.revoke(first)
    await release(stage, "1.0", REWORDED)
    second = await stage.certify(learner)
    await release(stage, "1.0", another_key(REWORDED))
    return second


async def test_earned_once_more(stage: Stage) -> None:
    """A pass from before the revocation did not count for the certificate, and is nothing to stand on."""
    alice = await stage.sign_in("Alice Liddell")
    second = await earned_again(stage, alice)
    assert await effects(stage, alice) == [f"{second.number} stays"]


async def test_earned_once_more_and_passed_again(stage: Stage) -> None:
    """A pass from after it is."""
    alice = await stage.sign_in("Alice Liddell")
    await earned_again(stage, alice)
    stage.move(days=1)
    attempt = await stage.take(alice, INTAKE, right=False)
    assert attempt.status == "PASSED"
    assert await effects(stage, alice, TAKING) == [""]


async def test_a_former_version(stage: Stage) -> None:
    """A grade that is raised too late for its version is a pass, and certifies nobody; that is said."""
    alice = await stage.sign_in("Alice Liddell")
    await release(stage, "1.0", another_key(OLD))
    assert (await stage.take(alice, INTAKE)).status == "FAILED"
    await stage.take(alice, "basics/privacy")
    await release(stage, "2.0", another_key(OLD))
    await release(stage, "2.0", OLD)
    [change] = await regraded(stage, alice)
    assert (change.gains, change.effect) == (True, "none: counts in version 1 only")
    assert await stage.certificates(alice) == []


async def test_moved_meanwhile(stage: Stage) -> None:
    """Whose open attempt went on with another revision, after it was listed, has nothing to be regraded."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.start(alice, INTAKE)
    target = await stage.store.read(find_target, INTAKE)
    assert await listed(stage, target) == [alice.id]
    await release(stage, "1.0", REWORDED)
    await stage.start(alice, INTAKE)
    assert await listed(stage, target) == []
    work = partial(regrade_learner, library=stage.library, terms=NAMING, now=stage.now)
    assert await stage.store.transact(work, learner=alice.id, revision=target.revisions[0], target=target) == []


async def listed(stage: Stage, target: Target) -> list[str]:
    return await stage.store.read(list_learners, target.revisions[0], after="", limit=10)
