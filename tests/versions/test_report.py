from grader.versions.report import report
from tests.versions.editions import OTHER, PAGES, TRACK, compared, edited

MORE = {"more/index.md": TRACK.replace("Basics", "More"), "more/triage.md": OTHER}


def test_it_works() -> None:
    """Track by track, what each change asks for, short values on one line, the rest below."""
    edits = (
        ("When does the clock start?", "What starts it, in most of the cases?"),
        ("{#days}", "{#days points=2}"),
        ("attempts: 3", "attempts: 2"),
    )
    before, after = PAGES | MORE, edited(PAGES, *edits) | MORE
    assert (
        report(compared(before, after))
        == """\
Basics (basics/): 1.4 -> 1.4, needs 1.5 (minor)
  minor  intake: the rule `attempts` changed: 3 -> 2
  minor  intake: question `clock` is reworded
           - When does the clock start?
           + What starts it, in most of the cases?
  minor  intake: question `days` counts 2 instead of 1

Nothing changed in 1 other track."""
    )


def test_nothing_changed() -> None:
    """Then there is one line."""
    assert report(compared(PAGES | MORE, PAGES | MORE)) == "Nothing changed in 2 tracks."


def heading(after: str) -> str:
    return report(
        compared(PAGES, edited(PAGES, ('"1.4"', f'"{after}"'), ("level: FOUNDATION", "level: ADVANCED")))
    ).split("\n")[0]


def test_the_version_is_judged() -> None:
    """Enough, too low, lowered, or one left out."""
    assert heading("1.5") == "Basics (basics/): 1.4 -> 1.5, which is enough (minor is needed)"
    assert heading("1.3") == "Basics (basics/): 1.4 -> 1.3, which is lower; it needs 1.5"
    assert heading("3.0") == "Basics (basics/): 1.4 -> 3.0, which skips 2.0"
    assert report(compared(PAGES, PAGES | MORE)).startswith("More (more/): version 1.4\n  none   the track is new\n")


def test_notes_stand_below_the_changes() -> None:
    """They are about what is missing."""
    told = report(compared(PAGES, edited(PAGES, ('"1.4"', '"2.0"'))))
    assert told.split("\n")[1].startswith("  note   nothing is marked as new in 2.0")
