"""How a learner stands in a track today: certified, due, or about to renew."""

from datetime import datetime

from grader.catalog.model import Record, Track
from grader.certification.facts import Facts
from grader.certification.needs import Need, counts_from, needs


class Renewal(Record, frozen=True):
    """A certificate holds, and will not for ever. `left` are the courses to pass, in the track's order, with what."""

    number: str  # of the certificate
    major: int  # of its version
    by: datetime | None  # None: no end is known yet
    left: dict[str, Need]


def is_due(track: Track, facts: Facts, now: datetime) -> bool:
    """A required track that somebody lacks: without a certificate that holds, of whichever version, or a waiver."""
    return track.required and facts.certified_by(now) is None and facts.waived_until(None, now) is None


def find_renewal(track: Track, facts: Facts, now: datetime) -> Renewal | None:
    """The one to be made: of a certificate of a former major version, or of one that soon expires by the calendar."""
    held = facts.certified_by(now)
    if held is None or held.major > track.major or (held.major == track.major and not counts_from(track, facts, now)):
        return None
    found = needs(track, facts, now)
    left = {course.id: found[course.id] for course in track.courses if course.required and not found[course.id].done}
    return Renewal(number=held.number, major=held.major, by=held.expires_at, left=left)


def meets(facts: Facts, now: datetime) -> bool:
    """Is this track, as a prerequisite of another, met? By a certificate that was not revoked, or a waiver.

    An expired one is enough: what expires is to be renewed in its own track, and bars nobody from other ones.
    """
    return any(one.revoked_at is None for one in facts.held) or facts.waived_until(None, now) is not None
