import pytest

from tests.acting import Stage

pytestmark = pytest.mark.on_both


async def test_it_works(stage: Stage) -> None:
    """Somebody new is told with all that is known of them, and so is a new organization."""
    alice = await stage.sign_in("Alice Liddell")
    [event] = await stage.events("learner", alice.id)
    assert (event.action, event.actor) == ("learner.added", alice.id)
    assert event.details == {
        "name": "Alice Liddell",
        "email": "alice@example.org",
        "organization": "Acme",
        "issuer": "development",
    }
    assert alice.organization
    [added] = await stage.events("organization", alice.organization)
    assert (added.action, added.details) == ("organization.added", {"name": "Acme"})


async def test_changed(stage: Stage) -> None:
    """What the way of signing in says differently is told with what it was."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.sign_in("Alice Hargreaves", organization=None)
    event = (await stage.events("learner", alice.id))[-1]
    assert (event.action, event.details) == (
        "learner.changed",
        {
            "name": "Alice Hargreaves",
            "organization": None,
            "earlier": {"name": "Alice Liddell", "organization": "Acme"},
        },
    )


async def test_unchanged(stage: Stage) -> None:
    """The same facts again are no news, nor is an organization that is known."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.sign_in("Alice Liddell")
    await stage.sign_in("Bob Marley")
    assert len(await stage.events("learner", alice.id)) == 1
    assert alice.organization
    assert len(await stage.events("organization", alice.organization)) == 1
