"""What the model is made of. Answers are texts by question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LATE = timedelta(seconds=5)  # what is sent at the last moment may be so long on its way

Answers = Mapping[str, str]


@dataclass
class Attempt:
    course: str
    number: int
    paper: "Paper"
    major: int
    renewal: bool
    started: datetime
    due: datetime | None
    saved: Answers = field(default_factory=dict)
    status: str = "IN_PROGRESS"
    score: float | None = None
    ended: datetime | None = None
    timed_out: bool = False
    erratum: bool = False  # was it graded with the key that has the erratum in?

    def over(self, now: datetime) -> bool:
        return self.due is not None and now > self.due + LATE


@dataclass(frozen=True)
class Paper:
    """The questions of a course as one edition has them."""

    course: str
    questions: tuple[str, ...]
    asked: tuple[str, ...]  # of those


@dataclass
class Certificate:
    number: str
    track: str
    major: int
    edition: int
    issued: datetime
    expires: datetime | None
    revoked: datetime | None = None
    reason: str | None = None
    superseded_by: str | None = None

    def status(self, now: datetime) -> str:
        if self.revoked:
            return "REVOKED"
        return "EXPIRED" if self.expires and self.expires <= now else "ACTIVE"


@dataclass
class Waiver:
    track: str
    course: str | None
    ends: datetime
    withdrawn: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        return not self.withdrawn and now < self.ends


@dataclass
class Learner:
    attempts: list[Attempt] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    credits: set[tuple[str, int]] = field(default_factory=set)  # course and major version: counted without a pass
    waivers: list[Waiver] = field(default_factory=list)

    def open(self, course: str) -> Attempt | None:
        return next((one for one in self.attempts if one.course == course and one.status == "IN_PROGRESS"), None)

    def last(self, track: str, major: int) -> Certificate | None:
        mine = [one for one in self.certificates if (one.track, one.major) == (track, major)]
        return max(mine, key=lambda one: one.edition, default=None)

    def waived(self, track: str, course: str | None, now: datetime) -> bool:
        return any((one.track, one.course) == (track, course) and one.lasts(now) for one in self.waivers)
