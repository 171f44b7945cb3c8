"""What is a fact, and what the audit trail says of its change. What is left out stands here, too, with its reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from grader.store.values import to_text

Row = Mapping[str, Any]


class Fact(NamedTuple):
    """A table of facts. A change of a row needs an event about one of `told`: a kind, and the column with its subject.

    Without a column any event of that kind will do.
    """

    key: tuple[str, ...]
    told: tuple[tuple[str, str | None], ...]


CATALOG: tuple[str, str | None] = ("catalog", None)  # a build is taken in as a whole

FACTS = {
    "organizations": Fact(("id",), (("organization", "id"),)),
    "learners": Fact(("id",), (("learner", "id"),)),
    "sessions": Fact(("token_hash",), (("learner", "learner"),)),
    "certification_tracks": Fact(("id",), (CATALOG,)),
    "track_versions": Fact(("track", "major"), (CATALOG,)),
    "courses": Fact(("id",), (CATALOG,)),
    "quiz_revisions": Fact(("revision",), (CATALOG,)),
    "quiz_keys": Fact(("revision", "digest"), (CATALOG, ("quiz", "revision"))),
    "quizzes": Fact(("course",), (CATALOG,)),
    "catalog_states": Fact(("id",), (("catalog", "digest"),)),
    "user_certifications": Fact(("id",), (("certification", "id"),)),
    "course_credits": Fact(("certification", "course"), (("certification", "certification"),)),
    "quiz_attempts": Fact(("id",), (("attempt", "id"),)),
    "waivers": Fact(("id",), (("waiver", "id"),)),
    "certificates": Fact(("number",), (("certificate", "number"),)),
    "certificate_counters": Fact(("year",), (("certificate", None),)),
}

NO_FACTS = {
    "audit_events": "The trail itself; triggers keep its rows as they are.",
    "activities": "Practice counts for nothing, and each row says itself who tried what, when, in which revision.",
    "outbox": "What is left to be done: what comes of it is a fact, and is told then.",
}

SUBJECTS = {
    "attempt": ("quiz_attempts", "id"),
    "catalog": ("catalog_states", "digest"),
    "certificate": ("certificates", "number"),
    "certification": ("user_certifications", "id"),
    "course": ("courses", "id"),
    "learner": ("learners", "id"),
    "organization": ("organizations", "id"),
    "quiz": ("quiz_revisions", "revision"),
    "track": ("certification_tracks", "id"),
    "waiver": ("waivers", "id"),
}
"""Where the subject of an event is to be found, by its kind."""

DETAILS = {
    "attempt.started": {"course", "revision", "scope"},
    "attempt.moved": {"revision", "scope", "certification", "earlier"},
    "attempt.enrolled": {"certification", "earlier"},
    "attempt.submitted": {"status", "score", "revision", "key"},
    "attempt.timed-out": {"status", "score", "revision", "key"},
    "attempt.regraded": {"revision", "before", "after", "reason"},
    "catalog.changed": {"state", "versions", "earlier"},
    "certificate.issued": {"certification", "edition", "version", "expires_at"},
    "certificate.superseded": {"by"},
    "certificate.revoked": {"reason"},
    "certificate.reissued": {"instead_of", "reason", "name", "organization", "earlier"},
    "certificate.expiry-changed": {"version", "expires_at", "earlier"},
    "certification.started": {"track", "version"},
    "certification.completed": {"track", "version", "courses"},
    "certification.repeated": {"track", "version", "courses"},
    "course.regraded": {"revisions", "attempts", "reason"},
    "course.regrading-begun": {"revisions", "reason"},
    "learner.added": {"name", "email", "issuer"},
    "learner.changed": {"earlier"},
    "learner.role-changed": {"role", "email", "earlier"},
    "learner.signed-in": set[str](),
    "learner.signed-out": set[str](),
    "organization.added": {"name"},
    "quiz.key-kept": {"key", "course"},
    "track.released": {"version", "earlier"},
    "waiver.granted": {"learner", "email", "place", "reason", "ends_at"},
    "waiver.withdrawn": {"learner", "email", "place", "reason", "earlier"},
}
"""What each action says beside who, when and of what."""

NOBODY = {
    "attempt.timed-out": "The clock did it.",
    "catalog.changed": "Whoever built the content is known to git.",
    "track.released": "The same.",
    "certificate.expiry-changed": "A release did it.",
    "certification.started": "After a release, for who needs nothing more.",
    "certification.completed": "The same.",
    "certificate.issued": "The same.",
    "certificate.superseded": "The same.",
    "organization.added": "It is there before its first learner, whose event follows.",
}
"""What may happen without anybody doing it."""


class Change(NamedTuple):
    """Of one row; None: there was none before, or is none after."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def rows(self) -> list[Row]:
        return [row for row in (self.before, self.after) if row is not None]

    @property
    def columns(self) -> set[str]:
        """Those with another value than before; none for a row that came or went."""
        if self.before is None or self.after is None:
            return set()
        return {name for name in self.after if self.after[name] != self.before[name]}

    def is_draft(self) -> bool:
        """Answers saved while an attempt is open: nobody relies on them before they are submitted, or time is over."""
        return (
            self.table == "quiz_attempts"
            and bool(self.columns)
            and self.columns <= {"responses", "saved_at"}
            and all(row["status"] == "IN_PROGRESS" for row in self.rows)
        )

    def is_end_of_session(self, now: datetime) -> bool:
        """A session that is over opens nothing any more; that its row goes changes nothing."""
        return (
            self.table == "sessions"
            and self.before is not None
            and self.after is None
            and self.before["expires_at"] <= to_text(now)
        )

    def is_excused(self, now: datetime) -> bool:
        return self.is_draft() or self.is_end_of_session(now)
