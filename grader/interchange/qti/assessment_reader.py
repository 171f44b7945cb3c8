"""An assessmentTest -> its rules, its introduction, and which items it has in which order."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from grader.catalog.model import QuizRules
from grader.catalog.rules import LONGEST
from grader.interchange.qti.archive import resolved
from grader.interchange.qti.item_reader import Reference
from grader.interchange.qti.texts import Pictures, Texts, said_in
from grader.interchange.qti.xml import Document, children, number
from grader.interchange.report import Report

_FLOW = ("preCondition", "branchRule")


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rules: QuizRules
    intro: str
    items: tuple[tuple[str, Reference], ...]  # the path of each in the package


def read_assessment(document: Document, base: str, pictures: Pictures, report: Report) -> Assessment:
    """Parts and sections become one sequence; whatever is lost with that is reported."""
    return _Reader(document, base, pictures, report).assessment()


class _Reader:
    def __init__(self, document: Document, base: str, pictures: Pictures, report: Report) -> None:
        self.document = document
        self.root = document.root
        self.base = base
        self.report = report
        self.texts = Texts(base, pictures, said_in(report, 0, ""))
        self.sections = list(self.root.iter("assessmentSection"))

    def assessment(self) -> Assessment:
        for one in self.root.iter():
            self.note(one)
        items = tuple(self.items())
        self.note_processing()
        title = self.root.get("title", "") or self.root.get("identifier", "")
        return Assessment(title=title, rules=self.rules(items), intro=self.intro(), items=items)

    def note(self, one: Element) -> None:
        """What a quiz of ours has no place for."""
        if one.tag in _FLOW:
            self.lost(f"Who sees what depends on earlier answers ({one.tag}); here everybody sees everything.", one)
        elif one.tag == "testFeedback":
            self.lost(f"The feedback on the whole test: {' '.join(''.join(one.itertext()).split())!r}.", one)
        elif one.tag == "assessmentSectionRef":
            self.lost(f"The section in another file: {one.get('href', '')}.", one)
        elif one.tag == "ordering" and one.get("shuffle") == "true":
            self.lost("Questions come in a random order; here they stand in one order.", one)
        elif one.tag == "itemSessionControl" and one.get("maxAttempts", "1") != "1":
            self.lost(f"Each item may be tried {one.get('maxAttempts')} times.", one)
        elif one.tag == "timeLimits" and one not in self.limits():
            self.lost(f"A time limit of {one.get('maxTime', '?')} s for a part of the test.", one)

    def note_processing(self) -> None:
        processing = self.root.find("outcomeProcessing")
        plain = ["outcomeProcessing", "setOutcomeValue", "sum", "testVariables"]
        if processing is not None and [one.tag for one in processing.iter()] != plain:
            self.lost("How the result comes from the items (outcomeProcessing); here it is the sum.", processing)
        if len(self.sections) > 1:
            titles = ", ".join(repr(one.get("title", "")) for one in self.sections)
            self.report.changed(f"Its sections are joined: {titles}.")

    def limits(self) -> list[Element]:
        """The time limits of the whole test."""
        parts = list(children(self.root, "testPart"))
        found = list(children(self.root, "timeLimits"))
        return found or (list(children(parts[0], "timeLimits")) if len(parts) == 1 else [])

    def rules(self, items: tuple[tuple[str, Reference], ...]) -> QuizRules:
        selections = [(section, one) for section in self.sections for one in children(section, "selection")]
        draw = int(number(selections[0][1].get("select"), 0)) if len(selections) == 1 else 0
        if draw and len(self.sections) > 1:
            draw = 0
        for section, selection in selections if not draw else ():
            said = f"Of the section {section.get('title', '')!r} {selection.get('select')} are asked; here all are."
            self.lost(said, selection)
        return QuizRules(time_limit=self.time_limit(), draw=draw if 0 < draw <= len(items) else None)

    def time_limit(self) -> int | None:
        """In whole seconds."""
        given = [one for one in self.limits() if one.get("maxTime")]
        if not given:
            return None
        seconds = round(number(given[0].get("maxTime"), 0))
        if 1 <= seconds <= LONGEST:
            return seconds
        self.lost(f"A time limit of {given[0].get('maxTime')} s: one lasts from a second to ten years.", given[0])
        return None

    def intro(self) -> str:
        texts: list[str] = []
        for one in self.root.iter("rubricBlock"):
            if "candidate" in one.get("view", "").split():
                texts.append(self.texts.blocks(one))
            else:
                self.lost(f"A text for {one.get('view', 'nobody')} only.", one)
        return "\n\n".join(filter(None, texts))

    def items(self) -> Iterator[tuple[str, Reference]]:
        for one in self.root.iter("assessmentItemRef"):
            path = resolved(self.base, one.get("href", ""))
            if path is None:
                said = f"It refers to {one.get('href', '')!r}, which is not in the package."
                self.report.left_out(said, line=self.document.line(one), question=one.get("identifier", ""))
            else:
                yield path, Reference(weight=self.weight(one), topic=self.topic(one))

    def weight(self, reference: Element) -> float:
        weights = [number(one.get("value"), 1) for one in children(reference, "weight")]
        if len(weights) > 1:
            self.lost(f"All weights of {reference.get('identifier', '')} but the first.", reference)
        return weights[0] if weights else 1.0

    def topic(self, reference: Element) -> str | None:
        categories = reference.get("category", "").split()
        if len(categories) > 1:
            self.lost(f"The categories {', '.join(categories[1:])}: a question has one topic.", reference)
        return categories[0] if categories else None

    def lost(self, message: str, element: Element) -> None:
        self.report.lost(message, line=self.document.line(element))
