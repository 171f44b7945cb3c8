"""What an author may have forgotten in a new major version: marks that tell holders what is new to them."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from grader.catalog.model import Course, Track
from grader.certification.needs import is_new
from grader.versions.change import Change


def notes(old: Track, new: Track, changes: Sequence[Change]) -> Iterator[str]:
    """`changes` are those between the two. Nothing, where the version is no new major one."""
    if new.major <= old.major:
        return
    former = {course.id for course in old.courses}
    holders = f"who holds a certificate of {old.major}.x"
    for course in new.courses:
        unmarked = _unmarked(course, new.major, changes) if course.id in former else ()
        if unmarked:
            named = ", ".join(f"`{name}`" for name in unmarked)
            yield (
                f"{course.id.rpartition('/')[2]}: {named} {'is' if len(unmarked) == 1 else 'are'} new or answered "
                f"differently, but not marked, so {holders} is not asked again; if they shall be, write "
                f"`since={new.version}` behind the question"
            )
    if not any(_asks(course, former, new.major) for course in new.courses):
        yield f"nothing is marked as new in {new.version}, so {holders} gets the new one without doing anything"


def _unmarked(course: Course, major: int, changes: Sequence[Change]) -> Sequence[str]:
    """The questions that holders should perhaps be asked, but will not be."""
    if course.quiz is None or is_new(course.since, major):
        return ()
    name = course.id.rpartition("/")[2]
    fresh = {change.question for change in changes if change.fresh and change.course == name}
    return [one.id for one in course.quiz.questions if one.id in fresh and not is_new(one.since, major)]


def _asks(course: Course, former: AbstractSet[str], major: int) -> bool:
    """Do holders have to do something in this course?"""
    questions = course.quiz.questions if course.quiz else ()
    marked = is_new(course.since, major) or any(is_new(one.since, major) for one in questions)
    return course.required and (course.id not in former or marked)
