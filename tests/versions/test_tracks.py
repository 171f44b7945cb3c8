import pytest

from grader.catalog.version import Version
from grader.versions.bump import Bump
from tests.versions.editions import COURSE, OTHER, PAGES, TRACK, changes, compared

OPTIONAL = OTHER.replace("minutes: 5}", "minutes: 5, required: false}")


def test_it_works() -> None:
    """Where nothing changed, nothing is asked for."""
    [track] = compared(PAGES, PAGES)
    assert (track.track, track.title, track.before, track.after) == ("basics", "Basics", Version(1, 4), Version(1, 4))
    assert (track.changes, track.notes, track.needed, track.made, track.enough) == ((), (), Bump.NONE, Bump.NONE, True)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("title: Basics", "title: The basics"), ("minor", "the track's `title` changed")),
        (("level: FOUNDATION", "level: ADVANCED"), ("minor", "the track's `level` changed")),
        (("required: true,", "required: false,"), ("none", "the track is optional now")),
        (
            ("required: true,", "required: true, validity_months: 12,"),
            ("none", "the track's `validity_months` changed"),
        ),
        (("# Basics", "# Basics\n\nMore."), ("none", "the text changed (+1 −0 lines)")),
    ],
)
def test_facts(edit: tuple[str, str], expected: tuple[str, str]) -> None:
    """What certificates print asks for a version: two of the same version shall say the same."""
    assert changes(edit) == [expected]


@pytest.mark.parametrize(("course", "bump", "word"), [(OTHER, "major", "required"), (OPTIONAL, "minor", "optional")])
def test_a_new_course(course: str, bump: str, word: str) -> None:
    """A required one is something that holders of this version have not passed."""
    [track] = compared(PAGES, PAGES | {"basics/triage.md": course})
    assert [(one.bump.word, one.course, one.what) for one in track.changes] == [
        (bump, "triage", f"the course is new, and {word}")
    ]


def test_a_course_that_is_gone() -> None:
    """Holders have shown more than is asked now."""
    [track] = compared(PAGES | {"basics/triage.md": OTHER}, PAGES)
    assert [(one.bump.word, one.course, one.what) for one in track.changes] == [
        ("minor", "triage", "the course is gone")
    ]


def test_another_order() -> None:
    """Nobody is asked anything else."""
    after = {name: (PAGES | {"basics/triage.md": OTHER})[name] for name in ("basics/triage.md", *PAGES)}
    [track] = compared(PAGES | {"basics/triage.md": OTHER}, after)
    assert [(one.bump.word, one.what) for one in track.changes] == [("none", "the courses stand in another order")]


def test_another_file_name() -> None:
    """For learners it is another course, and its passes are lost; what else changed is told beside."""
    after = {"basics/index.md": TRACK, "basics/reports.md": COURSE.replace("It cannot be stopped.", "It can.")}
    [track] = compared(PAGES, after)
    assert [(one.bump.word, one.course, one.what) for one in track.changes] == [
        (
            "major",
            "reports",
            "the file was `intake.md`, so it is another course: passes of the former one do not count in it",
        ),
        ("none", "reports", "the text changed (+1 −1 lines)"),
    ]


def test_tracks_that_come_and_go() -> None:
    """They have no version to be compared; one under another name is recognized."""
    other = {"more/index.md": TRACK.replace("Basics", "More"), "more/triage.md": OTHER}
    first, second = compared(PAGES, PAGES | other)
    assert [(one.bump, one.what) for one in second.changes] == [(Bump.NONE, "the track is new")]
    assert (first.changes, second.before, second.enough, second.wanted) == ((), None, True, None)
    _, gone = compared(PAGES | other, PAGES)
    assert [one.what for one in gone.changes] == ["the track is gone; its certificates stay"]
    assert (gone.track, gone.after, gone.enough) == ("more", None, True)
    renamed, gone = compared(PAGES, {name.replace("basics", "start"): text for name, text in PAGES.items()})
    assert renamed.changes[0].what.startswith("the folder was `basics`, so it is another track")
    assert gone.track == "basics"
