import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalog.model import QuizRules, Review
from grader.catalog.rules import duration, from_attributes, in_words, to_attributes
from grader.lines import attributes

RULES = st.builds(
    QuizRules,
    passing_score=st.floats(0.01, 1),
    attempts=st.none() | st.integers(1, 9),
    cooldown=st.lists(st.integers(0, 10**6), max_size=3).map(tuple),
    time_limit=st.none() | st.integers(1, 9999),
    draw=st.none() | st.integers(1, 99),
    shuffle=st.booleans(),
    review=st.sampled_from(Review),
)


@settings(deadline=None, derandomize=True)
@given(RULES)
def test_rules_travel_through_the_redacted_heading(rules: QuizRules) -> None:
    """What is written into its attributes is read again."""
    assert from_attributes(attributes(f"#quiz .quiz {to_attributes(rules)}")) == rules


@pytest.mark.parametrize("given_", ["attempts=many", 'cooldown="[1"', "review=maybe", "shuffle", 'passing_score="[]"'])
def test_impossible_attributes_are_passed_over(given_: str) -> None:
    """The extension never raises: it would stop the preview of every page."""
    assert from_attributes(attributes(given_)) == QuizRules()


def test_in_words() -> None:
    """One line that a learner understands."""
    assert in_words(QuizRules(), 6) == "6 questions · 80 % to pass · as many attempts as you like"
    rules = QuizRules(passing_score=0.29, attempts=1, cooldown=(0, 86400), time_limit=1200, draw=1)
    assert in_words(rules, 6) == (
        "1 question · 29 % to pass · 1 attempt · a pause between attempts: none, 1 day · 20 minutes of time"
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "none"), (1, "1 second"), (90, "90 seconds"), (60, "1 minute"), (7200, "2 hours"), (172800, "2 days")],
)
def test_durations(seconds: int, words: str) -> None:
    """In the largest unit that divides them."""
    assert duration(seconds) == words
