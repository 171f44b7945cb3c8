"""Reading the audit trail: how each fact came about."""

from datetime import datetime

from grader.errors import NotFoundError
from grader.learning.people import get_person
from grader.store.base import Tx
from grader.store.rows import TrailEvent


def latest(tx: Tx, *, since: datetime, limit: int) -> list[TrailEvent]:
    """The newest ones, in the order in which they happened."""
    return tx.list(TrailEvent, "list_latest_audit_events", since=since, limit=limit)[::-1]


def of(tx: Tx, subject: str, *, since: datetime, limit: int) -> list[TrailEvent]:
    """Of a person (e-mail address or id) and all that is theirs; or of whatever has this number, name or id.

    The newest ones, in the order in which they happened. Raises NotFoundError and AmbiguousLearnerError.
    """
    events = tx.list(TrailEvent, "list_audit_events_of", subject=subject, since=since, limit=limit)
    if events and events[0].subject_kind != "learner":
        return events[::-1]
    try:
        learner = get_person(tx, subject)
    except NotFoundError:
        raise NotFoundError("audit event of", subject) from None
    return tx.list(TrailEvent, "list_audit_events_of_learner", learner=learner.id, since=since, limit=limit)[::-1]


def last(tx: Tx) -> int:
    """The id of the newest event; 0 when there is none."""
    return tx.find(int, "last_audit_event") or 0


def after(tx: Tx, event: int, *, actor: str) -> list[TrailEvent]:
    """What somebody did since then, oldest first."""
    return tx.list(TrailEvent, "list_audit_events_after", id=event, actor=actor)
