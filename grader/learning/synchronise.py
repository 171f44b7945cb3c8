"""Bring the catalog's tables up to date with a build, in one transaction. What vanished becomes inactive.

Graders that start together on one database do this one after the other; the first one does the work.
"""

from datetime import datetime, timedelta

from grader.catalog.model import Course, Track
from grader.learning import audit
from grader.learning.library import Library
from grader.learning.releases import release
from grader.store.base import Tx
from grader.store.rows import CatalogState, TrackRow


def synchronise(tx: Tx, library: Library, now: datetime) -> bool:
    """Whether there was anything to do."""
    tx.lock("catalog")
    state = tx.find(CatalogState, "find_catalog_state")
    if state and state.digest == library.state:
        return False
    later = now
    if state:  # later than all that is there, also where another machine's clock is ahead
        later = max(now, state.synchronised_at + timedelta(microseconds=1))
    former = {track.id: _locked(tx, track) for track in library.tracks}
    _write(tx, library, later)
    for track in library.tracks:
        release(tx, track, former[track.id], now=now)
    tx.run("set_catalog_state", digest=library.state, now=later)
    _note(tx, library, state.digest if state else None, now)
    return True


def _locked(tx: Tx, track: Track) -> TrackRow | None:
    """The track as it is; nobody is certified in it meanwhile."""
    tx.lock(f"track {track.id}")
    return tx.find(TrackRow, "find_track", id=track.id)


def _write(tx: Tx, library: Library, now: datetime) -> None:
    for position, track in enumerate(library.tracks):
        _track(tx, track, position, now)
        for place, course in enumerate(track.courses):
            _course(tx, track, course, place, library, now)
    for table in ("tracks", "courses", "quizzes"):
        tx.run(f"deactivate_{table}", now=now)


def _note(tx: Tx, library: Library, earlier: str | None, now: datetime) -> None:
    """Tell the audit trail: what is taught, or what is right, changed."""
    audit.record(
        tx,
        "catalog.changed",
        actor=None,
        subject=("catalog", library.state),
        now=now,
        state=library.state,
        earlier={"state": earlier},
        versions={track.id: track.version for track in library.tracks},
    )


def _track(tx: Tx, track: Track, position: int, now: datetime) -> None:
    tx.run(
        "upsert_track",
        id=track.id,
        title=track.title,
        type=track.type,
        level=track.level,
        required=track.required,
        version=track.version,
        major=track.major,
        grace_days=track.grace_days,
        validity_months=track.validity_months,
        url=track.url,
        position=position,
        now=now,
    )


def _course(tx: Tx, track: Track, course: Course, position: int, library: Library, now: datetime) -> None:
    tx.run(
        "upsert_course",
        id=course.id,
        track=track.id,
        title=course.title,
        type=course.type,
        minutes=course.minutes,
        required=course.required,
        url=course.url,
        since=course.since,
        position=position,
        now=now,
    )
    if course.quiz is None:
        return
    entry = library.get_quiz(course.quiz.revision)
    tx.run(
        "insert_quiz_revision",
        revision=course.quiz.revision,
        course=course.id,
        questions=course.quiz.questions,
        topics=course.quiz.topics,
        key=entry.key,
        key_digest=entry.key_digest,
        html=entry.html,
        first_seen_at=now,
    )
    tx.run(
        "insert_quiz_key",
        revision=course.quiz.revision,
        digest=entry.key_digest,
        key=entry.key,
        first_seen_at=now,
    )
    tx.run("upsert_quiz", course=course.id, revision=course.quiz.revision, rules=course.quiz.rules, now=now)
