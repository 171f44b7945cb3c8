"""MULTIPLE_CHOICE: a task list with one `[x]`."""

from grader.questions.choice import Choice
from grader.questions.model import QuestionType

KIND = Choice(
    type=QuestionType.MULTIPLE_CHOICE,
    names=("single", "multiple-choice"),
    several=False,
    natural=lambda items: sum(item.right for item in items) <= 1,
)
