import pytest

from grader.errors import ForbiddenError, NotFoundError
from grader.learning.people import check_operator, get_person, give_role
from grader.store.rows import Role
from tests.acting import Stage

pytestmark = pytest.mark.on_both


async def given(stage: Stage, who: str, role: Role) -> None:
    await stage.store.transact(give_role, who, role, actor="operator:root", now=stage.now)


async def test_it_works(stage: Stage) -> None:
    """Whoever is made an operator is one, also after signing in again; the trail has the old and the new role."""
    alice = await stage.sign_in("Alice Liddell")
    with pytest.raises(ForbiddenError, match="grader role EMAIL operator"):
        check_operator(alice)
    await given(stage, "Alice@Example.org", "operator")
    check_operator(await stage.sign_in("Alice Hargreaves"))
    event = (await stage.events("learner", alice.id))[1]
    assert (event.action, event.actor) == ("learner.role-changed", "operator:root")
    assert (event.details["role"], event.details["earlier"]) == ("operator", {"role": "learner"})


async def test_the_same_role_again(stage: Stage) -> None:
    """Nothing changes, so nothing is told."""
    alice = await stage.sign_in("Alice Liddell")
    await given(stage, alice.id, "learner")
    assert len(await stage.events("learner", alice.id)) == 1


async def test_by_id_and_by_address(stage: Stage) -> None:
    """Both name the same person; spaces around an address do not matter."""
    alice = await stage.sign_in("Alice Liddell")
    for name in (alice.id, "alice@example.org", " ALICE@EXAMPLE.ORG "):
        assert (await stage.store.read(get_person, name)).id == alice.id
    with pytest.raises(NotFoundError):
        await stage.store.read(get_person, "bob@example.org")
