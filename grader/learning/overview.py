"""How a learner stands in every track."""

from datetime import datetime
from typing import NamedTuple

from grader.catalog.model import Course, Track
from grader.certificates.model import Certificate
from grader.certification.progress import CertificationStatus, Progress, progress
from grader.learning import certifications
from grader.learning.library import Library
from grader.store.base import Tx
from grader.store.rows import CertificationRow, CourseResult, Learner


class CourseStanding(NamedTuple):
    course: Course
    result: CourseResult | None  # None: not tried


class Standing(NamedTuple):
    """In the present major version of a track."""

    track: Track
    status: CertificationStatus
    progress: Progress
    courses: tuple[CourseStanding, ...]
    certificate: Certificate | None
    completed_at: datetime | None


def standings(tx: Tx, learner: Learner, library: Library) -> list[Standing]:
    """In the order of the catalog."""
    rows = tx.list(CertificationRow, "list_certifications", learner=learner.id)
    results = tx.list(CourseResult, "list_course_results", learner=learner.id)
    return [_standing(tx, track, rows, results) for track in library.tracks]


def standing(tx: Tx, learner: Learner, library: Library, track: str) -> Standing:
    """Raises NotFoundError."""
    found = library.get_track(track)
    rows = tx.list(CertificationRow, "list_certifications", learner=learner.id)
    results = tx.list(CourseResult, "list_course_results", learner=learner.id)
    return _standing(tx, found, rows, results)


def _standing(tx: Tx, track: Track, rows: list[CertificationRow], results: list[CourseResult]) -> Standing:
    row = next((row for row in rows if row.track == track.id and row.major == track.major), None)
    mine = {one.course: one for one in results if row and one.certification == row.id}
    passed = {course for course, one in mine.items() if one.status == "PASSED"}
    return Standing(
        track=track,
        status=CertificationStatus(row.status) if row else CertificationStatus.NOT_STARTED,
        progress=progress(track, passed),
        courses=tuple(CourseStanding(course, mine.get(course.id)) for course in track.courses),
        certificate=certifications.find_certificate_of(tx, row.id) if row and row.completed_at else None,
        completed_at=row.completed_at if row else None,
    )
