"""What is on record about a learner in one track: all that the rules of certification look at."""

from datetime import datetime
from typing import Literal

from grader.catalog.model import Record
from grader.certification.status import CertificateStatus, certificate_status


class Pass(Record, frozen=True):
    """A course passed in the certification of a major version: its whole quiz, or what was new to a holder."""

    course: str
    major: int
    scope: Literal["FULL", "RENEWAL"]
    at: datetime  # the last time


class Credit(Record, frozen=True):
    """A course that counted in a completed certification without a pass in it."""

    course: str
    major: int


class Held(Record, frozen=True):
    """The last certificate of a completed certification."""

    number: str
    major: int
    issued_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def status(self, now: datetime) -> CertificateStatus:
        return certificate_status(expires_at=self.expires_at, revoked_at=self.revoked_at, now=now)


class Waiver(Record, frozen=True):
    """Granted and not withdrawn: of one course, or of the whole track."""

    course: str | None
    ends_at: datetime

    def lasts(self, now: datetime) -> bool:
        return now < self.ends_at


class Facts(Record, frozen=True):
    """Of one learner in one track, over all major versions."""

    passes: tuple[Pass, ...] = ()
    credits: tuple[Credit, ...] = ()
    held: tuple[Held, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def held_of(self, major: int) -> Held | None:
        return next((one for one in self.held if one.major == major), None)

    def waived_until(self, course: str | None, now: datetime) -> datetime | None:
        """The end of the longest waiver that lasts now; `course` None: of the track."""
        return max((one.ends_at for one in self.waivers if one.course == course and one.lasts(now)), default=None)

    def certified_by(self, now: datetime) -> Held | None:
        """The certificate that holds now, of the newest version."""
        active = [one for one in self.held if one.status(now) is CertificateStatus.ACTIVE]
        return max(active, key=lambda one: one.major, default=None)
