"""How a learner stands in every track."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from grader.catalog.model import Course, Track
from grader.certificates.model import Certificate
from grader.certification.facts import Facts
from grader.certification.needs import Need, counts_from, needs
from grader.certification.progress import CertificationStatus, Progress, certification_status, progress
from grader.certification.standing import Renewal, find_renewal, is_due
from grader.learning import certificates
from grader.learning.library import Library
from grader.learning.record import record, records
from grader.store.base import Tx
from grader.store.rows import CourseResult, Learner


class CourseStanding(NamedTuple):
    course: Course
    result: CourseResult | None  # None: not tried
    need: Need
    since: datetime | None  # what was done before does not count any more
    waived_until: datetime | None

    @property
    def status(self) -> str:
        """NOT_STARTED, IN_PROGRESS, PASSED or FAILED; CREDITED or WAIVED without a pass of its own."""
        if self.result is None or (self.need.done and self.result.status != "PASSED"):
            return str(self.need.kind) if self.need.done else "NOT_STARTED"
        if self.need.done or self.result.status != "PASSED":
            return self.result.status
        return "IN_PROGRESS" if self.since and self.result.last_started_at > self.since else "NOT_STARTED"


class Standing(NamedTuple):
    """In the present major version of a track; `certificate` may be of a former one."""

    track: Track
    status: CertificationStatus
    progress: Progress
    courses: tuple[CourseStanding, ...]
    certificate: Certificate | None  # the one that holds, or the last one
    due: bool
    renewal: Renewal | None
    waived_until: datetime | None
    counts_from: datetime | None  # what was done before counts for a certificate that is to be renewed


def standings(tx: Tx, learner: Learner, library: Library, *, now: datetime) -> list[Standing]:
    """In the order of the catalog."""
    facts = records(tx, learner.id)
    results = _results(tx, learner)
    return [_standing(tx, track, facts.get(track.id, Facts()), results, now) for track in library.tracks]


def standing(tx: Tx, learner: Learner, track: Track, *, facts: Facts | None = None, now: datetime) -> Standing:
    """`facts`: the learner's record in the track, if it was read already."""
    if facts is None:
        facts = record(tx, learner.id, track.id)
    return _standing(tx, track, facts, _results(tx, learner, track.id), now)


def _results(tx: Tx, learner: Learner, track: str = "") -> list[CourseResult]:
    return tx.list(CourseResult, "list_course_results", learner=learner.id, track=track)


def _standing(
    tx: Tx,
    track: Track,
    facts: Facts,
    results: Sequence[CourseResult],
    now: datetime,
) -> Standing:
    since = counts_from(track, facts, now)
    mine = {one.course: one for one in results if (one.track, one.major) == (track.id, track.major)}
    needed = needs(track, facts, now)
    begun = any(since is None or one.last_started_at > since for one in mine.values())
    return Standing(
        track=track,
        status=certification_status(facts.held_of(track.major), begun=begun, now=now),
        progress=progress(track, needed),
        courses=tuple(
            CourseStanding(one, mine.get(one.id), needed[one.id], since, facts.waived_until(one.id, now))
            for one in track.courses
        ),
        certificate=_shown(tx, facts, now),
        due=is_due(track, facts, now),
        renewal=find_renewal(track, facts, now),
        waived_until=facts.waived_until(None, now),
        counts_from=since,
    )


def _shown(tx: Tx, facts: Facts, now: datetime) -> Certificate | None:
    held = facts.certified_by(now) or max(facts.held, key=lambda one: one.major, default=None)
    return certificates.find_certificate(tx, held.number) if held else None
