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
    learner = remember(tx, person, now=now)
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


def remember(tx: Tx, person: Person, *, now: datetime) -> Learner:
    """The learner of that issuer and subject, with the newest facts; what is new or other than before is told."""
    former = tx.find(Learner, "find_learner_by_subject", issuer=person.issuer, subject=person.subject)
    organization = _organization(tx, person, now=now) if person.organization else None
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
    facts, earlier = _facts(learner), _facts(former) if former else {}
    changed = {name: value for name, value in facts.items() if value != earlier.get(name)}
    if changed:
        audit.record(
            tx,
            "learner.changed" if former else "learner.added",
            actor=learner.id,
            subject=("learner", learner.id),
            now=now,
            **changed,
            **({"earlier": {name: earlier[name] for name in changed}} if former else {}),
        )
    return learner


def _organization(tx: Tx, person: Person, *, now: datetime) -> Organization | None:
    new = new_id()
    organization = tx.find(Organization, "upsert_organization", id=new, name=person.organization, now=now)
    if organization and organization.id == new:
        subject = ("organization", organization.id)
        audit.record(tx, "organization.added", actor=None, subject=subject, now=now, name=organization.name)
    return organization


def _facts(learner: Learner) -> dict[str, str | None]:
    return {
        "name": learner.name,
        "email": learner.email,
        "organization": learner.organization_name,
        "issuer": learner.issuer,
    }


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
