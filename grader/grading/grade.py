"""Grading one quiz: what may be submitted, what it scores, and what a learner may be told."""

from collections.abc import Mapping, Sequence
from math import fsum

from grader.catalog.model import QuizKey, Record, Review, Topic
from grader.errors import InvalidResponseError
from grader.questions import KINDS
from grader.questions.kind import Response
from grader.questions.model import Question


class Answer(Record, frozen=True):
    """What a learner gave to one question. An empty response is no answer."""

    question: str
    response: Response


class TopicScore(Record, frozen=True):
    id: str | None  # the anchor of a heading of the page; None: the questions without a topic
    title: str
    score: float  # 0..1


class Grade(Record, frozen=True):
    """`credits` maps every question to 0..1; `score` is their mean, weighted by points."""

    score: float
    passed: bool
    passing_score: float
    credits: dict[str, float]
    topics: tuple[TopicScore, ...]


def check(questions: Sequence[Question], answers: Sequence[Answer]) -> None:
    """Raises InvalidResponseError for the first answer that does not belong to these questions, naming its place."""
    known = {question.id: question for question in questions}
    seen: set[str] = set()
    for place, answer in enumerate(answers):
        question = known.get(answer.question)
        if question is None:
            raise InvalidResponseError(
                f"$.responses[{place}].question", f"The quiz has no question {answer.question!r}."
            )
        if answer.question in seen:
            raise InvalidResponseError(
                f"$.responses[{place}].question", f"Question {answer.question!r} is answered twice."
            )
        seen.add(answer.question)
        refused = KINDS[question.type].refuse(question, answer.response)
        if refused:
            raise InvalidResponseError(f"$.responses[{place}].response[{refused[0]}]", refused[1])


def grade(
    questions: Sequence[Question],
    topics: Sequence[Topic],
    key: QuizKey,
    answers: Sequence[Answer],
    *,
    passing_score: float,
) -> Grade:
    """Grade checked answers. A question without an answer earns nothing."""
    given = {answer.question: answer.response for answer in answers}
    credits_ = {question.id: _credit(question, key, given.get(question.id, ())) for question in questions}
    score = _mean(questions, credits_)
    return Grade(
        score=score,
        passed=score >= passing_score,
        passing_score=passing_score,
        credits=credits_,
        topics=_topics(questions, topics, credits_),
    )


def _credit(question: Question, key: QuizKey, response: Response) -> float:
    if not any(response):
        return 0.0
    return KINDS[question.type].credit(question, key.questions[question.id], response)


def _mean(questions: Sequence[Question], credits_: Mapping[str, float]) -> float:
    """Rounded to nine digits, so that 4 of 5 is 80 % and not a hair less. What one answer changes is far more."""
    points = fsum(question.points for question in questions)
    earned = fsum(question.points * credits_[question.id] for question in questions)
    return round(earned / points, 9) if points else 0.0


def _topics(
    questions: Sequence[Question], topics: Sequence[Topic], credits_: Mapping[str, float]
) -> tuple[TopicScore, ...]:
    """The mean of each topic, in the order of the page's headings; what has no topic comes last."""
    titles: dict[str | None, str] = {topic.id: topic.title for topic in topics}
    groups: dict[str | None, list[Question]] = {topic.id: [] for topic in topics} | {None: []}
    for question in questions:
        groups[question.topic if question.topic in groups else None].append(question)
    return tuple(
        TopicScore(id=topic, title=titles.get(topic, "Other questions"), score=_mean(group, credits_))
        for topic, group in groups.items()
        if group
    )


def reveals(review: Review, *, passed: bool, attempts_left: int | None) -> bool:
    """May the grade show which answers are right, and why?

    After a failed attempt `on-pass` stays silent, so that the next attempt is not a copy; when no attempt is left,
    silence would serve nobody.
    """
    if review is Review.ON_PASS:
        return passed or attempts_left == 0
    return review is Review.ALWAYS
