"""Practice questions: graded at once, as often as wanted, never counted; that somebody practises is kept."""

from litestar import post
from litestar.params import FromPath, JSONBody

from grader.api.attempt_views import QuestionView
from grader.api.context import Now, Parts, Published, SignedIn
from grader.api.openapi import SIGNED_IN, refusals
from grader.catalog.model import Record
from grader.catalog.prose import html
from grader.errors import InvalidResponseError
from grader.grading.grade import Answer, grade
from grader.learning import activities
from grader.questions import KINDS
from grader.questions.kind import Response
from grader.questions.model import Question


class PracticeResponse(Record, frozen=True):
    response: Response


@post(
    "/practice/{revision:str}/responses",
    status_code=200,
    operation_id="try_practice",
    summary="Try a practice question",
    responses=refusals(401, 403, 409, 413, 422),
    security=SIGNED_IN,
)
async def practise(
    revision: FromPath[str],
    data: JSONBody[PracticeResponse],
    learner: SignedIn,
    library: Published,
    context: Parts,
    now: Now,
) -> QuestionView:
    entry = library.get_practice(revision)
    question = entry.practice.question
    check(question, data.response)
    answers = [Answer(question=question.id, response=data.response)]
    result = grade([question], (), entry.key, answers, passing_score=1)
    await context.store.transact(activities.practised, learner, entry, data.response, correct=result.passed, now=now)
    key = entry.key.questions[question.id]
    return QuestionView(
        question=question.id,
        correct=result.passed,
        right=key.right,
        feedback={option: html(text, entry.course.id) for option, text in key.feedback.items()},
        explanation=html(key.explanation, entry.course.id),
    )


def check(question: Question, response: Response) -> None:
    """Raises InvalidResponseError."""
    if not any(response):
        raise InvalidResponseError("$.response", "Answer first, then check.")
    refused = KINDS[question.type].refuse(question, response)
    if refused:
        raise InvalidResponseError(f"$.response[{refused[0]}]", refused[1])
