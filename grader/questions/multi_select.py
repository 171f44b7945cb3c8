"""MULTI_SELECT: a task list with several `[x]`, or with `{type=multi}`."""

from grader.questions.choice import Choice
from grader.questions.model import QuestionType

KIND = Choice(
    type=QuestionType.MULTI_SELECT,
    names=("multi", "multi-select"),
    several=True,
    hint="Select all that apply.",
    natural=lambda items: sum(item.right for item in items) > 1,
)
