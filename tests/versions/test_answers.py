import pytest

from tests.versions.editions import PAGES, changes, compared, edited

RIGHT = ("minor", "question `{}` has another right answer")
OPTIONS = ("minor", "question `{}` has other options")


def said(name: str, *expected: tuple[str, str]) -> list[tuple[str, str]]:
    return [(bump, what.format(name)) for bump, what in expected]


def test_it_works() -> None:
    """Another right answer is told in words, and asks for a minor version: the key may have been wrong."""
    edits = (("- [x] On receipt", "- [ ] On receipt"), ("- [ ] Never", "- [x] Never"))
    assert changes(*edits) == said("clock", RIGHT)
    [track] = compared(PAGES, edited(PAGES, *edits))
    assert (track.changes[0].before, track.changes[0].after, track.changes[0].fresh) == ("On receipt", "Never", True)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("steps", ("1. Acknowledge\n2. Assess", "1. Assess\n2. Acknowledge")),
        ("days", ("[[= 7]]", "[[= 8]]")),
        ("days", ("[[= 7]]", "[[= 7 ± 1]]")),
        ("word", ("|reprisal", "")),
    ],
)
def test_what_is_right(name: str, edit: tuple[str, str]) -> None:
    """In every type of question."""
    assert changes(edit) == said(name, RIGHT)


def test_pairs() -> None:
    """What belongs together, whatever stands in which row."""
    one, other = "| Intake | The report comes in |", "| Triage | Somebody decides who handles it |"
    swapped = "| Intake | Somebody decides who handles it |\n| Triage | The report comes in |"
    assert changes((f"{one}\n{other}", swapped)) == said("terms", RIGHT)
    assert changes((f"{one}\n{other}", f"{other}\n{one}")) == []


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("clock", ("On assignment to a case manager", "On assignment to the case manager")),
        ("clock", ("- [ ] Never\n", "")),
        ("clock", ("- [ ] Never\n", "- [ ] Never\n- [ ] Always\n")),
        ("clock", ("On receipt", "On the receipt")),
        ("steps", ("2. Assess", "2. Assess it")),
        ("terms", ("Somebody decides who handles it", "Somebody decides who will handle it")),
        ("terms", ("| Triage |", "| The triage |")),
    ],
)
def test_options(name: str, edit: tuple[str, str]) -> None:
    """Reworded, removed, or new: what is right of the others stayed."""
    assert changes(edit) == said(name, OPTIONS)


@pytest.mark.parametrize(
    "edit",
    [
        ("[[retaliation|reprisal]]", "[[ Reprisal | Retaliation ]]"),
        ("[[= 7]]", "[[= 7.0]]"),
        ("On   receipt", "On receipt"),
    ],
)
def test_what_is_graded_alike_did_not_change(edit: tuple[str, str]) -> None:
    """Other letters, another order, other spaces."""
    before = edited(PAGES, ("On receipt", "On   receipt"))
    [track] = compared(before, edited(before, edit))
    assert track.changes == ()


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("> Whoever reads it first.", "> Whoever reads it."), "question `clock` has another explanation"),
        (("    > That comes later.\n", ""), "question `clock` has other feedback"),
    ],
)
def test_what_is_said_about_answers_asks_for_nothing(edit: tuple[str, str], what: str) -> None:
    """Explanations and feedback are nobody's knowledge yet when they answer."""
    assert changes(edit) == [("none", what)]


def test_errata() -> None:
    """They change how an answer is graded."""
    assert changes(("- [ ] Never", "- [ ] Never {always}")) == [("minor", "question `clock` has other errata")]


def test_another_type() -> None:
    """One or several options: what is right is compared all the same. A number and a text have nothing in common."""
    several = ("minor", "question `clock` is MULTI_SELECT instead of MULTIPLE_CHOICE")
    assert changes(("{#clock}", "{#clock type=multi}")) == [several]
    assert changes(("- [ ] Never", "- [x] Never")) == [several, *said("clock", RIGHT)]
    assert changes(("[[= 7]]", "[[seven]]")) == [("minor", "question `days` is SHORT_TEXT instead of NUMERIC")]


def test_a_renamed_question_keeps_its_options() -> None:
    """Though their ids are made from its id, too."""
    assert [what for _, what in changes(("{#steps}", "{#order}"))] == [
        "question `order` had the id `steps`; write `{#steps}` to keep it"
    ]
