"""A learner's way through a track, and the certificate at its end."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from grader.catalog.model import Track
from grader.certificates.model import Certificate
from grader.certification.facts import Facts
from grader.certification.needs import Need, NeedKind, counts_from, needs
from grader.certification.progress import CertificationStatus, progress
from grader.certification.standing import meets
from grader.errors import ConflictError
from grader.learning import audit, certificates
from grader.learning.ids import new_id
from grader.learning.record import record, records
from grader.store.base import Tx
from grader.store.rows import CertificationRow, Learner, TrackRow


class PrerequisitesError(ConflictError):
    """`missing` are the tracks to be completed first."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("prerequisites-missing", f"Complete first: {', '.join(missing)}.")
        self.missing = missing


def check_prerequisites(tx: Tx, learner: Learner, track: Track, *, now: datetime) -> None:
    """Raises PrerequisitesError."""
    if not track.prerequisites:
        return
    found = records(tx, learner.id)
    missing = [name for name in track.prerequisites if name not in found or not meets(found[name], now)]
    if missing:
        titles = {row.id: row.title for row in tx.list(TrackRow, "list_tracks")}
        raise PrerequisitesError([titles.get(name, name) for name in missing])


def begin(tx: Tx, learner: Learner, track: Track, *, actor: str | None, now: datetime) -> CertificationRow:
    """The learner's certification for the track's major version, begun if need be."""
    place: Mapping[str, str | int] = {"learner": learner.id, "track": track.id, "major": track.major}
    found = tx.find(CertificationRow, "find_certification_of", **place)
    if found is not None and found.status != CertificationStatus.NOT_STARTED:
        return found  # as always but the first time: a read, where an upsert would write
    new = new_id()
    row = tx.find(CertificationRow, "upsert_certification", id=new, started_at=now, **place)
    assert row is not None
    if row.id == new:
        audit.record(
            tx,
            "certification.started",
            actor=actor,
            subject=("certification", row.id),
            now=now,
            track=track.id,
            version=track.version,
        )
    return row


def settle(
    tx: Tx, learner: Learner, track: Track, *, facts: Facts | None = None, actor: str | None, now: datetime
) -> Certificate | None:
    """Certify, if nothing is left to be done for it: the certificate, or None. To be called after whatever may matter.

    Whoever holds one of the present version already gets the next one only after passing the track once more.
    `facts`: the learner's record in the track, if it was read already.
    """
    if facts is None:
        facts = record(tx, learner.id, track.id)
    if any(one.major > track.major for one in facts.passes) and not is_present(tx, track):
        _leave_to_newer(tx, learner, track, now=now)
        return None
    if facts.held_of(track.major) and counts_from(track, facts, now) is None:
        return None
    found = needs(track, facts, now)
    if not progress(track, found).complete or not is_present(tx, track):
        return None
    row = begin(tx, learner, track, actor=actor, now=now)
    _complete(tx, track, row, found, actor=actor, now=now)
    _credit(tx, track, row, found, now=now)
    courses = [one.title for one in track.courses if found[one.id].kind in (NeedKind.PASSED, NeedKind.CREDITED)]
    return certificates.issue(tx, learner, track, row.id, courses=courses, actor=actor, now=now)


def is_present(tx: Tx, track: Track) -> bool:
    """Is this major version the one that the store was last told of? A grader with an older build certifies nobody.

    The lock keeps a release, which ends older certificates, from passing by.
    """
    tx.lock(f"track {track.id}")
    row = tx.find(TrackRow, "find_track", id=track.id)
    return row is not None and row.major == track.major


def _leave_to_newer(tx: Tx, learner: Learner, track: Track, *, now: datetime) -> None:
    """Whether the learner has passed all of the newer version, a grader that has its build finds out."""
    tx.run(
        "insert_outbox",
        kind="certification.settle",
        subject=learner.id,
        payload={"track": track.id},
        created_at=now,
        due_at=now,
    )


def _complete(
    tx: Tx, track: Track, row: CertificationRow, found: Mapping[str, Need], *, actor: str | None, now: datetime
) -> None:
    changed = tx.run("complete_certification", id=row.id, completed_at=now, version_completed=track.version)
    audit.record(
        tx,
        "certification.completed" if changed else "certification.repeated",
        actor=actor,
        subject=("certification", row.id),
        now=now,
        track=track.id,
        version=track.version,
        courses={course: str(one.kind) for course, one in found.items() if one.done},
    )


def _credit(tx: Tx, track: Track, row: CertificationRow, found: Mapping[str, Need], *, now: datetime) -> None:
    """Remember what counted without a pass of its own, since the next version builds upon it."""
    credited = [course for course, one in found.items() if one.kind is NeedKind.CREDITED]
    if not credited:
        return
    former = tx.find(
        CertificationRow, "find_certification_of", learner=row.learner, track=track.id, major=track.major - 1
    )
    assert former is not None
    for course in credited:
        tx.run("insert_course_credit", certification=row.id, course=course, credited_from=former.id, credited_at=now)
