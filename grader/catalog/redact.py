"""A page without its key: the same Markdown, as far as a learner may see it."""

from grader.catalog.model import QuizRules
from grader.catalog.page import Page, Practice, QuizSection, Segment, Text
from grader.catalog.revision import revision_of, shown
from grader.catalog.rules import to_attributes
from grader.catalog.written import attributes_of
from grader.lines import attributes
from grader.questions import KINDS
from grader.questions.model import Question


def redacted(page: Page, rules: QuizRules) -> str:
    """Markdown from which `read_page` reads the same questions, without what is right and why.

    Where the questions are hidden until an attempt starts, only their revision and their number stay.
    """
    return "\n".join(_segment(segment, rules, hidden=rules.hidden) for segment in page.segments)


def with_questions(page: Page, rules: QuizRules) -> str:
    """The same with the questions in any case."""
    return "\n".join(_segment(segment, rules, hidden=False) for segment in page.segments)


def _segment(segment: Segment, rules: QuizRules, *, hidden: bool) -> str:
    match segment:
        case Text():
            return "\n".join(line.text for line in segment.lines)
        case QuizSection():
            return _quiz(segment, rules, hidden=hidden)
        case Practice():
            return _practice(segment)


def _quiz(section: QuizSection, rules: QuizRules, *, hidden: bool) -> str:
    questions = [one.question for one in section.questions]
    revision = revision_of(questions)
    anchor = attributes(section.heading.attributes).get("id", "quiz")
    instead = f"revision={revision} questions={len(questions)}" if hidden and questions else ""
    marks = " ".join(filter(None, [f"#{anchor} .quiz", instead, to_attributes(rules)]))
    parts = [f"## {section.heading.text} {{{marks}}}", section.intro]
    for question in () if hidden else questions:
        parts += _question(shown(question, revision, shuffle=rules.shuffle))
    return "\n\n".join(filter(None, parts)) + "\n"


def _question(question: Question) -> list[str]:
    return [
        f"### {question.text} {{{attributes_of(question)}}}",
        question.body,
        KINDS[question.type].write(question),
    ]


def _practice(practice: Practice) -> str:
    question = practice.parsed.question
    ordered = shown(question, revision_of([question]), shuffle=True)
    title = f'{practice.fold} question "{question.text} {{{attributes_of(question)}}}"'
    below = "\n\n".join(filter(None, [question.body, KINDS[question.type].write(ordered)]))
    indented = "\n".join(f"    {line}" if line else "" for line in below.split("\n"))
    return f"{title}\n\n{indented}\n"
