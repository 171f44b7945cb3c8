"""What the columns of SQLite do not tell of themselves. A test compares it with PostgreSQL's types."""

from typing import NamedTuple


class Column(NamedTuple):
    table: str
    name: str


JSON = frozenset(
    {
        Column("quiz_revisions", "questions"),
        Column("quiz_revisions", "topics"),
        Column("quiz_revisions", "key"),
        Column("quiz_revisions", "html"),
        Column("quiz_keys", "key"),
        Column("quizzes", "rules"),
        Column("quiz_attempts", "responses"),
        Column("quiz_attempts", "shown"),
        Column("quiz_attempts", "grade"),
        Column("activities", "response"),
        Column("certificates", "courses"),
        Column("audit_events", "details"),
        Column("outbox", "payload"),
    }
)

TRUTH = frozenset(
    {
        Column("certification_tracks", "required"),
        Column("certification_tracks", "active"),
        Column("courses", "required"),
        Column("courses", "active"),
        Column("quizzes", "active"),
        Column("quiz_attempts", "timed_out"),
        Column("activities", "correct"),
    }
)

SECRETS = frozenset(
    {
        Column("sessions", "token_hash"),
        Column("quiz_revisions", "key"),
        Column("quiz_keys", "key"),
        Column("certificates", "code"),  # whoever has it may read the certificate's facts
    }
)
"""Given to nobody who does not ask for them."""
