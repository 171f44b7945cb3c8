"""A content package, an item or a test -> quizzes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from grader.catalog.model import QuizRules
from grader.interchange.gate import admitted, admitted_intro
from grader.interchange.paper import Paper
from grader.interchange.qti.archive import Archive, Files, resolved
from grader.interchange.qti.assessment_reader import read_assessment
from grader.interchange.qti.item_reader import Reference, read_item
from grader.interchange.qti.texts import Pictures
from grader.interchange.qti.xml import Document, read_xml
from grader.interchange.report import Report, unreadable
from grader.questions.kind import Parsed

_MANIFEST = "imsmanifest.xml"
_NAMESPACES = ("imsqti_v2p1", "imsqti_v2p2", "imsqti_item_v2p0", "imsqti_v2p0", "apip")
_OTHERS = {
    "questestinterop": "This is QTI 1.x, as Canvas exports it; QTI 2.1 is read.",
    "qti-assessment-item": "This is QTI 3; QTI 2.1 is read. Converters exist, such as @citolab/qti-convert.",
    "qti-assessment-test": "This is QTI 3; QTI 2.1 is read. Converters exist, such as @citolab/qti-convert.",
    "quiz": "This is Moodle XML. Export the questions as GIFT, and use `grader import gift`.",
}


class Found(NamedTuple):
    """A test, or items of no test: the paths of the items."""

    title: str
    rules: QuizRules
    intro: str
    items: tuple[tuple[str, Reference], ...]


def read_qti(data: bytes, name: str, beside: Files, report: Report) -> list[Paper]:
    """A quiz for each test of a package, and one for items of no test.

    A single item or test is read as well; then `beside` finds the files next to it. Raises UnreadableError.
    """
    if data.startswith(b"PK"):
        package = _Package(Archive(data, report.path), report, inside=True)
        return package.papers(package.contents())
    document = read_xml(data, report.path)
    _refuse_other(document)
    package = _Package(beside, report, inside=False)
    package.documents[name] = document
    return package.papers(package.alone(document, name))


class _Package:
    def __init__(self, files: Files, report: Report, *, inside: bool) -> None:
        self.files = files
        self.report = report
        self.inside = inside
        self.pictures = Pictures(files)
        self.documents: dict[str, Document] = {}

    def papers(self, found: Sequence[Found]) -> list[Paper]:
        made = [self.paper(one) for one in found]
        return [msgspec.structs.replace(one, pictures=self.pictures.all()) for one in made if one.questions]

    def paper(self, found: Found) -> Paper:
        """Options that stand in a fixed order everywhere stay so."""
        questions = admitted(self.questions(found.items), self.report)
        fixed = [one for path, _ in found.items for one in self.shuffles(path)]
        if fixed and not any(fixed):
            rules = msgspec.structs.replace(found.rules, shuffle=False)
        else:
            rules = found.rules
            if any(fixed) and not all(fixed):
                self.report.changed("Some items shuffle their choices, others do not; here all of them do.")
        intro = admitted_intro(found.intro, self.report)
        return Paper(title=found.title, questions=questions, rules=rules, intro=intro)

    def questions(self, items: Sequence[tuple[str, Reference]]) -> Iterator[Parsed]:
        for path, reference in items:
            document = self.document(path)
            if document is None:
                self.report.left_out(f"The file {path} is not there.", question=path)
            elif document.root.tag != "assessmentItem":
                self.about(path).left_out(f"This is no item, but `{document.root.tag}`.")
            else:
                parsed = read_item(document, path, self.pictures, self.about(path), reference)
                if parsed:
                    yield parsed

    def shuffles(self, path: str) -> Iterator[bool]:
        document = self.documents.get(path)
        for one in document.root.iter("choiceInteraction") if document else ():
            if "true-false" not in one.get("class", "").split():
                yield one.get("shuffle") == "true"

    def contents(self) -> list[Found]:
        """What the manifest lists. Raises UnreadableError when there is none."""
        manifest = self.document(_MANIFEST)
        if manifest is None:
            raise unreadable(self.report.path, f"No {_MANIFEST} stands at the top of the package.")
        tests, items = [], []
        for resource in manifest.root.iter("resource"):
            path, kind = resolved(_MANIFEST, resource.get("href", "")), resource.get("type", "")
            if path and kind.startswith("imsqti_test_xmlv2p"):
                tests.append(path)
            elif path and kind.startswith("imsqti_item_xmlv2p"):
                items.append(path)
            elif kind.startswith(("imsqti_xmlv1", "imsqti_asi", "imsqti_item_xmlv3", "imsqti_test_xmlv3")):
                raise unreadable(self.report.path, f"Its items are of the kind {kind}; QTI 2.1 is read.")
        found = [self.test(path) for path in tests]
        used = {path for one in found for path, _ in one.items}
        rest = tuple((path, Reference()) for path in items if path not in used)
        if rest:
            found.append(Found("", QuizRules(), "", rest))
        if not found:
            raise unreadable(self.report.path, f"{_MANIFEST} lists neither tests nor items of QTI 2.1.")
        return found

    def alone(self, document: Document, name: str) -> list[Found]:
        if document.root.tag == "assessmentItem":
            return [Found("", QuizRules(), "", ((name, Reference()),))]
        if document.root.tag == "assessmentTest":
            return [self.test(name)]
        raise unreadable(self.report.path, f"This is no item and no test, but `{document.root.tag}`.")

    def test(self, path: str) -> Found:
        document = self.document(path)
        if document is None:
            raise unreadable(self.report.path, f"The test {path} is not there.")
        made = read_assessment(document, path, self.pictures, self.about(path))
        return Found(made.title, made.rules, made.intro, made.items)

    def document(self, path: str) -> Document | None:
        if path not in self.documents:
            data = self.files.find(path)
            if data is None:
                return None
            self.documents[path] = read_xml(data, self.about(path).path)
        document = self.documents[path]
        _refuse_other(document)
        return document

    def about(self, path: str) -> Report:
        return self.report.inside(path) if self.inside else self.report.at(path)


def _refuse_other(document: Document) -> None:
    """Raises UnreadableError for other versions and formats, with what to do."""
    other = _OTHERS.get(document.root.tag)
    if other:
        raise unreadable(document.path, other)
    named = document.namespace if document.root.tag in ("assessmentItem", "assessmentTest") else ""
    if named and not any(one in named for one in _NAMESPACES):
        raise unreadable(document.path, f"Its namespace {document.namespace} is none of QTI 2.")
