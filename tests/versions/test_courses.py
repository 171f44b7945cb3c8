import pytest

from tests.versions.editions import COURSE, PAGES, changes, compared, edited

QUIZ = COURSE[COURSE.index("## Quiz") :]


def test_it_works() -> None:
    """What decides whether somebody passes asks for a minor version; the values are told as authors write them."""
    [track] = compared(PAGES, edited(PAGES, ("{attempts: 3}", "{attempts: 2, pass: 90%}")))
    assert [(one.bump.word, one.course, one.what, one.before, one.after) for one in track.changes] == [
        ("minor", "intake", "the rule `pass` changed", "80 %", "90 %"),
        ("minor", "intake", "the rule `attempts` changed", "3", "2"),
    ]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{}", ("minor", "attempts", "3", "as many as wanted")),
        ("{attempts: 3, cooldown: [0h, 24h]}", ("minor", "cooldown", "none", "none, 1 day")),
        ("{attempts: 3, time_limit: 20m}", ("minor", "time_limit", "none", "20 minutes")),
        ("{attempts: 3, draw: 2}", ("minor", "draw", "all", "2")),
        ("{attempts: 3, shuffle: false}", ("none", "shuffle", "true", "false")),
        ("{attempts: 3, review: never}", ("none", "review", "on-pass", "never")),
    ],
)
def test_rules(rules: str, expected: tuple[str, ...]) -> None:
    """In which order options stand, and what is shown afterwards, decides about no pass."""
    [track] = compared(PAGES, edited(PAGES, ("{attempts: 3}", rules)))
    [one] = track.changes
    assert (one.bump.word, one.what, one.before, one.after) == (
        expected[0],
        f"the rule `{expected[1]}` changed",
        *expected[2:],
    )


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("title: Intake", "title: The intake")], ("minor", "the title changed")),
        ([("minutes: 5}", "minutes: 5, required: false}")], ("minor", "the course is optional now")),
        ([("minutes: 5", "minutes: 6")], ("none", "`minutes` changed")),
        ([("type: TEXT", "type: INTERACTIVE")], ("none", "`type` changed")),
        ([("minutes: 5", 'minutes: 5, since: "1.4"')], ("none", "what must be learnt changed, says `since: 1.4`")),
        (
            [("minutes: 5", 'minutes: 5, since: "2.0"'), ('"1.4"', '"2.0"')],
            ("major", "what must be learnt changed, says `since: 2.0`"),
        ),
        ([("It cannot be stopped.", "It can.\n\nOnce.")], ("none", "the text changed (+2 −1 lines)")),
        ([("The urgent one", "The most urgent one")], ("none", "practice question `urgent` has other options")),
        (
            [("[x] The urgent", "[ ] The urgent"), ("[ ] The long", "[x] The long")],
            ("none", "practice question `urgent` has another right answer"),
        ),
    ],
)
def test_what_is_told(edits: list[tuple[str, str]], expected: tuple[str, str]) -> None:
    """Texts and practice count for nothing: when they say something new, `since` does."""
    assert changes(*edits) == [expected]


def test_required_now() -> None:
    """Holders of this version have not passed it, so it asks for a new major version."""
    before = edited(PAGES, ("minutes: 5}", "minutes: 5, required: false}"))
    [track] = compared(before, PAGES)
    assert [(change.bump.word, change.what) for change in track.changes] == [("major", "the course is required now")]


def test_a_quiz_that_comes_and_goes() -> None:
    """Of an optional course, since a required one must have one."""
    before = edited(PAGES, ("minutes: 5}", "minutes: 5, required: false}"))
    after = edited(before, (QUIZ, ""), ("quiz: {attempts: 3}\n", ""))
    for one, other, what in ((before, after, "has no quiz any more"), (after, before, "has a quiz now")):
        [track] = compared(one, other)
        assert [(change.bump.word, change.what) for change in track.changes] == [("minor", f"the course {what}")]
