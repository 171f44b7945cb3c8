"""Two editions of the content, track by track."""

from collections.abc import Iterator

import msgspec

from grader.catalog.model import Course, Track
from grader.catalog.version import Version, find_version
from grader.versions.alike import pairs, without
from grader.versions.bump import Bump, bump_of
from grader.versions.change import Change, TrackChanges
from grader.versions.courses import compare_courses, compare_texts
from grader.versions.edition import Edition
from grader.versions.notes import notes

_PRINTED = ("title", "level")
_SHOWN = ("type", "description", "required", "grace_days", "validity_months", "prerequisites")


def compare(before: Edition, after: Edition) -> tuple[TrackChanges, ...]:
    """Every track that is in one of the two, in the order of the later one; what is gone stands last."""
    gone = [track for name, track in before.tracks.items() if name not in after.tracks]
    new = [track for name, track in after.tracks.items() if name not in before.tracks]
    renamed = {right.id: left for left, right in pairs(gone, new, _words)}
    return (
        *(
            _compare(before, before.tracks[name], after, track)
            if name in before.tracks
            else _added(track, renamed.get(name))
            for name, track in after.tracks.items()
        ),
        *(_removed(track) for track in gone),
    )


def _words(track: Track) -> str:
    return "\n".join([track.title, *(course.title for course in track.courses)])


def _compare(before: Edition, old: Track, after: Edition, new: Track) -> TrackChanges:
    version = _version(old)
    changes = (*_compare_facts(old, new), *compare_texts(*(one.texts.get(new.id, ()) for one in (before, after))))
    found = (*changes, *_compare_courses(before, old, after, new, version))
    return TrackChanges(
        track=new.id,
        title=new.title,
        before=version,
        after=_version(new),
        changes=found,
        notes=tuple(notes(old, new, found)),
    )


def _version(track: Track) -> Version:
    return find_version(track.version) or Version(0, 0)


def _compare_facts(old: Track, new: Track) -> Iterator[Change]:
    """What is printed on certificates asks for a version; whom the track concerns, and when, does not."""
    for name in (*_PRINTED, *_SHOWN):
        left, right = getattr(old, name), getattr(new, name)
        if left != right:
            bump = Bump.MINOR if name in _PRINTED else Bump.NONE
            yield Change(bump=bump, what=_fact(name, new), before=_said(left), after=_said(right))


def _fact(name: str, track: Track) -> str:
    if name == "required":
        return f"the track is {'required of everybody' if track.required else 'optional'} now"
    return f"the track's `{name}` changed"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _compare_courses(before: Edition, old: Track, after: Edition, new: Track, version: Version) -> Iterator[Change]:
    """In the order of the later edition; what is gone stands last."""
    known = {course.id: course for course in old.courses}
    names = {course.id for course in new.courses}
    gone = [course for course in old.courses if course.id not in names]
    fresh = [course for course in new.courses if course.id not in known]
    moved = {right.id: left for left, right in pairs(gone, fresh, _asked)}
    for course in new.courses:
        former = known.get(course.id) or moved.get(course.id)
        if former is None:
            yield _new(course, version)
            continue
        if former.id != course.id:
            yield _moved(former, course)
        for change in compare_courses(before, former, after, course, version):
            yield _in(course, change)
    for course in without(gone, moved.values()):
        yield _in(course, Change(bump=Bump.MINOR, what="the course is gone", before=course.title))
    if not (gone or fresh) and [*known] != [course.id for course in new.courses]:
        yield Change(bump=Bump.NONE, what="the courses stand in another order")


def _asked(course: Course) -> str:
    """What a course is recognized by."""
    return "\n".join([course.title, *(one.text for one in (course.quiz.questions if course.quiz else ()))])


def _new(course: Course, version: Version) -> Change:
    bump = max(Bump.MAJOR if course.required else Bump.MINOR, bump_of(find_version(course.since), version))
    what = "the course is new, and required" if course.required else "the course is new, and optional"
    return _in(course, Change(bump=bump, what=what, after=course.title))


def _moved(old: Course, new: Course) -> Change:
    what = f"the file was `{_file(old)}`, so it is another course: passes of the former one do not count in it"
    return _in(new, Change(bump=Bump.MAJOR if new.required else Bump.MINOR, what=what))


def _file(course: Course) -> str:
    return f"{course.id.rpartition('/')[2]}.md"


def _in(course: Course, change: Change) -> Change:
    return msgspec.structs.replace(change, course=course.id.rpartition("/")[2])


def _added(track: Track, former: Track | None) -> TrackChanges:
    what = "the track is new"
    if former:
        what = f"the folder was `{former.id}`, so it is another track: what was passed in the former one does not count"
    changes = (Change(bump=Bump.NONE, what=what),)
    return TrackChanges(track=track.id, title=track.title, before=None, after=_version(track), changes=changes)


def _removed(track: Track) -> TrackChanges:
    changes = (Change(bump=Bump.NONE, what="the track is gone; its certificates stay"),)
    return TrackChanges(track=track.id, title=track.title, before=_version(track), after=None, changes=changes)
