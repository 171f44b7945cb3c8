"""SHORT_TEXT and NUMERIC: what stands in the blank is the key."""

import pytest

from grader.catalog.page import read_page
from grader.diagnostics import Diagnostics
from grader.questions.model import QuestionType
from tests.questions.reading import credit, question, refused


def test_a_blank_in_the_text_is_short_text() -> None:
    """Its alternatives are the key, and the page shows a gap."""
    parsed = question("> A quote that asks.\n\nThe [[ Directive | EU Directive ]] says so.\n\n> Since 2019.\n")
    assert parsed.question.type is QuestionType.SHORT_TEXT
    assert parsed.question.body == "> A quote that asks.\n\nThe [[ ]] says so."
    assert parsed.right == ("Directive", "EU Directive")
    assert parsed.explanation == "Since 2019."


def test_the_id_of_a_question_does_not_tell_the_answer() -> None:
    """It is made of the heading without what stands in the blank."""
    parsed = question("", "### The capital of France is [[Paris]].")
    assert (parsed.question.id, parsed.question.text) == ("the-capital-of-france-is", "The capital of France is [[ ]].")


@pytest.mark.parametrize("given", ["Directive", "  eu   DIRECTIVE ", "Ｄｉｒｅｃｔｉｖｅ"])
def test_case_width_and_spaces_do_not_matter(given: str) -> None:
    """As nobody would notice them."""
    assert credit(question("The [[Directive|EU Directive]]"), given) == 1


@pytest.mark.parametrize("given", ["", " ", "Directiv", "[[ ]]", "Directive|EU Directive"])
def test_another_text_earns_nothing(given: str) -> None:
    """Nor does an empty one."""
    assert credit(question("The [[Directive|EU Directive]]"), given) == 0


@pytest.mark.parametrize("answer", ["Direc\u200btive", "Direc\u00adtive", "\ufeffDirective", "Directive\u2060"])
def test_what_nobody_sees_does_not_matter(answer: str) -> None:
    """It comes along when text is copied, into the key or into the answer."""
    assert credit(question(f"The [[{answer}]]"), "Directive") == 1
    assert credit(question("The [[Directive]]"), answer) == 1


@pytest.mark.parametrize("given", ['Don\'t "know"', "don\u2019t \u201cknow\u201d"])
def test_the_form_of_quotes_does_not_matter(given: str) -> None:
    """Telephones curl them."""
    assert credit(question('They [[don\'t "know"]]'), given) == 1
    assert credit(question("They [[don\u2019t \u201cknow\u201d]]"), given) == 1


@pytest.mark.parametrize(
    ("blank", "code"),
    [
        ("a" * 201, "empty-blank"),
        ("\u200b", "empty-blank"),
        ("= 1,000", "bad-number"),
        ("= 20,500 ± 1", "bad-number"),
        ("= 5 ± 1,000", "bad-number"),
    ],
)
def test_what_would_be_graded_as_nobody_meant_is_refused(blank: str, code: str) -> None:
    """No answer could be right, or another one than was meant."""
    diagnostics = Diagnostics("page")
    read_page(f"## Quiz\n\n### What?\n\n[[{blank}]]\n", diagnostics)
    assert [one.code for one in diagnostics.found] == [code]


def test_three_places_behind_a_comma_are_possible() -> None:
    """Where nobody takes it for a thousand."""
    assert [question(f"[[= {number}]]").right[0] for number in ("0,125", "1234,567", "1,25")] == [
        "0.125",
        "1234.567",
        "1.25",
    ]


def test_a_number_in_the_blank_is_numeric() -> None:
    """Value and tolerance are the key."""
    parsed = question("After [[= 7,5 ± 10%]] days")
    assert parsed.question.type is QuestionType.NUMERIC
    assert parsed.right == ("7.5", "10%")
    assert parsed.question.body == "After [[ ]] days"


@pytest.mark.parametrize(
    ("blank", "given", "earned"),
    [
        ("= 7", "7", 1),
        ("= 7", "7.0", 1),
        ("= 7", "7.1", 0),
        ("= 7 ± 0.1", "7,1", 1),
        ("= 7 +- 0.1", "6.9", 1),
        ("= 7 ± 0.1", "7.11", 0),
        ("= 0.3", "0.3", 1),
        ("= −3", "-3", 1),
        ("= -200 ± 5%", "-190", 1),
        ("= -200 ± 5%", "-189.9", 0),
        ("= 1e6", "1000000", 1),
    ],
)
def test_numbers_are_right_within_the_tolerance(blank: str, given: str, earned: float) -> None:
    """Its bounds included, and without errors of binary fractions."""
    assert credit(question(f"[[{blank}]]"), given) == earned


@pytest.mark.parametrize("given", ["seven", "7 days", "1e9999", "nan", "inf", "7\n8", "1" * 41])
def test_what_is_no_number_is_refused(given: str) -> None:
    """It may be a slip, and should not cost the point."""
    assert refused(question("[[= 7]]"), given) == (0, "Question 'what' takes a number, such as 42 or 0.5.")


def test_a_text_is_one_and_not_endless() -> None:
    """Two hundred characters are enough."""
    text = question("[[word]]")
    assert refused(text, "a" * 200) is None
    assert refused(text, "a" * 201) == (0, "A text has up to 200 characters.")
    assert refused(text, "a", "b") == (1, "Question 'what' takes one text.")
    assert refused(question("[[= 7]]"), "1", "2") == (1, "Question 'what' takes one number.")
