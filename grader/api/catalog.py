"""The catalog and the questions: no answers."""

from litestar import get
from litestar.params import FromPath

from grader.api.context import Published
from grader.api.openapi import refusals
from grader.catalog.model import Record
from grader.catalog.summary import CatalogSummary
from grader.errors import NotFoundError
from grader.questions.model import Question


class QuizView(Record, frozen=True):
    revision: str
    course: str
    questions: tuple[Question, ...] | None  # their texts are Markdown; None: they come with an attempt


@get("/catalog", operation_id="get_catalog", summary="Tracks, courses and quizzes")
async def catalog(library: Published) -> CatalogSummary:
    return library.summary


@get(
    "/quizzes/{revision:str}",
    operation_id="get_quiz",
    summary="The questions of a quiz",
    responses=refusals(404),
)
async def quiz(revision: FromPath[str], library: Published) -> QuizView:
    entry = library.quizzes.get(revision)
    if entry is None:
        raise NotFoundError("quiz", revision)
    questions = None if entry.quiz.rules.hidden else entry.quiz.questions
    return QuizView(revision=revision, course=entry.course.id, questions=questions)
