"""The page that an imported quiz becomes."""

from collections.abc import Iterator

import yaml

from grader.catalog.model import QuizRules
from grader.catalog.page import read_page
from grader.catalog.topics import plain
from grader.catalog.written import quiz_section
from grader.diagnostics import Diagnostics
from grader.interchange.draft import closed
from grader.interchange.html.escape import escaped
from grader.interchange.paper import Paper


def section_of(paper: Paper) -> str:
    """The section `## Quiz`, to be put at the end of a page."""
    return quiz_section(paper.questions, intro=paper.intro)


def page_of(paper: Paper) -> str:
    """A whole page: front matter, title, text, a heading for each topic that the text has none for, and the quiz."""
    parts = ["\n".join(_front_matter(paper)), paper.text.strip("\n") or f"# {_heading(paper.title)}", *_topics(paper)]
    return "\n\n".join([*parts, section_of(paper)])


def _heading(title: str) -> str:
    """The title such that `# ...` is a heading and nothing else; `# Quiz` is taken for a quiz with a `#` too few."""
    text = " ".join(title.split())
    tries = (text, closed(escaped(text)))
    return next((one for one in tries if _is_heading(one)), "Questions")


def _is_heading(text: str) -> bool:
    diagnostics = Diagnostics("page")
    page = read_page(f"# {text}\n", diagnostics)
    return not diagnostics.found and [topic.title for topic in page.topics] == [plain(text)]


def _front_matter(paper: Paper) -> Iterator[str]:
    yield "---"
    yield yaml.safe_dump({"title": " ".join(paper.title.split())}, allow_unicode=True, width=1000).rstrip("\n")
    yield f"course: {{type: TEXT, minutes: {max(5, len(paper.questions))}, required: true}}"
    rules = ", ".join(_rules(paper.rules))
    if rules:
        yield f"quiz: {{{rules}}}"
    yield "---"


def _rules(rules: QuizRules) -> Iterator[str]:
    """Those that other formats can tell of."""
    if not rules.shuffle:
        yield "shuffle: false"
    if rules.draw:
        yield f"draw: {rules.draw}"
    if rules.time_limit:
        yield f"time_limit: {rules.time_limit}s"


def _topics(paper: Paper) -> Iterator[str]:
    for topic in dict.fromkeys(one.question.topic for one in paper.questions):
        if topic and f"{{#{topic}}}" not in paper.text:
            yield f"## {topic.replace('-', ' ').capitalize()} {{#{topic}}}"
