import pytest

from grader.questions.model import QuestionType
from tests.questions.reading import credit, option, question, refused

SINGLE = """
Look:

- [x] Right
    > Because.
- [ ] Wrong
    more of it
    > No.
    > Never.

> So it is.
>
> Always.
"""
MULTI = "- [x] One\n- [x] Two\n- [ ] Three\n- [ ] Four\n"


def test_one_tick_is_multiple_choice() -> None:
    """Body, options, feedback and explanation are told apart."""
    parsed = question(SINGLE)
    assert parsed.question.type is QuestionType.MULTIPLE_CHOICE
    assert parsed.question.body == "Look:"
    assert [one.text for one in parsed.question.options] == ["Right", "Wrong\nmore of it"]
    assert parsed.right == (option(parsed, "Right"),)
    assert parsed.feedback == {option(parsed, "Right"): "Because.", parsed.question.options[1].id: "No.\nNever."}
    assert parsed.explanation == "So it is.\n\nAlways."


def test_several_ticks_are_multi_select() -> None:
    """Without a type of its own, the number of ticks decides."""
    assert question(MULTI).question.type is QuestionType.MULTI_SELECT


def test_multi_select_can_be_asked_for() -> None:
    """So that one right option does not tell that there is one."""
    assert question("- [x] One\n- [ ] Two", "### What? {type=multi}").question.type is QuestionType.MULTI_SELECT


@pytest.mark.parametrize("options", ["- [x] True\n- [ ] False", "- [ ] false\n- [x] TRUE"])
def test_true_and_false_are_a_type_of_their_own(options: str) -> None:
    """In either order and in any case."""
    assert question(options).question.type is QuestionType.TRUE_FALSE


def test_options_may_hold_blocks() -> None:
    """Code, lists and paragraphs stay, moved to the left edge."""
    parsed = question("- [x] ```py\n      a = 1\n\n        b\n      ```\n- [ ] text\n\n      - item\n")
    assert [one.text for one in parsed.question.options] == ["```py\na = 1\n\n  b\n```", "text\n\n- item"]


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [(["Right"], 1), (["Wrong\nmore of it"], 0)],
)
def test_multiple_choice_earns_all_or_nothing(chosen: list[str], earned: float) -> None:
    """One option is right."""
    parsed = question(SINGLE)
    assert credit(parsed, *(option(parsed, text) for text in chosen)) == earned


@pytest.mark.parametrize(
    ("chosen", "exact", "partial"),
    [
        ([], 0, 0),
        (["One", "Two"], 1, 1),
        (["Two", "One"], 1, 1),
        (["One"], 0, 0.5),
        (["One", "Three"], 0, 0),
        (["One", "Two", "Three"], 0, 0.5),
        (["One", "Two", "Three", "Four"], 0, 0),
    ],
)
def test_multi_select_earns_what_is_right_less_what_is_wrong(chosen: list[str], exact: float, partial: float) -> None:
    """Only with partial credit; else all that is right and nothing else."""
    for heading, earned in (("### What?", exact), ("### What? {credit=partial}", partial)):
        parsed = question(MULTI, heading)
        assert credit(parsed, *(option(parsed, text) for text in chosen)) == earned


def test_errata() -> None:
    """A void option counts neither way, and one that is always right is right as well."""
    parsed = question("- [x] Right\n- [ ] Also {always}\n- [ ] Wrong\n")
    assert [one.text for one in parsed.question.options] == ["Right", "Also", "Wrong"]
    assert [credit(parsed, option(parsed, text)) for text in ("Right", "Also", "Wrong")] == [1, 1, 0]
    several = question("- [x] One\n- [x] Two\n- [ ] Void {void}\n- [ ] Wrong\n")
    assert credit(several, *(option(several, text) for text in ("One", "Two", "Void"))) == 1
    assert credit(several, *(option(several, text) for text in ("One", "Two"))) == 1
    assert credit(several, option(several, "Void")) == 0


def test_a_response_names_options_of_the_question_once() -> None:
    """The first place that does not is told."""
    single, several = question(SINGLE), question(MULTI)
    right = option(single, "Right")
    assert refused(single) is None
    assert refused(single, "nonsense") == (0, "Question 'what' has no option 'nonsense'.")
    assert refused(single, right, single.question.options[1].id) == (1, "Question 'what' takes one option.")
    one = option(several, "One")
    assert refused(several, one, one) == (1, f"Option '{one}' is named twice.")


def test_an_option_keeps_its_id_wherever_it_stands() -> None:
    """Reordering changes no id, spacing neither; a rewording makes a new option, another question other ids."""
    before, after = question("- [x] One\n- [ ] Two"), question("- [ ] Two\n- [x]  One")
    assert {one.id for one in before.question.options} == {one.id for one in after.question.options}
    assert question("- [x] One\n- [ ] Two 2").question.options[0].id == before.question.options[0].id
    assert question("- [x] One\n- [ ] Two 2").question.options[1].id != before.question.options[1].id
    assert question("- [x] One\n- [ ] Two", "### Other?").question.options[0].id != before.question.options[0].id


@pytest.mark.parametrize("mark", ["{ always }", "{Always}", "{: always }", "{:always}"])
def test_an_erratum_in_other_writing(mark: str) -> None:
    """As attributes may be written; the option does not show it."""
    parsed = question(f"- [x] Right\n- [ ] Also {mark}\n- [ ] Wrong\n")
    assert [one.text for one in parsed.question.options] == ["Right", "Also", "Wrong"]
    assert parsed.always == (parsed.question.options[1].id,)
