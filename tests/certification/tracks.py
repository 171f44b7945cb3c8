"""A track in its second major version, and what is on record about a learner in it."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from grader.catalog.model import CertificationLevel, Course, CourseType, Quiz, QuizRules, Track
from grader.certification.facts import Facts, Held, Pass
from grader.questions.model import Question, QuestionType

RELEASE = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
GRACE = timedelta(days=90)


def course(name: str, *marks: str | None, since: str | None = None, required: bool = True) -> Course:
    """With a question `q0`, `q1`, ... for each mark: its `since`."""
    questions = tuple(
        Question(id=f"q{n}", type=QuestionType.TRUE_FALSE, text=f"Question {n}", since=mark)
        for n, mark in enumerate(marks or (None,))
    )
    return Course(
        id=f"basics/{name}",
        title=name.title(),
        type=CourseType.TEXT,
        minutes=5,
        required=required,
        url=f"basics/{name}/",
        since=since,
        quiz=Quiz(revision=name, rules=QuizRules(), questions=questions),
    )


OLD = course("old")
SOME = course("some", None, "2.0", "1.4", "2.1")
CHANGED = course("changed", "2.0", since="2.0")
ADDED = course("added")
EXTRA = course("extra", required=False)


def track(*courses: Course, version: str = "2.0", required: bool = True, months: int | None = None) -> Track:
    return Track(
        id="basics",
        title="Basics",
        type="PLATFORM_FUNDAMENTALS",
        level=CertificationLevel.FOUNDATION,
        required=required,
        version=version,
        url="basics/",
        grace_days=90,
        validity_months=months,
        courses=courses or (OLD, SOME, CHANGED, ADDED, EXTRA),
    )


def passed(
    name: str, major: int = 1, *, scope: Literal["FULL", "RENEWAL"] = "FULL", at: datetime | None = None
) -> Pass:
    return Pass(course=f"basics/{name}", major=major, scope=scope, at=at or RELEASE - timedelta(days=400))


def held(
    major: int = 1,
    *,
    issued_at: datetime = RELEASE - timedelta(days=400),
    expires_at: datetime | None = RELEASE + GRACE,
    revoked_at: datetime | None = None,
) -> Held:
    return Held(
        number=f"CERT-2026-0000{major}", major=major, issued_at=issued_at, expires_at=expires_at, revoked_at=revoked_at
    )


HOLDER = Facts(passes=(passed("old"), passed("some"), passed("changed"), passed("extra")), held=(held(),))
"""Certified in 1.x, when ADDED did not exist yet."""
