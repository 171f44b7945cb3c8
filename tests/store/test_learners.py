from datetime import datetime, timedelta

import pytest

from grader.store.base import ConstraintViolationError, Store, Tx, UniqueViolationError
from grader.store.rows import Learner


def sign_in(tx: Tx, /, **changed: str | datetime | None) -> Learner:
    facts = {
        "id": "new",
        "issuer": "https://id.example",
        "subject": "alice-1",
        "name": "Alice Jones",
        "email": "jones@example.org",
        "kind": "TENANT",
        "organization": "acme",
    }
    learner = tx.find(Learner, "upsert_learner", **(facts | changed))
    assert learner
    return learner


async def test_it_works(filled: Store, now: datetime) -> None:
    """Whoever signs in again is the same learner with the newest facts."""
    learner = await filled.transact(sign_in, now=now + timedelta(days=1))
    assert (learner.id, learner.name, learner.organization_name) == ("alice", "Alice Jones", "Acme")
    assert (now, now + timedelta(days=1)) == (learner.created_at, learner.updated_at)
    assert learner == await filled.read(lambda tx: tx.find(Learner, "find_learner", id="alice"))


async def test_same_email(filled: Store, now: datetime) -> None:
    """A person is issuer and subject: the same e-mail address from elsewhere is another learner."""
    learner = await filled.transact(sign_in, issuer="https://other.example", now=now)
    assert learner.id == "new"


async def test_role(filled: Store, now: datetime) -> None:
    """A role is given apart from signing in, and signing in again keeps it."""
    assert await filled.transact(lambda tx: tx.run("set_learner_role", id="alice", role="manager", now=now)) == 1
    assert (await filled.transact(sign_in, now=now)).role == "manager"


@pytest.mark.parametrize(
    ("kind", "organization"), [("TENANT", None), ("INTERNAL", "acme"), ("GUEST", None), ("TENANT", "nowhere")]
)
async def test_kind(filled: Store, now: datetime, kind: str, organization: str | None) -> None:
    """A tenant belongs to an organization that exists, staff to none."""
    with pytest.raises(ConstraintViolationError):
        await filled.transact(sign_in, kind=kind, organization=organization, now=now)


def insert_session(tx: Tx, token: str, now: datetime) -> int:
    return tx.run(
        "insert_session",
        token_hash=token,
        learner="alice",
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )


def session(tx: Tx, token: str, now: datetime) -> Learner | None:
    return tx.find(Learner, "find_session_learner", token_hash=token, now=now)


async def test_session(filled: Store, now: datetime) -> None:
    """A session gives its learner, with the organization's name, until it expires."""
    await filled.transact(insert_session, "token", now)
    learner = await filled.read(session, "token", now)
    assert learner
    assert (learner.id, learner.organization_name) == ("alice", "Acme")
    assert await filled.read(session, "token", now + timedelta(hours=1)) is None
    assert await filled.read(session, "other", now) is None


async def test_session_ends(filled: Store, now: datetime) -> None:
    """A deleted session gives nobody."""
    await filled.transact(insert_session, "token", now)
    assert await filled.transact(lambda tx: tx.run("delete_session", token_hash="token")) == 1
    assert await filled.read(session, "token", now) is None


async def test_expired_sessions(filled: Store, now: datetime) -> None:
    """Expired sessions are deleted, others stay."""
    await filled.transact(insert_session, "old", now - timedelta(hours=1))
    await filled.transact(insert_session, "young", now)
    assert await filled.transact(lambda tx: tx.run("delete_expired_sessions", now=now)) == 1
    assert await filled.read(session, "young", now)


async def test_token_twice(filled: Store, now: datetime) -> None:
    """Two sessions never share a token."""
    await filled.transact(insert_session, "token", now)
    with pytest.raises(UniqueViolationError):
        await filled.transact(insert_session, "token", now)
