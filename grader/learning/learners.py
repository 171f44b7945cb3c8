"""Signing in and out."""

from datetime import datetime, timedelta

from grader.errors import SignInRequiredError
from grader.identity.person import Person
from grader.identity.session import token_hash
from grader.learning import audit
from grader.learning.ids import new_id
from grader.store.base import Tx
from grader.store.rows import Learner, Organization


def sign_in(tx: Tx, person: Person, token: str, *, now: datetime, hours: int, former: str | None = None) -> Learner:
    """Remember a person with the newest facts, and open a session for `hours`.

    Expired sessions go, and the `former` one of the same browser.
    """
    organization = (
        tx.find(Organization, "upsert_organization", id=new_id(), name=person.organization, now=now)
        if person.organization
        else None
    )
    learner = tx.find(
        Learner,
        "upsert_learner",
        id=new_id(),
        issuer=person.issuer,
        subject=person.subject,
        name=person.name,
        email=person.email,
        kind="TENANT" if organization else "INTERNAL",
        organization=organization.id if organization else None,
        now=now,
    )
    assert learner is not None
    tx.run("delete_expired_sessions", now=now)
    if former:
        tx.run("delete_session", token_hash=token_hash(former))
    tx.run(
        "insert_session",
        token_hash=token_hash(token),
        learner=learner.id,
        created_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    audit.record(tx, "learner.signed-in", actor=learner.id, subject=("learner", learner.id), now=now)
    return learner


def sign_out(tx: Tx, token: str, *, now: datetime) -> None:
    learner = find_learner(tx, token, now=now)
    tx.run("delete_session", token_hash=token_hash(token))
    if learner:
        audit.record(tx, "learner.signed-out", actor=learner.id, subject=("learner", learner.id), now=now)


def find_learner(tx: Tx, token: str, *, now: datetime) -> Learner | None:
    """Whose session this is, while it lasts."""
    return tx.find(Learner, "find_session_learner", token_hash=token_hash(token), now=now)


def get_learner(tx: Tx, token: str, *, now: datetime) -> Learner:
    """Raises SignInRequiredError."""
    learner = find_learner(tx, token, now=now)
    if learner is None:
        raise SignInRequiredError
    return learner
