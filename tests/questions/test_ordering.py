from grader.questions.model import QuestionType
from tests.questions.reading import credit, option, question, refused

ORDER = "First things:\n\n1. One\n   more of it\n2. Two\n3. Three\n10. Four\n\n> So it is.\n"


def test_an_ordered_list_is_an_order() -> None:
    """It is written in the right order."""
    parsed = question(ORDER)
    assert parsed.question.type is QuestionType.ORDERING
    assert parsed.question.body == "First things:"
    assert [one.text for one in parsed.question.options] == ["One\nmore of it", "Two", "Three", "Four"]
    assert parsed.right == tuple(one.id for one in parsed.question.options)
    assert parsed.explanation == "So it is."


def test_credit() -> None:
    """All or nothing; with partial credit the share at their places."""
    exact, partial = question(ORDER), question(ORDER, "### What? {#what credit=partial}")
    one, two, three, four = exact.right
    assert credit(exact, one, two, three, four) == 1
    assert credit(exact, one, two, four, three) == 0
    assert credit(partial, one, two, four, three) == 0.5


def test_a_response_names_every_item_once() -> None:
    """Or it is empty, as a whole or at some places: a draft, or what there was when the time was over."""
    parsed = question(ORDER)
    places = parsed.right[:2]
    assert refused(parsed, "", *places, "") is None
    assert credit(parsed, "", *places, "") == 0
    assert credit(question(ORDER, "### What? {#what credit=partial}"), *places, "", "") == 0.5
    one, two = option(parsed, "Two"), option(parsed, "Three")
    assert refused(parsed) is None
    assert refused(parsed, one, two) == (1, "Question 'what' takes all its 4 options in order.")
    assert refused(parsed, one, one) == (1, f"Option '{one}' is named twice.")
    assert refused(parsed, one, "x") == (1, "Question 'what' has no option 'x'.")
