from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.catalog.model import Quiz, QuizRules
from grader.grading.drawing import Shown, arranged, draw
from grader.questions.model import Option, Question, QuestionType

FOUR = tuple(Option(f"o{n}", f"Option {n}") for n in range(4))
SIX = tuple(
    Question(id=f"q{n}", type=QuestionType.MULTIPLE_CHOICE, text="What?", options=FOUR, since="2.0" if n > 3 else None)
    for n in range(6)
)
IDS = tuple(question.id for question in SIX)
TRUE_FALSE = Question(
    id="tf", type=QuestionType.TRUE_FALSE, text="So?", options=(Option("t", "True"), Option("f", "False"))
)


def quiz(rules: QuizRules, questions: tuple[Question, ...] = SIX) -> Quiz:
    return Quiz(revision="r", rules=rules, questions=questions)


def ids(shown: tuple[Shown, ...]) -> tuple[str, ...]:
    return tuple(one.question for one in shown)


def test_it_works() -> None:
    """An attempt holds as many questions as are drawn, each once; another attempt holds others, in another order."""
    drawn = [draw(quiz(QuizRules(draw=3)), seed=str(seed)) for seed in range(100)]
    assert {len(set(ids(one))) for one in drawn} == {3}
    assert len({ids(one) for one in drawn}) > 60
    assert {frozenset(one.options) for shown in drawn for one in shown} == {frozenset({"o0", "o1", "o2", "o3"})}
    assert len({one.options for shown in drawn for one in shown}) == 24


def test_the_seed_decides() -> None:
    """The same attempt always holds the same."""
    assert draw(quiz(QuizRules(draw=3)), seed="s") == draw(quiz(QuizRules(draw=3)), seed="s")


def test_every_question_has_its_chance() -> None:
    """None is drawn much more often than another."""
    counts = Counter(name for n in range(1200) for name in ids(draw(quiz(QuizRules(draw=2)), seed=str(n))))
    assert counts.keys() == set(IDS)
    assert max(counts.values()) - min(counts.values()) < 120


def test_more_than_there_are() -> None:
    """Where fewer questions may be drawn, all of them are."""
    assert sorted(ids(draw(quiz(QuizRules(draw=99)), seed="s"))) == sorted(IDS)


def test_as_in_the_page() -> None:
    """A quiz that starts by itself is answered in its page, so everything stands as there."""
    shown = draw(quiz(QuizRules()), seed="s")
    assert [(one.question, one.options) for one in shown] == [(name, ("o0", "o1", "o2", "o3")) for name in IDS]


@pytest.mark.parametrize(
    "rules", [QuizRules(attempts=2), QuizRules(time_limit=60), QuizRules(cooldown=(0, 60)), QuizRules(draw=6)]
)
def test_each_attempt_mixes(rules: QuizRules) -> None:
    """Where an attempt is started on purpose its options are mixed anew; not drawn, the questions keep their order."""
    shown = [draw(quiz(rules), seed=str(seed)) for seed in range(20)]
    assert len({one[0].options for one in shown}) > 5
    assert rules.draw or {ids(one) for one in shown} == {IDS}


def test_no_shuffle() -> None:
    """With `shuffle: false` everything stands in the source's order; it is only drawn."""
    for seed in range(20):
        shown = draw(quiz(QuizRules(draw=3, shuffle=False)), seed=str(seed))
        assert list(ids(shown)) == sorted(ids(shown))
        assert {one.options for one in shown} == {("o0", "o1", "o2", "o3")}


def test_true_before_false() -> None:
    """True and False keep their order."""
    for seed in range(20):
        shown = draw(quiz(QuizRules(attempts=1), (TRUE_FALSE,)), seed=str(seed))
        assert shown[0].options == ("t", "f")


def test_among() -> None:
    """A renewal holds what is new and nothing else, however few questions are drawn otherwise."""
    new = {question.id for question in SIX if question.since}
    assert ids(draw(quiz(QuizRules()), seed="s", among=new)) == ("q4", "q5")
    assert ids(draw(quiz(QuizRules(draw=1)), seed="s", among=new)) == ("q4", "q5")
    assert draw(quiz(QuizRules()), seed="s", among=set()) == ()


@given(st.text(), st.integers(1, 9), st.booleans(), st.frozensets(st.sampled_from(IDS)) | st.none())
def test_what_is_shown_is_of_the_quiz(seed: str, count: int, shuffle: bool, among: frozenset[str] | None) -> None:  # noqa: FBT001
    """Whatever is drawn, put back in order it is questions of the quiz with all their options."""
    made = quiz(QuizRules(draw=count, shuffle=shuffle))
    found = arranged(SIX, draw(made, seed=seed, among=among))
    assert len(found) == (min(count, len(SIX)) if among is None else len(among))
    for question in found:
        options = tuple(sorted(question.options, key=lambda option: option.id))
        assert msgspec.structs.replace(question, options=options) in SIX


def test_arranged() -> None:
    """Questions and options stand in the order in which they were shown; of old attempts all in the page's order."""
    [only] = arranged(SIX, (Shown(question="q2", options=("o3", "o1", "o0", "o2")),))
    assert (only.id, [option.id for option in only.options]) == ("q2", ["o3", "o1", "o0", "o2"])
    assert arranged(SIX, None) == SIX
