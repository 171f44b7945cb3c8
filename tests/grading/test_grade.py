import pytest
from hypothesis import given, settings

from grader.catalog.model import QuizKey, Review, Topic
from grader.errors import InvalidResponseError
from grader.grading.grade import Answer, Grade, TopicScore, check, grade, reveals
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType
from tests.grading.quizzes import Quiz, answered, full, quizzes

TOPICS = (Topic(id="intake", title="Intake"), Topic(id="closure", title="Closure"))
laws = settings(max_examples=200, deadline=None, derandomize=True)


def choice(name: str, *, kind: QuestionType = QuestionType.MULTIPLE_CHOICE, **given: object) -> Question:
    options = tuple(Option(f"{name}-{letter}", letter) for letter in "abc")
    return Question(id=name, type=kind, text=name, options=options, **given)  # type: ignore[arg-type]


def graded(quiz: Quiz, answers: list[Answer], passing_score: float = 0.8) -> Grade:
    check(quiz[0], answers)
    return grade(quiz[0], TOPICS, quiz[1], answers, passing_score=passing_score)


def five() -> Quiz:
    """Five questions whose first option is right."""
    questions = [choice(f"q{n}", topic="closure" if n > 2 else None) for n in range(5)]
    return questions, QuizKey(questions={one.id: QuestionKey(right=(f"{one.id}-a",)) for one in questions})


def answers_to_five(right: int) -> list[Answer]:
    return [Answer(question=f"q{n}", response=(f"q{n}-{'a' if n < right else 'b'}",)) for n in range(5)]


def test_it_works() -> None:
    """Four of five are 80 % and pass; topics come in the order of the page, what has none comes last."""
    assert graded(five(), answers_to_five(4)) == Grade(
        score=0.8,
        passed=True,
        passing_score=0.8,
        credits={"q0": 1.0, "q1": 1.0, "q2": 1.0, "q3": 1.0, "q4": 0.0},
        topics=(
            TopicScore(id="closure", title="Closure", score=0.5),
            TopicScore(id=None, title="Other questions", score=1.0),
        ),
    )


def test_three_of_five_fail() -> None:
    """60 % are less than 80 %."""
    assert not graded(five(), answers_to_five(3)).passed


def test_questions_without_an_answer_earn_nothing() -> None:
    """They count all the same."""
    assert graded(five(), answers_to_five(4)[:2]).score == 0.4


@pytest.mark.parametrize(("passing", "right"), [(0.7, 7), (0.1, 1), (0.3, 3), (0.9, 9), (0.57, 57)])
def test_partial_credit_is_not_a_hair_less(passing: float, right: int) -> None:
    """7 of 10 items in order are 70 %, though 0.7 is no binary fraction."""
    count = 100 if right > 10 else 10
    options = tuple(Option(f"o{n}", str(n)) for n in range(count))
    pairs = Question(
        id="q", type=QuestionType.MATCHING, text="?", options=options, prompts=options, credit=Credit.PARTIAL
    )
    key = QuizKey(questions={"q": QuestionKey(right=tuple(option.id for option in options))})
    given_ = tuple(option.id if n < right else "" for n, option in enumerate(options))
    result = graded(([pairs], key), [Answer(question="q", response=given_)], passing)
    assert (result.score, result.passed) == (passing, True)


def test_points_weigh() -> None:
    """A question of three points counts three times as much as one of one."""
    questions = [choice("one", points=3.0), choice("two")]
    key = QuizKey(questions={one.id: QuestionKey(right=(f"{one.id}-a",)) for one in questions})
    assert graded((questions, key), [Answer(question="one", response=("one-a",))]).score == 0.75


@pytest.mark.parametrize(
    ("answers", "path", "message"),
    [
        ([("q9", ["x"])], "$.responses[0].question", "The quiz has no question 'q9'."),
        ([("q0", ["q0-a"]), ("q0", ["q0-a"])], "$.responses[1].question", "Question 'q0' is answered twice."),
        ([("q0", []), ("q1", ["q0-a"])], "$.responses[1].response[0]", "Question 'q1' has no option 'q0-a'."),
        ([("q0", ["q0-a", "q0-b"])], "$.responses[0].response[1]", "Question 'q0' takes one option."),
        ([("several", ["several-a"] * 2)], "$.responses[0].response[1]", "Option 'several-a' is named twice."),
    ],
)
def test_what_does_not_belong_is_refused_with_its_place(
    answers: list[tuple[str, list[str]]], path: str, message: str
) -> None:
    """Unknown questions and options, and anything named twice."""
    questions = [*five()[0], choice("several", kind=QuestionType.MULTI_SELECT)]
    with pytest.raises(InvalidResponseError) as caught:
        check(questions, [Answer(question=name, response=tuple(response)) for name, response in answers])
    assert caught.value.path == path
    assert str(caught.value) == f"{message} - at `{path}`"


@laws
@given(answered())
def test_a_score_is_a_share(given_: tuple[Quiz, list[Answer]]) -> None:
    """From 0 to 1, for the whole, for each topic and for each question; and it passes when it reaches what it takes."""
    result = graded(*given_)
    assert all(0 <= share <= 1 for share in (result.score, *result.credits.values()))
    assert all(0 <= topic.score <= 1 for topic in result.topics)
    assert result.credits.keys() == {question.id for question in given_[0][0]}


@laws
@given(answered())
def test_the_order_of_answers_does_not_matter(given_: tuple[Quiz, list[Answer]]) -> None:
    """Forwards and backwards are the same."""
    quiz, answers = given_
    assert graded(quiz, answers) == graded(quiz, answers[::-1])


@laws
@given(quizzes())
def test_the_key_earns_everything(quiz: Quiz) -> None:
    """The key graded against itself gives 1, and passes whatever it takes."""
    result = graded(quiz, full(quiz), 1.0)
    assert (result.score, result.passed) == (1.0, True)


@laws
@given(quizzes())
def test_empty_responses_earn_nothing(quiz: Quiz) -> None:
    """Neither no answers, nor answers without a response."""
    assert graded(quiz, []).score == 0
    assert graded(quiz, [Answer(question=question.id, response=()) for question in quiz[0]]).score == 0


@laws
@given(quizzes())
def test_choosing_everything_never_earns_everything(quiz: Quiz) -> None:
    """Where something is wrong, it is not right to choose it."""
    several = [question for question in quiz[0] if question.type is QuestionType.MULTI_SELECT]
    everything = [Answer(question=one.id, response=tuple(option.id for option in one.options)) for one in several]
    result = graded(quiz, everything)
    assert all(result.credits[question.id] < 1 for question in several)


@pytest.mark.parametrize(
    ("review", "passed", "left", "shown"),
    [
        (Review.ALWAYS, False, 2, True),
        (Review.NEVER, True, 0, False),
        (Review.ON_PASS, True, 2, True),
        (Review.ON_PASS, False, 2, False),
        (Review.ON_PASS, False, None, False),
        (Review.ON_PASS, False, 0, True),
    ],
)
def test_what_a_grade_reveals(review: Review, passed: bool, left: int | None, shown: bool) -> None:  # noqa: FBT001 - a table
    """By default the key is shown after a pass, or when no attempt is left."""
    assert reveals(review, passed=passed, attempts_left=left) is shown
