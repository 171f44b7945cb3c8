import re
from datetime import datetime

from grader.store.base import Store, Tx
from grader.store.named import load
from grader.store.rows import AuditEvent


async def test_it_works(store: Store, now: datetime) -> None:
    """Events are kept in the order in which they came, and found by their subject."""

    def record(tx: Tx, action: str, subject: str) -> None:
        tx.run(
            "insert_audit_event",
            at=now,
            actor="alice",
            action=action,
            subject_kind="certificate",
            subject=subject,
            details={"reason": "Wrong name."},
        )

    for action, subject in (("issued", "one"), ("issued", "two"), ("revoked", "one")):
        await store.transact(record, action, subject)
    events = await store.read(
        lambda tx: tx.list(AuditEvent, "list_audit_events", subject_kind="certificate", subject="one")
    )
    assert [event.action for event in events] == ["issued", "revoked"]
    assert ("alice", now, {"reason": "Wrong name."}) == (events[0].actor, events[0].at, events[0].details)


def test_append_only() -> None:
    """No named query changes or deletes an event."""
    changing = re.compile(r"(INTO|UPDATE|DELETE\s+FROM)\s+audit_events")
    found = {name: changing.findall(query.sql) for name, query in load("sqlite3").items()}
    assert {name: words for name, words in found.items() if words} == {
        "insert_audit_event": ["INTO"],
        "insert_audit_of_expiry": ["INTO"],
    }
