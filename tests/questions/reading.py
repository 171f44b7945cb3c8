"""Questions, read from a page."""

from grader.catalog.page import read_page
from grader.diagnostics import Diagnostics
from grader.questions import KINDS
from grader.questions.kind import Parsed


def question(body: str, heading: str = "### What? {#what}") -> Parsed:
    """The question of a page that has no mistake."""
    diagnostics = Diagnostics("page")
    page = read_page(f"# Page\n\n## Quiz\n\n{heading}\n\n{body}", diagnostics)
    assert [str(one) for one in diagnostics.found] == []
    assert page.quiz
    return page.quiz.questions[0]


def option(parsed: Parsed, text: str) -> str:
    """The id of the option (or prompt) with this text."""
    [found] = [one.id for one in (*parsed.question.options, *parsed.question.prompts) if one.text == text]
    return found


def credit(parsed: Parsed, *response: str) -> float:
    kind = KINDS[parsed.question.type]
    assert kind.refuse(parsed.question, response) is None
    return kind.credit(parsed.question, parsed.key, response)


def refused(parsed: Parsed, *response: str) -> tuple[int, str] | None:
    return KINDS[parsed.question.type].refuse(parsed.question, response)
