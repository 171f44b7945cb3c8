"""The gate behind every reader: only questions that can be written, such that they read back the same, get through."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from grader.catalog.page import read_page
from grader.catalog.written import faults
from grader.diagnostics import Diagnostic, Diagnostics
from grader.interchange.report import Report
from grader.questions.kind import Parsed, option_id
from grader.questions.model import Option


def admitted(questions: Iterable[Parsed], report: Report) -> tuple[Parsed, ...]:
    """The questions that can be written, each with an id of its own. The others are reported with the reason."""
    return tuple(distinct(_writable(questions, report), report))


def admitted_intro(intro: str, report: Report) -> str:
    """The introduction of a quiz; nothing when the page would take it for something else, which is reported."""
    diagnostics = Diagnostics("page")
    quiz = read_page(f"## Quiz\n\n{intro}\n", diagnostics).quiz
    found = [one for one in diagnostics.found if one.code != "empty-quiz"]
    if not found and quiz and quiz.intro == intro and not quiz.questions:
        return intro
    report.lost(f"The introduction of the quiz. {_reason(found)}")
    return ""


def _writable(questions: Iterable[Parsed], report: Report) -> Iterator[Parsed]:
    for one in questions:
        found = faults(one)
        if found is None:
            yield one
            continue
        report.left_out(_reason(found), line=one.number, question=one.question.id)


def _reason(found: Sequence[Diagnostic]) -> str:
    """In one line. What is wrong with options that are the same follows from that."""
    if any(fault.code == "double-option" for fault in found):
        return "Two of its options, or two sides of its pairs, are the same."
    reasons = " ".join(dict.fromkeys(fault.message for fault in found))
    return reasons or "Written as Markdown of ours it would mean something else."


def distinct(questions: Iterable[Parsed], report: Report) -> Iterator[Parsed]:
    """The questions, each with an id of its own."""
    seen: set[str] = set()
    for one in questions:
        name = next(name for name in _names(one.question.id) if name not in seen)
        seen.add(name)
        if name == one.question.id:
            yield one
        else:
            report.changed(
                f"The id stands already further up; it is `{name}` here.", line=one.number, question=one.question.id
            )
            yield renamed(one, name)


def _names(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def renamed(parsed: Parsed, name: str) -> Parsed:
    """The same question under another id; the ids of its options follow."""
    question = parsed.question
    options = {one.id: Option(option_id(name, one.text), one.text) for one in question.options}
    prompts = tuple(Option(option_id(name, f"prompt {one.text}"), one.text) for one in question.prompts)
    return msgspec.structs.replace(
        parsed,
        question=msgspec.structs.replace(question, id=name, options=tuple(options.values()), prompts=prompts),
        right=tuple(options[one].id if one in options else one for one in parsed.right),
        void=tuple(options[one].id for one in parsed.void),
        always=tuple(options[one].id for one in parsed.always),
        feedback={options[one].id: text for one, text in parsed.feedback.items()},
    )
