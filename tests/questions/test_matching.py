import pytest

from grader.questions import KINDS
from grader.questions.kind import element
from grader.questions.matching import cells
from grader.questions.model import QuestionType
from tests.questions.reading import credit, question, refused

PAIRS = r"""
See:

| A | B |
| - | - |
| 1 | 2 |

| Word | Meaning |
| :--- | ---: |
| a | b \| c |
| d | e |
| f | g |

> So.
"""


def test_a_table_is_pairs() -> None:
    """The last table before the explanation; one above it belongs to the question."""
    parsed = question(PAIRS)
    assert parsed.question.type is QuestionType.MATCHING
    assert parsed.question.body == "See:\n\n| A | B |\n| - | - |\n| 1 | 2 |"
    assert [one.text for one in parsed.question.prompts] == ["a", "d", "f"]
    assert [one.text for one in parsed.question.options] == ["b \\| c", "e", "g"]
    assert parsed.explanation == "So."


def test_words_keep_their_underscores() -> None:
    """A list to choose from shows plain text: without marks of emphasis and code, but with all of a name."""
    parsed = question("| A | B |\n| - | - |\n| a | `a_b` and _c_ |\n| d | ab |\n")
    parts = [[element("p", text=prompt.text)] for prompt in parsed.question.prompts]
    [table] = KINDS[parsed.question.type].controls(parsed.question, parts)
    assert {one.text for one in table.iter("option")} == {"–", "a_b and c", "ab"}


def test_credit() -> None:
    """All or nothing; with partial credit the share of right pairs, where a gap or a repetition earns nothing."""
    exact, partial = question(PAIRS), question(PAIRS, "### What? {#what credit=partial}")
    a, d, f = exact.right
    assert credit(exact, a, d, f) == 1
    assert credit(exact, a, f, d) == 0
    assert credit(partial, a, f, d) == pytest.approx(1 / 3)
    assert credit(partial, a, a, a) == pytest.approx(1 / 3)
    assert credit(partial, a, "", f) == pytest.approx(2 / 3)


def test_a_response_gives_an_option_to_each_prompt() -> None:
    """An empty text is a gap."""
    parsed = question(PAIRS)
    assert refused(parsed, parsed.right[0]) == (0, "Question 'what' takes 3 options.")
    assert refused(parsed, *parsed.right[:2], "x") == (2, "Question 'what' has no option 'x'.")


def test_cells() -> None:
    """Outer bars are not needed, and an escaped bar is text."""
    assert cells("| a | b |") == cells("a|b") == ("a", "b")
    assert cells("| a \\| b | c |") == ("a \\| b", "c")
