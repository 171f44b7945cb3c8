"""TRUE_FALSE: a task list of the two options True and False."""

from grader.questions.choice import Choice
from grader.questions.model import QuestionType

KIND = Choice(
    type=QuestionType.TRUE_FALSE,
    names=("true-false",),
    several=False,
    natural=lambda items: len(items) == 2 and sorted(item.text.casefold() for item in items) == ["false", "true"],
)
