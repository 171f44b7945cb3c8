"""One line in the audit trail: who did what to what, and when."""

from datetime import datetime

from grader.store.base import Tx, Value


def record(
    tx: Tx, action: str, *, actor: str | None, subject: tuple[str, str], now: datetime, **details: Value
) -> None:
    """`action` is a past participle with its noun (`attempt.submitted`); `subject` is kind and id."""
    tx.run(
        "insert_audit_event",
        at=now,
        actor=actor,
        action=action,
        subject_kind=subject[0],
        subject=subject[1],
        details=details,
    )
