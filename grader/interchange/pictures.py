"""Pictures that the Markdown of a quiz shows."""

import re
from collections.abc import Callable, Iterator

import msgspec

from grader.interchange.paper import Paper, Picture
from grader.interchange.report import Report
from grader.questions.kind import Parsed

_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)>\s]+)")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def shown_in(markdown: str) -> Iterator[str]:
    """The addresses of the pictures that must come along: not those on the web."""
    return (match[1] for match in _PICTURE.finditer(markdown) if not _ELSEWHERE.match(match[1]))


def with_pictures(paper: Paper, find: Callable[[str], bytes | None], report: Report) -> Paper:
    """The quiz with the pictures that are found beside its file; the others are reported."""
    found: dict[str, bytes] = {}
    for line, question, text in _texts(paper):
        for address in shown_in(text):
            data = find(address)
            if data is None:
                report.lost(f"The picture {address} is not beside the file.", line=line, question=question)
            else:
                found[address] = data
    return msgspec.structs.replace(paper, pictures=tuple(Picture(name, data) for name, data in found.items()))


def _texts(paper: Paper) -> Iterator[tuple[int, str, str]]:
    yield 0, "", f"{paper.text}\n{paper.intro}"
    for parsed in paper.questions:
        yield from ((parsed.number, parsed.question.id, text) for text in _pieces(parsed))


def _pieces(parsed: Parsed) -> Iterator[str]:
    asked = parsed.question
    yield from (asked.text, asked.body, parsed.explanation, *parsed.feedback.values())
    yield from (option.text for option in (*asked.options, *asked.prompts))
