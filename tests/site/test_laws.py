"""Laws of reading, redacting and rendering, for whatever anybody may write."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.catalog.model import QuizRules
from grader.catalog.page import Page, read_page
from grader.catalog.redact import redacted
from grader.catalog.revision import revision_of, shown
from grader.diagnostics import Diagnostics
from grader.questions.model import Question
from tests.site.documents import NOISE, documents
from tests.site.rendering import render

RULES = QuizRules()
few = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> tuple[Page, list[str]]:
    diagnostics = Diagnostics("page")
    return read_page(text, diagnostics), [one.code for one in diagnostics.found]


def seen(page: Page) -> list[tuple[str, list[Question]]]:
    """Each group of questions as a learner sees it, with its revision."""
    groups = [*([page.quiz.questions] if page.quiz else []), *((one.parsed,) for one in page.practice)]
    questions = [[one.question for one in group] for group in groups]
    return [(r := revision_of(group), [shown(one, r, shuffle=True) for one in group]) for group in questions]


@few
@given(st.lists(st.sampled_from(NOISE) | st.text(max_size=8), max_size=40).map("\n".join))
def test_any_text_can_be_read_and_rendered(text: str) -> None:
    """Neither reading nor redacting nor rendering raises, whatever the text."""
    page, _ = read(text)
    render(redacted(page, RULES))
    render(text)


@few
@given(documents())
def test_the_page_does_not_depend_on_the_key(pair: tuple[str, str]) -> None:
    """Pages without mistakes that differ in their keys only have the same redacted source and the same HTML."""
    (one, mistakes), (other, more) = read(pair[0]), read(pair[1])
    if not mistakes and not more:
        assert redacted(one, RULES) == redacted(other, RULES)
        assert render(pair[0]) == render(pair[1])


@few
@given(documents())
def test_a_page_without_mistakes_shows_no_secret(pair: tuple[str, str]) -> None:
    """Whatever noise stands between the lines of a question."""
    page, mistakes = read(pair[0])
    if not mistakes:
        assert "SECRET" not in redacted(page, RULES)
        assert "SECRET" not in render(pair[0])


@few
@given(documents(secrets=False, noise=8))
def test_ticks_never_show(pair: tuple[str, str]) -> None:
    """Pages that differ in their ticks only look the same, mistakes or not."""
    one, other = read(pair[0])[0], read(pair[1])[0]
    assert redacted(one, RULES) == redacted(other, RULES)
    assert render(pair[0]) == render(pair[1])


@few
@given(documents())
def test_the_redacted_page_is_read_alike(pair: tuple[str, str]) -> None:
    """It has the same questions under the same revision, and redacts to itself."""
    page, mistakes = read(pair[0])
    if not mistakes:
        public = redacted(page, RULES)
        again, _ = read(public)
        assert seen(again) == seen(page)
        assert redacted(again, RULES) == public


@few
@given(documents())
def test_the_redacted_page_is_rendered_alike(pair: tuple[str, str]) -> None:
    """The engine makes the same page of the author's source as of the redacted one, unless it fails on both."""
    page, mistakes = read(pair[0])
    if not mistakes:
        ours, theirs = render(redacted(page, RULES)), render(pair[0])
        assert ours == theirs or "could not be rendered" in ours + theirs
