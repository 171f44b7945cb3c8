"""The rules in plain Python, as the issues and the authors' guide tell them. Imports nothing that applies them.

Answers are texts by question. A certificate's status is computed, as it is in the grader.
"""

from calendar import monthrange
from datetime import datetime, timedelta

from tests.laws.editions import BASICS, CLOCK, COURSES, EXPERT, EXTRA, GRACE, INTAKE, SECRETS, Edition
from tests.laws.grounds import needed
from tests.laws.things import Answers, Attempt, Certificate, Learner, Paper, Waiver

HOUR = timedelta(hours=1)
LIMITS = {INTAKE: 2}  # attempts
COOLDOWN = {INTAKE: HOUR}
TIME = {CLOCK: timedelta(minutes=10)}
MONTHS = {BASICS: 12}
REQUIRED = {BASICS: (INTAKE, CLOCK), EXPERT: (SECRETS,)}

REGRADED = "The key was wrong"


class RefusedError(Exception):
    """By the rules. The text is the problem's name."""


def track_of(course: str) -> str:
    return course.partition("/")[0]


class World:
    """Everything that is so, and what may be done."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.keys: dict[tuple[str, ...], bool] = {}  # by the questions of `intake`: is the erratum in?
        self.learners: list[Learner] = []
        self.counters: dict[int, int] = {}
        self._take_in(edition)

    # What is taught

    def publish(self, edition: Edition, now: datetime) -> None:
        former, self.edition = self.edition, edition
        self._take_in(edition)
        if edition.major > former.major:
            for learner in self.learners:
                for one in learner.certificates:
                    if one.track == BASICS and one.major < edition.major:
                        one.expires = min(one.expires or now + GRACE, now + GRACE)
        if (edition.major, edition.minor) != (former.major, former.minor):
            for learner in self.learners:
                self.settle(learner, BASICS, now)

    def _take_in(self, edition: Edition) -> None:
        self.keys[self.questions(INTAKE)] = edition.erratum

    def major(self, track: str) -> int:
        return self.edition.major if track == BASICS else 1

    def questions(self, course: str) -> tuple[str, ...]:
        intake = ("q1", "q2", "q3") if self.edition.major >= 3 else ("q1", "q2")
        return {INTAKE: intake, CLOCK: ("q4", "q5"), EXTRA: ("q6",), SECRETS: ("q7",)}[course]

    def changed(self, course: str) -> bool:
        """Is the course new in the present major version?"""
        return course == CLOCK and self.edition.major == 2

    def new_questions(self, course: str) -> tuple[str, ...]:
        return ("q3",) if course == INTAKE and self.edition.major == 3 else ()

    # Attempts

    def start(self, learner: Learner, course: str, now: datetime) -> tuple[Attempt, bool]:
        """The attempt, and whether it is a new one."""
        found = learner.open(course)
        if found and found.over(now):
            self._end(learner, found, found.saved, now, timed_out=True)
            found = None
        track = track_of(course)
        if not found and track == EXPERT and not self._meets_basics(learner, now):
            raise RefusedError("prerequisites-missing")
        asked, since = self._terms(learner, course, now)
        if found:
            self._go_on(found, asked, now)
            return found, False
        self._check_limits(learner, course, asked, since, now)
        made = Attempt(
            course=course,
            number=1 + sum(one.course == course for one in learner.attempts),
            paper=Paper(course, self.questions(course), asked or self.questions(course)),
            major=self.major(track),
            renewal=asked is not None,
            started=now,
            due=now + TIME[course] if course in TIME else None,
        )
        learner.attempts.append(made)
        return made, True

    def _meets_basics(self, learner: Learner, now: datetime) -> bool:
        majors = {one.major for one in learner.certificates if one.track == BASICS}
        held = [learner.last(BASICS, major) for major in majors]
        return any(one and not one.revoked for one in held) or learner.waived(BASICS, None, now)

    def _terms(self, learner: Learner, course: str, now: datetime) -> tuple[tuple[str, ...] | None, datetime | None]:
        """Only these questions, in a renewal; and since when attempts count."""
        track = track_of(course)
        if not any(one.track == track for one in learner.certificates):
            return None, None
        need = self.need(learner, course, now)
        return (need if isinstance(need, tuple) else None), self.counts_from(learner, track, now)

    def _go_on(self, found: Attempt, asked: tuple[str, ...] | None, now: datetime) -> None:
        """An open attempt counts for what is taught now, and has its questions; one that runs by the clock stays."""
        major = self.major(track_of(found.course))
        stale = found.renewal and (asked is None or found.major != major)
        if not stale and not found.renewal:
            found.major = major
        if stale or found.paper.questions != self.questions(found.course):
            found.paper = Paper(found.course, self.questions(found.course), asked or self.questions(found.course))
            found.major, found.renewal, found.saved = major, asked is not None, {}
            found.due = now + TIME[found.course] if found.course in TIME else None

    def _check_limits(
        self, learner: Learner, course: str, asked: tuple[str, ...] | None, since: datetime | None, now: datetime
    ) -> None:
        ends = [
            one.ended
            for one in learner.attempts
            if one.course == course
            and one.ended
            and (one.major, one.renewal) == (self.major(track_of(course)), asked is not None)
            and (since is None or one.started > since)
        ]
        if course in LIMITS and len(ends) >= LIMITS[course]:
            raise RefusedError("attempts-spent")
        if course in COOLDOWN and ends and now < max(ends) + COOLDOWN[course]:
            raise RefusedError("cooldown")

    def save(self, attempt: Attempt, answers: Answers, now: datetime) -> None:
        if attempt.timed_out or (attempt.status == "IN_PROGRESS" and attempt.over(now)):
            raise RefusedError("time-over")
        if attempt.status != "IN_PROGRESS":
            raise RefusedError("attempt-finished")
        attempt.saved = answers

    def submit(self, learner: Learner, attempt: Attempt, answers: Answers, now: datetime) -> None:
        if attempt.status != "IN_PROGRESS":
            if not attempt.timed_out and attempt.saved != answers:
                raise RefusedError("attempt-finished")
        elif attempt.over(now):
            self._end(learner, attempt, attempt.saved, now, timed_out=True)
        else:
            self._end(learner, attempt, answers, now)

    def close(self, learner: Learner, now: datetime) -> None:
        """What the clock does to attempts that were left."""
        for one in learner.attempts:
            if one.status == "IN_PROGRESS" and one.over(now):
                self._end(learner, one, one.saved, now, timed_out=True)

    def _end(
        self, learner: Learner, attempt: Attempt, answers: Answers, now: datetime, *, timed_out: bool = False
    ) -> None:
        track = track_of(attempt.course)
        if attempt.paper.questions == self.questions(attempt.course) and not attempt.renewal:
            attempt.major = self.major(track)
        attempt.saved, attempt.timed_out = answers, timed_out
        attempt.score, attempt.status = self._grade(attempt)
        attempt.erratum = self._erratum(attempt)
        attempt.ended = attempt.due if timed_out else now
        if attempt.status == "PASSED":
            self.settle(learner, track, now)

    def _grade(self, attempt: Attempt) -> tuple[float, str]:
        paper = attempt.paper
        right = [attempt.saved.get(question) == self.right(paper, question) for question in paper.asked]
        score = round(sum(right) / len(right), 9)
        return score, "PASSED" if score >= 0.8 else "FAILED"

    def _erratum(self, attempt: Attempt) -> bool:
        return attempt.course == INTAKE and self.keys[attempt.paper.questions]

    def regrade(self, learner: Learner, course: str, now: datetime, *, lowering: bool, revoking: bool) -> None:
        """With the present key. Nobody gets less unless `lowering`, or loses a certificate unless `revoking`, too."""
        gained, lost = False, []
        for one in learner.attempts:
            if one.course != course or one.score is None or one.erratum == self._erratum(one):
                continue
            score, status = self._grade(one)
            if score < one.score and not lowering:
                continue
            gained |= (one.status, status) == ("FAILED", "PASSED")
            if (one.status, status) == ("PASSED", "FAILED"):
                lost.append(one)
            one.score, one.status, one.erratum = score, status, self._erratum(one)
        if gained:
            self.settle(learner, track_of(course), now)
        if course in REQUIRED[track_of(course)] and not learner.waived(track_of(course), course, now):
            for held in learner.certificates if revoking else ():
                if held.track == track_of(course) and any(needed(learner, held, one) for one in lost):
                    held.revoked, held.reason = held.revoked or now, held.reason or REGRADED

    def right(self, paper: Paper, question: str) -> str:
        return "No" if question == "q1" and self.keys[paper.questions] else "Yes"

    # Certification

    def counts_from(self, learner: Learner, track: str, now: datetime) -> datetime | None:
        """Who has this version's certificate gets another one when it was revoked, ends soon or has ended: by passing
        everything once more, after this moment.
        """
        held = learner.last(track, self.major(track))
        if held is None or held.revoked or held.expires is None:
            return held.revoked if held else None
        opens = max(held.issued, held.expires - GRACE)
        return opens if opens <= now else None

    def need(self, learner: Learner, course: str, now: datetime) -> str | tuple[str, ...]:
        """PASSED, CREDITED, WAIVED, WHOLE, or the questions that are left to answer."""
        track = track_of(course)
        major, since = self.major(track), self.counts_from(learner, track, now)
        passed = {
            one.renewal
            for one in learner.attempts
            if (one.course, one.major, one.status) == (course, major, "PASSED")
            and one.ended
            and (since is None or one.ended > since)
        }
        former = learner.last(track, major - 1)
        renews = (
            since is None
            and former is not None
            and former.status(now) == "ACTIVE"
            and not self.changed(course)
            and self._counted(learner, course, major - 1)
        )
        new = self.new_questions(course) if renews else ()
        if False in passed or (renews and new and True in passed):
            return "PASSED"
        if renews and not new:
            return "CREDITED"
        if learner.waived(track, course, now):
            return "WAIVED"
        return new or "WHOLE"

    def _counted(self, learner: Learner, course: str, major: int) -> bool:
        return (course, major) in learner.credits or any(
            (one.course, one.major, one.status) == (course, major, "PASSED") for one in learner.attempts
        )

    def settle(self, learner: Learner, track: str, now: datetime) -> None:
        """Whoever needs nothing more is certified: for something, so not by waivers alone."""
        major = self.major(track)
        if learner.last(track, major) and self.counts_from(learner, track, now) is None:
            return
        needs = {course: self.need(learner, course, now) for course in COURSES if track_of(course) == track}
        required = [needs[course] for course in REQUIRED[track]]
        if not all(need in ("PASSED", "CREDITED", "WAIVED") for need in required) or set(required) == {"WAIVED"}:
            return
        learner.credits |= {(course, major) for course, need in needs.items() if need == "CREDITED"}
        self._issue(learner, track, now)

    def _issue(self, learner: Learner, track: str, now: datetime) -> None:
        last = learner.last(track, self.major(track))
        new = Certificate(
            number=self._number(now),
            track=track,
            major=self.major(track),
            edition=last.edition + 1 if last else 1,
            issued=now,
            expires=months_later(now, MONTHS[track]) if track in MONTHS else None,
        )
        for one in learner.certificates:
            if one.track == track and not one.superseded_by and not one.revoked:
                one.superseded_by = new.number
        learner.certificates.append(new)

    def _number(self, now: datetime) -> str:
        self.counters[now.year] = self.counters.get(now.year, 0) + 1
        return f"CERT-{now.year}-{self.counters[now.year]:05d}"

    def revoke(self, certificate: Certificate, reason: str, now: datetime) -> None:
        """Twice for the same reason is once."""
        if certificate.revoked and certificate.reason != reason:
            raise RefusedError("certificate-revoked")
        certificate.revoked, certificate.reason = certificate.revoked or now, reason

    def reissue(self, learner: Learner, certificate: Certificate, reason: str, now: datetime) -> None:
        """With a corrected name: a new number; date of issue and end stay."""
        if certificate.superseded_by or learner.last(certificate.track, certificate.major) is not certificate:
            raise RefusedError("certificate-superseded")
        new = Certificate(
            number=self._number(now),
            track=certificate.track,
            major=certificate.major,
            edition=certificate.edition + 1,
            issued=certificate.issued,
            expires=certificate.expires,
        )
        certificate.revoked, certificate.reason = certificate.revoked or now, certificate.reason or reason
        certificate.superseded_by = new.number
        learner.certificates.append(new)

    def waive(self, learner: Learner, track: str, course: str | None, ends: datetime, now: datetime) -> None:
        learner.waivers.append(Waiver(track, course, ends))
        self.settle(learner, track, now)

    def withdraw(self, learner: Learner, track: str, course: str | None, now: datetime) -> None:
        if not learner.waived(track, course, now):
            raise RefusedError("no-waiver")
        for one in learner.waivers:
            if (one.track, one.course) == (track, course) and one.lasts(now):
                one.withdrawn = now


def months_later(day: datetime, months: int) -> datetime:
    """The same day of that month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
