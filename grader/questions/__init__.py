"""The question types, in the order in which they are tried on a question that names none."""

from grader.questions import (
    matching,
    multi_select,
    multiple_choice,
    numeric,
    ordering,
    short_text,
    true_false,
)
from grader.questions.kind import Kind
from grader.questions.model import QuestionType

_ORDER: tuple[Kind, ...] = (
    true_false.KIND,
    multi_select.KIND,
    multiple_choice.KIND,
    numeric.KIND,
    short_text.KIND,
    matching.KIND,
    ordering.KIND,
)

KINDS: dict[QuestionType, Kind] = {kind.type: kind for kind in _ORDER}
