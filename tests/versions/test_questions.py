import pytest

from tests.versions.editions import COURSE, PAGES, changes, compared, edited

CLOCK = COURSE[COURSE.index("### When") : COURSE.index("### Put")]
DAYS = "### Within how many days? [[= 7]] {#days}\n"


def test_it_works() -> None:
    """What a learner reads in a question asks for a minor version; before and after are told."""
    edit = ("When does the clock start?", "What starts the clock?")
    assert changes(edit) == [("minor", "question `clock` is reworded")]
    [track] = compared(PAGES, edited(PAGES, edit))
    assert (track.changes[0].before, track.changes[0].after) == edit
    assert (track.changes[0].course, track.changes[0].question) == ("intake", "clock")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ((DAYS, ""), ("minor", "question `days` is gone")),
        ((CLOCK, f"{CLOCK}### New? {{#new}}\n\n- [x] Yes\n- [ ] No\n\n"), ("minor", "question `new` is new")),
        (("{#clock}", "{#clock points=2}"), ("minor", "question `clock` counts 2 instead of 1")),
        (("{#steps}", "{#steps credit=partial}"), ("minor", "question `steps` gives a share for what is right")),
        (("{#clock}", "{#start}"), ("minor", "question `start` had the id `clock`; write `{#clock}` to keep it")),
        (("{#clock}", "{#clock topic=intake}"), ("none", "question `clock` belongs to the topic `intake`")),
        (("{#clock}", "{#clock since=1.2}"), ("none", "question `clock` is marked `since=1.2` instead of nothing")),
        (("{#clock}\n", "{#clock}\n\nThink twice.\n"), ("minor", "question `clock` is reworded")),
    ],
)
def test_what_is_told(edit: tuple[str, str], expected: tuple[str, str]) -> None:
    """Each change by itself, with what it asks for."""
    assert changes(edit) == [expected]


def test_another_order() -> None:
    """Nobody is asked anything else."""
    assert changes((DAYS, ""), ("## Quiz\n", f"## Quiz\n\n{DAYS}")) == [
        ("none", "the questions stand in another order")
    ]


def test_a_question_without_an_id_that_was_reworded() -> None:
    """Its id was made from its words, so it changed with them; the pair is found all the same."""
    before = edited(PAGES, (" {#clock}", ""))
    after = edited(before, ("When does the clock start?", "When does a clock start?"))
    [track] = compared(before, after)
    first, second = (change.what.removeprefix("question `when-does-a-clock-start` ") for change in track.changes)
    assert first == "had the id `when-does-the-clock-start`; write `{#when-does-the-clock-start}` to keep it"
    assert second == "is reworded"


def test_a_question_that_has_nothing_in_common_is_another() -> None:
    """Under the same id it is the same question, though."""
    other = "### Who decides? {#who}\n\n- [x] The case manager\n- [ ] The reporter\n"
    assert changes((DAYS, other)) == [("minor", "question `days` is gone"), ("minor", "question `who` is new")]


def test_a_mark_of_the_next_major_version_asks_for_it() -> None:
    """On a new question as well as on one that was there."""
    version = ('"1.4"', '"2.0"')
    assert changes(version, ("{#clock}", "{#clock since=2.0}")) == [
        ("major", "question `clock` is marked `since=2.0` instead of nothing")
    ]
    assert changes(version, (DAYS, f"{DAYS}\n### And hours? [[= 4]] {{#hours since=2.0}}\n")) == [
        ("major", "question `hours` is new, marked `since=2.0`")
    ]


def test_many_questions_are_compared_quickly() -> None:
    """A page of 500 questions that all lost their ids is no reason to wait: only equal ones are pairs then."""
    asked = "\n".join(f"### Question {n}? [[= {n}]] {{#a{n}}}\n" for n in range(500))
    before = PAGES | {"basics/intake.md": COURSE[: COURSE.index("### When")] + asked}
    found = compared(before, PAGES | {"basics/intake.md": before["basics/intake.md"].replace("{#a", "{#b")})
    assert len(found[0].changes) == 500
    assert all("had the id" in change.what for change in found[0].changes)
