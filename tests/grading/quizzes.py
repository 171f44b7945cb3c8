"""Random quizzes with their keys, and responses to them."""

from hypothesis import strategies as st

from grader.catalog.model import QuizKey
from grader.grading.grade import Answer
from grader.questions.model import Credit, Option, Question, QuestionKey, QuestionType

Quiz = tuple[list[Question], QuizKey]

_CHOICES = (QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.MULTI_SELECT)


@st.composite
def _question(draw: st.DrawFn, number: int) -> tuple[Question, QuestionKey]:
    kind = draw(st.sampled_from(QuestionType))
    options = tuple(Option(f"o{number}-{n}", f"Option {n}") for n in range(draw(st.integers(2, 5))))
    ids = [option.id for option in options]
    if kind is QuestionType.MULTI_SELECT:
        right = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1, unique=True))
    elif kind in _CHOICES:
        right = [draw(st.sampled_from(ids))]
    elif kind is QuestionType.SHORT_TEXT:
        right = ["Directive", "Act"]
    elif kind is QuestionType.NUMERIC:
        right = ["7", "0.5"]
    else:
        right = draw(st.permutations(ids))
    question = Question(
        id=f"q{number}",
        type=kind,
        text="What?",
        options=options,
        prompts=options if kind is QuestionType.MATCHING else (),
        topic=draw(st.sampled_from([None, "intake", "gone"])),
        points=draw(st.sampled_from([1.0, 2.0, 0.1])),
        credit=draw(st.sampled_from(Credit)),
    )
    return question, QuestionKey(right=tuple(right))


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    made = [draw(_question(number)) for number in range(draw(st.integers(1, 5)))]
    return [question for question, _ in made], QuizKey(questions={question.id: key for question, key in made})


def full(quiz: Quiz) -> list[Answer]:
    """What the key says is right."""
    return [Answer(question=question.id, response=_right(question, quiz[1])) for question in quiz[0]]


def _right(question: Question, key: QuizKey) -> tuple[str, ...]:
    right = key.questions[question.id].right
    return right[:1] if question.type in (QuestionType.SHORT_TEXT, QuestionType.NUMERIC) else right


@st.composite
def answered(draw: st.DrawFn) -> tuple[Quiz, list[Answer]]:
    """A quiz, and answers that may be submitted to it: to some questions, in any order."""
    quiz = draw(quizzes())
    answers = [Answer(question=one.id, response=tuple(draw(_response(one)))) for one in quiz[0] if draw(st.booleans())]
    return quiz, draw(st.permutations(answers))


def _response(question: Question) -> st.SearchStrategy[list[str]]:
    ids = [option.id for option in question.options]
    kind = question.type
    if kind is QuestionType.MULTI_SELECT:
        return st.lists(st.sampled_from(ids), unique=True)
    if kind in _CHOICES:
        return st.lists(st.sampled_from(ids), max_size=1)
    if kind is QuestionType.ORDERING:
        return st.permutations(ids) | st.just([])
    if kind is QuestionType.MATCHING:
        return st.lists(st.sampled_from([*ids, ""]), min_size=len(ids), max_size=len(ids))
    words = ["7", "7.6", "-3,5"] if kind is QuestionType.NUMERIC else ["act", "  ", "Law"]
    return st.lists(st.sampled_from(words), max_size=1)
