"""Practice questions: graded at once, as often as wanted, never counted."""

from litestar import post
from litestar.params import FromPath, JSONBody

from grader.api.attempts import QuestionView
from grader.api.context import Published, SignedIn
from grader.catalog.model import Record
from grader.catalog.prose import html
from grader.grading.grade import Answer, check, grade
from grader.questions.kind import Response


class PracticeResponse(Record, frozen=True):
    response: Response


@post("/practice/{revision:str}/responses", status_code=200, summary="Try a practice question")
async def practise(
    revision: FromPath[str],
    data: JSONBody[PracticeResponse],
    learner: SignedIn,  # noqa: ARG001 - signed in, whoever it is
    library: Published,
) -> QuestionView:
    entry = library.get_practice(revision)
    question = entry.practice.question
    answers = [Answer(question=question.id, response=data.response)]
    check([question], answers)
    result = grade([question], (), entry.key, answers, passing_score=1)
    key = entry.key.questions[question.id]
    return QuestionView(
        question=question.id,
        correct=result.passed,
        right=key.right,
        feedback={option: html(text, entry.course.id) for option, text in key.feedback.items()},
        explanation=html(key.explanation, entry.course.id),
    )
