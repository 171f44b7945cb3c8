"""What is written with its key is read back, to the letter."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.catalog.page import read_page
from grader.catalog.written import faults, question_source, quiz_section
from grader.diagnostics import Diagnostics
from grader.questions.kind import Parsed
from grader.questions.model import Option, Question, QuestionType
from tests.questions.authored import questions
from tests.questions.reading import question as read_question
from tests.site.documents import documents

few = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
ROOT = Path(__file__).parents[2]


def read(text: str) -> list[Parsed]:
    """The questions of a quiz that has no mistake."""
    diagnostics = Diagnostics("page")
    page = read_page(text, diagnostics)
    assert [str(one) for one in diagnostics.found] == []
    return list(page.quiz.questions) if page.quiz else []


def same(left: list[Parsed], right: list[Parsed]) -> bool:
    return [(one.question, one.key) for one in left] == [(one.question, one.key) for one in right]


def test_it_works() -> None:
    """A question is written as its author would write it."""
    source = (
        "### When does the clock start? {#clock points=2 credit=partial}\n\nLook at the picture.\n\n"
        "- [x] On receipt\n- [ ] On Friday {always}\n    > That was a slip.\n\n> The clock starts on receipt."
    )
    [parsed] = read(f"## Quiz\n\n{source}\n")
    assert question_source(parsed) == source
    assert quiz_section([parsed], intro="Take your time.") == f"## Quiz\n\nTake your time.\n\n{source}\n"
    assert quiz_section([parsed], heading="Fragen").startswith("## Fragen {.quiz}\n\n### When")


@few
@given(st.lists(questions(), min_size=1, max_size=3, unique_by=lambda one: one.question.id))
def test_what_is_written_is_read_back(made: list[Parsed]) -> None:
    """Every type, with attributes, errata, feedback and explanation: the same questions and the same key."""
    section = "## Intake\n\n" + quiz_section(made)
    assert same(read(section), made), section


@few
@given(documents())
def test_any_page_can_be_written_again(pair: tuple[str, str]) -> None:
    """Whatever was read from a page without a mistake is written such that it reads the same."""
    diagnostics = Diagnostics("page")
    page = read_page(pair[0], diagnostics)
    if page.quiz and not diagnostics.found:
        assert [faults(one) for one in page.quiz.questions] == [None] * len(page.quiz.questions)


@pytest.mark.parametrize(
    ("body", "type_", "named"),
    [
        ("- [x] a\n- [ ] b", "multi", True),
        ("- [x] True\n- [ ] False", "single", True),
        ("- [x] Wahr\n- [ ] Falsch", "true-false", True),
        ("Say [[=a]].", "text", True),
        ("Say [[a]].", "text", False),
        ("- [x] a\n- [x] b\n- [ ] c", "multi", False),
    ],
)
def test_a_type_is_named_only_where_it_must_be(body: str, type_: str, *, named: bool) -> None:
    """Where it would be taken for another type, and nowhere else."""
    source = question_source(read_question(body, heading=f"### What? {{#what type={type_}}}"))
    assert source.startswith(f"### What? {{#what type={type_}}}" if named else "### What? {#what}")


@pytest.mark.parametrize("option", ["two\n\n- [x] lines", "[[blank]]", "", "> quoted"])
def test_what_cannot_be_written_is_told(option: str) -> None:
    """An option that the page would read otherwise is a fault, with its reason where there is one."""
    options = (Option("a", "one"), Option("b", option))
    parsed = Parsed(
        question=Question(id="q", type=QuestionType.MULTIPLE_CHOICE, text="Q", options=options), right=("a",)
    )
    assert faults(parsed) is not None


def test_the_repository_s_own_questions_are_written_again() -> None:
    """All of content/."""
    found = [path for path in (ROOT / "content").rglob("*.md") if "\n## Quiz" in path.read_text("utf-8")]
    assert found
    for path in found:
        page = read_page(path.read_text("utf-8").split("\n---\n", 1)[1], Diagnostics(str(path)))
        assert page.quiz
        assert [faults(one) for one in page.quiz.questions] == [None] * len(page.quiz.questions)
