"""What of a course a learner still has to show for the present major version: nothing, what is new, or everything."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from enum import StrEnum

from grader.catalog.model import Course, Record, Track, major_of
from grader.certification.facts import Facts, Held
from grader.certification.status import CertificateStatus


class NeedKind(StrEnum):
    PASSED = "PASSED"  # in this major version
    CREDITED = "CREDITED"  # passed in the former one, and nothing of it is new
    WAIVED = "WAIVED"
    QUESTIONS = "QUESTIONS"  # only these, of a course passed in the former version
    WHOLE = "WHOLE"


_DONE = frozenset((NeedKind.PASSED, NeedKind.CREDITED, NeedKind.WAIVED))


class Need(Record, frozen=True):
    kind: NeedKind
    questions: tuple[str, ...] = ()  # ids

    @property
    def done(self) -> bool:
        return self.kind in _DONE


def needs(track: Track, facts: Facts, now: datetime) -> dict[str, Need]:
    """By course."""
    start = counts_from(track, facts, now)
    former = _passed_formerly(track, facts, now) if start is None else frozenset()
    return {course.id: _need(track, course, facts, former, start, now) for course in track.courses}


def need(track: Track, course: Course, facts: Facts, now: datetime) -> Need:
    """What an attempt of this course has to hold, if it shall lead on."""
    return needs(track, facts, now)[course.id]


def _need(
    track: Track, course: Course, facts: Facts, former: AbstractSet[str], start: datetime | None, now: datetime
) -> Need:
    scopes = {
        one.scope
        for one in facts.passes
        if one.course == course.id and one.major == track.major and (start is None or one.at > start)
    }
    if "FULL" in scopes:
        return Need(kind=NeedKind.PASSED)
    renews = course.id in former and not is_new(course.since, track.major)
    new = _new_questions(track, course) if renews else ()
    if renews and not new:
        return Need(kind=NeedKind.CREDITED)
    if renews and "RENEWAL" in scopes:
        return Need(kind=NeedKind.PASSED)
    if facts.waivers and facts.waived_until(course.id, now):
        return Need(kind=NeedKind.WAIVED)
    return Need(kind=NeedKind.QUESTIONS, questions=new) if new else Need(kind=NeedKind.WHOLE)


def may_renew(track: Track, facts: Facts, now: datetime) -> bool:
    """By the difference: with a certificate of exactly the former major version, as long as it holds."""
    held = facts.held_of(track.major - 1)
    return held is not None and held.status(now) is CertificateStatus.ACTIVE


def counts_from(track: Track, facts: Facts, now: datetime) -> datetime | None:
    """Passes count after this moment only; None: all of this major version do.

    Whose certificate of this version was revoked, or is about to expire by the calendar (its last `grace_days`), or
    has expired, may earn the next one: by passing the whole track once more.
    """
    held = facts.held_of(track.major)
    return opens_at(held, track.grace_days, now) if held else None


def opens_at(held: Held, grace_days: int, now: datetime) -> datetime | None:
    """The moment after which passes count for the next certificate of the same version; None: they do not yet."""
    if held.revoked_at or held.expires_at is None:
        return held.revoked_at
    opens = max(held.issued_at, held.expires_at - timedelta(days=grace_days))
    return opens if opens <= now else None


def is_new(since: str | None, major: int) -> bool:
    """Does a `since:` mark belong to this major version (or, by mistake, to a later one)?"""
    return since is not None and major_of(since) >= major


def _passed_formerly(track: Track, facts: Facts, now: datetime) -> AbstractSet[str]:
    """The courses that counted in the former version, for who may renew."""
    if not may_renew(track, facts, now):
        return frozenset()
    return {one.course for one in facts.passes + facts.credits if one.major == track.major - 1}


def _new_questions(track: Track, course: Course) -> tuple[str, ...]:
    questions = course.quiz.questions if course.quiz else ()
    return tuple(question.id for question in questions if is_new(question.since, track.major))
