"""Waivers: somebody need not pass a course, or need not be certified in a track, until a day."""

from datetime import datetime
from typing import NamedTuple

from grader.catalog.model import Track
from grader.diagnostics import did_you_mean
from grader.errors import ConflictError, InvalidValueError, NotFoundError, SetupError
from grader.learning import audit, certifications
from grader.learning.corrections import LONGEST_REASON, checked
from grader.learning.ids import new_id
from grader.learning.library import Library
from grader.learning.people import get_person
from grader.store.base import Tx
from grader.store.rows import Learner, WaiverRow
from grader.store.writing import write_one


class NoWaiverError(ConflictError):
    def __init__(self, learner: Learner, place: str) -> None:
        super().__init__("no-waiver", f"Nothing of {place} is waived for {learner.email}. See: grader waivers")


class Place(NamedTuple):
    """What is waived: `TRACK`, or `TRACK/COURSE`."""

    track: Track
    course: str | None

    @property
    def name(self) -> str:
        return self.course or self.track.id


def find_place(library: Library, name: str) -> Place:
    """Raises NotFoundError."""
    folder, _, page = name.partition("/")
    track = library.find_track(folder)
    if track is None:
        raise NotFoundError("track", folder, hint=did_you_mean(folder, [one.id for one in library.tracks]))
    courses = [course.id for course in track.courses]
    if page and name not in courses:
        raise NotFoundError("course", name, hint=did_you_mean(name, courses))
    return Place(track, name if page else None)


def grant(tx: Tx, person: str, place: Place, *, reason: str, ends_at: datetime, actor: str, now: datetime) -> None:
    """Waive until then. Whoever thereby needs nothing more is certified in the same transaction.

    Raises NotFoundError, AmbiguousLearnerError, SetupError and InvalidValueError.
    """
    learner = get_person(tx, person)
    _check_taken_in(tx, place)
    tx.lock(f"learner {learner.id}")
    if ends_at <= now:
        raise InvalidValueError("until", f"A waiver ends in the future, and {ends_at:%Y-%m-%d %H:%M} UTC is over.")
    name = new_id()
    reason = checked("reason", reason, LONGEST_REASON)
    tx.run(
        "insert_waiver",
        id=name,
        learner=learner.id,
        track=place.track.id,
        course=place.course,
        reason=reason,
        granted_by=actor,
        granted_at=now,
        ends_at=ends_at,
    )
    audit.record(
        tx,
        "waiver.granted",
        actor=actor,
        subject=("waiver", name),
        now=now,
        learner=learner.id,
        email=learner.email,
        place=place.name,
        reason=reason,
        ends_at=ends_at,
    )
    certifications.settle(tx, learner, place.track, actor=actor, now=now)


def _check_taken_in(tx: Tx, place: Place) -> None:
    """Raises SetupError: the build holds the place, the database does not yet."""
    query = "find_course" if place.course else "find_track"
    if tx.find(str, query, id=place.name) is None:
        raise SetupError(f"The database has no {place.name} yet. Start the grader once with this build: grader serve")


def withdraw(tx: Tx, person: str, place: Place, *, reason: str, actor: str, now: datetime) -> None:
    """End every waiver of exactly this that still lasts. What was certified by its help stays certified.

    Raises NotFoundError, AmbiguousLearnerError, NoWaiverError and InvalidValueError.
    """
    learner = get_person(tx, person)
    tx.lock(f"learner {learner.id}")
    reason = checked("reason", reason, LONGEST_REASON)
    rows = tx.list(WaiverRow, "list_waivers_of", learner=learner.id, track=place.track.id)
    lasting = [row for row in rows if row.course == place.course and row.ends_at > now]
    if not lasting:
        raise NoWaiverError(learner, place.name)
    for row in lasting:
        write_one(tx, "withdraw_waiver", id=row.id, withdrawn_by=actor, withdrawn_at=now)
        audit.record(
            tx,
            "waiver.withdrawn",
            actor=actor,
            subject=("waiver", row.id),
            now=now,
            learner=learner.id,
            email=learner.email,
            place=place.name,
            reason=reason,
            earlier={"ends_at": row.ends_at},
        )


def list_waivers(tx: Tx) -> list[WaiverRow]:
    """All that there ever were, the newest first."""
    return tx.list(WaiverRow, "list_waivers")
