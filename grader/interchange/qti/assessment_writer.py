"""A quiz -> an assessmentTest that refers to its items."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from grader.catalog.model import QuizRules
from grader.interchange.paper import Paper
from grader.interchange.qti.markup import Markup
from grader.interchange.qti.names import QTI, is_identifier
from grader.interchange.qti.scores import SCORE
from grader.interchange.qti.xml import node, on_lines
from grader.interchange.report import Report
from grader.questions.model import Question

_WEIGHT = "WEIGHT"
_SAYABLE = ("draw", "time_limit", "shuffle")


def write_assessment(
    paper: Paper, identifier: str, items: Sequence[tuple[str, str]], report: Report, markup: Markup
) -> Element:
    """`items` are identifier and path of each question's item, seen from the test."""
    _note_rules(paper, report)
    parts = [*_selection(paper), *_rubric(paper, markup)]
    parts += [_reference(*item, one.question, report) for item, one in zip(items, paper.questions, strict=True)]
    section = on_lines(
        node("assessmentSection", {"identifier": "quiz", "title": paper.title, "visible": "true"}, *parts)
    )
    part = {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "simultaneous"}
    zero = node("defaultValue", {}, node("value", {}, "0"))
    score = node("outcomeDeclaration", {"identifier": SCORE, "cardinality": "single", "baseType": "float"}, zero)
    return on_lines(
        node(
            "assessmentTest",
            QTI | {"identifier": identifier, "title": paper.title},
            score,
            *_limits(paper),
            node("testPart", part, section),
            _processing(),
        )
    )


def _note_rules(paper: Paper, report: Report) -> None:
    default = QuizRules()
    given = [
        name
        for name in default.__struct_fields__
        if name not in _SAYABLE and getattr(paper.rules, name) != getattr(default, name)
    ]
    if given:
        report.lost(f"QTI has no such rules of a quiz: {', '.join(given)}.", question=paper.name)


def _limits(paper: Paper) -> Iterator[Element]:
    if paper.rules.time_limit:
        yield node("timeLimits", {"maxTime": str(paper.rules.time_limit)})


def _selection(paper: Paper) -> Iterator[Element]:
    if paper.rules.draw and paper.rules.draw < len(paper.questions):
        yield node("selection", {"select": str(paper.rules.draw)})


def _rubric(paper: Paper, markup: Markup) -> Iterator[Element]:
    if paper.intro:
        yield node("rubricBlock", {"view": "candidate"}, *markup.blocks(paper.intro))


def _reference(identifier: str, href: str, question: Question, report: Report) -> Element:
    """Points are the weight in the test, the topic is the category."""
    given = {"identifier": identifier, "href": href}
    if question.topic and is_identifier(question.topic):
        given["category"] = question.topic
    elif question.topic:
        report.lost(f"The topic `{question.topic}`: it cannot be a name in QTI.", question=question.id)
    weight = {"identifier": _WEIGHT, "value": f"{question.points:g}"}
    return node("assessmentItemRef", given, *([node("weight", weight)] if question.points != 1 else []))


def _processing() -> Element:
    scores = node("testVariables", {"variableIdentifier": SCORE, "weightIdentifier": _WEIGHT})
    return node("outcomeProcessing", {}, node("setOutcomeValue", {"identifier": SCORE}, node("sum", {}, scores)))
