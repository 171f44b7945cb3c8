import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalog.model import QuizRules, Review
from grader.catalog.rules import duration, from_attributes, in_words, read_limit, to_attributes
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
    """What a learner should know before the start, in sentences."""
    assert in_words(QuizRules(), 6) == (
        "6 questions",
        "80 % to pass",
        "As many attempts as you like",
        "Right answers are shown when you have passed",
    )
    rules = QuizRules(passing_score=0.29, attempts=1, cooldown=(0, 86400), time_limit=1200, draw=1)
    assert in_words(rules, 6) == (
        "1 question, drawn from 6 for each attempt",
        "29 % to pass",
        "1 attempt",
        "Pause between attempts: none after the first one, 1 day after later ones",
        "Time limit: 20 minutes from the start",
        "Right answers are shown when you have passed, or have no attempt left",
    )


@pytest.mark.parametrize(
    ("cooldown", "words"),
    [
        ((86400,), "1 day"),
        ((3600, 3600), "1 hour"),
        ((60, 3600, 86400), "1 minute after the first one, 1 hour after the second one, 1 day after later ones"),
        ((1, 2, 3, 4, 5, 6, 7), "6 seconds after the 6th one, 7 seconds after later ones"),
    ],
)
def test_pauses(cooldown: tuple[int, ...], words: str) -> None:
    """Each pause is said with the attempt that it follows; the last one repeats."""
    [pause] = (said for said in in_words(QuizRules(cooldown=cooldown), 6) if said.startswith("Pause"))
    assert pause.endswith(words)


@pytest.mark.parametrize(("review", "words"), [("always", "shown after each attempt"), ("never", "not shown")])
def test_review(review: str, words: str) -> None:
    """Whoever starts knows what the grade will tell."""
    assert in_words(QuizRules(review=Review(review)), 6)[-1] == f"Right answers are {words}"


def test_nothing_is_drawn_of_a_smaller_pool() -> None:
    """Where all questions come, none is drawn."""
    assert in_words(QuizRules(draw=9), 6)[0] == "6 questions"


def test_no_time() -> None:
    """A time limit of nothing is a slip of the pen."""
    assert read_limit("20m") == 1200
    with pytest.raises(ValueError, match="no time"):
        read_limit(0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "none"), (1, "1 second"), (90, "90 seconds"), (60, "1 minute"), (7200, "2 hours"), (172800, "2 days")],
)
def test_durations(seconds: int, words: str) -> None:
    """In the largest unit that divides them."""
    assert duration(seconds) == words
