"""The rows as structs, with the columns' names; a column without a field is left out. All times are UTC."""

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from grader.catalog.model import CertificationLevel, QuizKey, Topic
from grader.questions.model import Question

Role: TypeAlias = Literal["learner", "manager", "operator"]


class Organization(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    created_at: datetime


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """A person: the pair of issuer and subject, never the e-mail address."""

    id: str
    issuer: str
    subject: str
    name: str
    email: str
    kind: Literal["INTERNAL", "TENANT"]
    organization: str | None  # its id; none for INTERNAL
    organization_name: str | None
    role: Role
    created_at: datetime
    updated_at: datetime


class TrackRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    type: str
    level: CertificationLevel
    required: bool
    version: str
    major: int
    grace_days: int
    validity_months: int | None
    url: str
    position: int


class CatalogState(msgspec.Struct, frozen=True, kw_only=True):
    """Which build was synchronised last."""

    digest: str
    synchronised_at: datetime


class QuizRevisionRow(msgspec.Struct, frozen=True, kw_only=True):
    revision: str
    course: str  # the last one that had it
    questions: tuple[Question, ...]
    topics: tuple[Topic, ...]
    key: QuizKey
    key_digest: str
    html: dict[str, str] | None  # of each question, where the page carries none
    first_seen_at: datetime


class QuizKeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key that a revision has or had."""

    revision: str
    digest: str
    key: QuizKey
    first_seen_at: datetime


class AttemptRow(msgspec.Struct, frozen=True, kw_only=True):
    """`responses`, `shown` and `grade` are JSON of the grading's choice; a subclass gives them its types."""

    id: str
    learner: str
    course: str
    revision: str
    certification: str | None
    number: int  # 1, 2, ... per learner and course
    status: Literal["IN_PROGRESS", "PASSED", "FAILED"]
    passing_score: float
    scope: Literal["FULL", "RENEWAL"]
    started_at: datetime
    due_at: datetime | None  # when the time limit ends
    saved_at: datetime | None
    submitted_at: datetime | None
    timed_out: bool  # it ended by the time limit, with what was saved
    score: float | None
    responses: Any
    shown: Any
    grade: Any
    key_digest: str | None  # of the key that the grade was made with
    regraded_at: datetime | None


class AttemptEnd(msgspec.Struct, frozen=True, kw_only=True):
    """What the limits of later attempts count."""

    number: int
    certification: str | None
    scope: Literal["FULL", "RENEWAL"]
    started_at: datetime
    submitted_at: datetime | None  # None: it is open


class CourseResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner has reached in a course, over all attempts that count for one major version of its track."""

    track: str
    major: int
    course: str
    status: Literal["IN_PROGRESS", "PASSED", "FAILED"]
    score: float | None  # none until an attempt is finished
    attempts: int
    last_started_at: datetime
    last_passed_at: datetime | None


class CertificationRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    learner: str
    track: str
    major: int
    status: Literal["NOT_STARTED", "IN_PROGRESS", "COMPLETED"]
    started_at: datetime
    completed_at: datetime | None
    version_completed: str | None


class AuditEvent(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    at: datetime
    actor: str | None
    action: str
    subject_kind: str
    subject: str
    details: dict[str, Any]


class TrailEvent(AuditEvent, frozen=True, kw_only=True):
    actor_email: str | None  # None: nobody who signs in


class WaiverRow(msgspec.Struct, frozen=True, kw_only=True):
    """With whose it is."""

    id: str
    learner: str
    learner_name: str
    learner_email: str
    track: str
    course: str | None  # None: of the whole track
    reason: str
    granted_by: str
    granted_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    kind: str
    subject: str
    payload: dict[str, Any]
    created_at: datetime
    due_at: datetime
    attempts: int  # so far
    done_at: datetime | None
    error: str | None  # of the last attempt
