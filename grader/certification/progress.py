"""How far a learner is on the way through a track."""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from grader.catalog.model import Record, Track


class CertificationStatus(StrEnum):
    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"


class Progress(Record, frozen=True):
    required: int  # courses
    passed: int  # of the required ones

    @property
    def complete(self) -> bool:
        """A track without required courses completes nobody."""
        return 0 < self.required == self.passed


def progress(track: Track, passed: AbstractSet[str]) -> Progress:
    """`passed` are the ids of the courses passed."""
    required = {course.id for course in track.courses if course.required}
    return Progress(required=len(required), passed=len(required & passed))
