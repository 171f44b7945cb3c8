from tests.versions.editions import OTHER, PAGES, compared, edited

NEXT = ('"1.4"', '"2.0"')
NEW = ("## Quiz\n", "## Quiz\n\n### And hours? [[= 4]] {#hours}\n")


def noted(after: dict[str, str]) -> tuple[str, ...]:
    [track] = compared(PAGES, after)
    return track.notes


def test_it_works() -> None:
    """New questions of a new major version that holders are not asked are named, and how to mark them."""
    first, second = noted(edited(PAGES, NEXT, NEW))
    assert first == (
        "intake: `hours` is new or answered differently, but not marked, so who holds a certificate of 1.x is not "
        "asked again; if they shall be, write `since=2.0` behind the question"
    )
    assert (
        second
        == "nothing is marked as new in 2.0, so who holds a certificate of 1.x gets the new one without doing anything"
    )


def test_what_was_answered_differently_is_new_as_well() -> None:
    """All of a course on one line."""
    after = edited(PAGES, NEXT, NEW, ("[[= 7]]", "[[= 8]]"), ("What belongs", "Which belong"))
    assert noted(after)[0].startswith("intake: `hours`, `days` are new")


def test_marks() -> None:
    """Of the question, or of its course: then there is nothing to say."""
    assert noted(edited(PAGES, NEXT, (NEW[0], NEW[1].replace("#hours", "#hours since=2.0")))) == ()
    assert noted(edited(PAGES, NEXT, NEW, ("minutes: 5", 'minutes: 5, since: "2.0"'))) == ()


def test_a_new_course_needs_no_mark() -> None:
    """Nobody has passed it yet. An optional one asks nobody for anything, though."""
    assert noted(edited(PAGES, NEXT) | {"basics/triage.md": OTHER}) == ()
    optional = OTHER.replace("minutes: 5}", "minutes: 5, required: false}")
    assert [note[:17] for note in noted(edited(PAGES, NEXT) | {"basics/triage.md": optional})] == ["nothing is marked"]


def test_a_minor_version_asks_holders_for_nothing() -> None:
    """So there is nothing to mark."""
    assert noted(edited(PAGES, ('"1.4"', '"1.5"'), NEW)) == ()
