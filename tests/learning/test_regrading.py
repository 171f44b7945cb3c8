from functools import partial

import pytest

from grader.certificates.model import Certificate
from grader.learning.regrading import Change, Target, Terms, find_target, list_learners, regrade_learner
from grader.store.rows import Learner
from tests.acting import Stage, version
from tests.api.parts import PAGES

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
