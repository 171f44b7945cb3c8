"""How far a learner is on the way through a track."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from grader.catalog.model import Record, Track
from grader.certification.facts import Held
from grader.certification.needs import Need, NeedKind
from grader.certification.status import CertificateStatus


class CertificationStatus(StrEnum):
    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"


def certification_status(held: Held | None, *, begun: bool, now: datetime) -> CertificationStatus:
    """Of one major version. `held`: its certificate. With one that holds no more the way begins anew.

    `begun`: was an attempt started that counts?
    """
    if held and held.status(now) is CertificateStatus.ACTIVE:
        return CertificationStatus.COMPLETED
    return CertificationStatus.IN_PROGRESS if begun else CertificationStatus.NOT_STARTED


class Progress(Record, frozen=True):
    required: int  # courses
    passed: int  # of the required ones: passed, credited or waived
    earned: int  # of those: passed or credited

    @property
    def complete(self) -> bool:
        """Nobody is certified for nothing: not in a track without required courses, nor by waivers alone."""
        return self.passed == self.required and self.earned > 0


def progress(track: Track, needs: Mapping[str, Need]) -> Progress:
    """`needs` has those of each course, by id."""
    required = [needs[course.id] for course in track.courses if course.required]
    return Progress(
        required=len(required),
        passed=sum(one.done for one in required),
        earned=sum(one.kind in (NeedKind.PASSED, NeedKind.CREDITED) for one in required),
    )
