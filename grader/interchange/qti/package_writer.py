"""Quizzes -> a content package: a zip with imsmanifest.xml, tests, items and pictures."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Sequence
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from grader.interchange.paper import Paper
from grader.interchange.qti.assessment_writer import write_assessment
from grader.interchange.qti.item_writer import write_item
from grader.interchange.qti.markup import Markup
from grader.interchange.qti.names import ITEM, PACKAGE, SCHEMAS, identifier, identifiers
from grader.interchange.qti.xml import node, on_lines, write_xml
from grader.interchange.report import Report

_MANIFEST = {
    "xmlns": PACKAGE,
    "xmlns:xsi": SCHEMAS,
    "xsi:schemaLocation": f"{PACKAGE} {PACKAGE}.xsd {ITEM} {ITEM}.xsd",
    "identifier": "MANIFEST",
}
_THEN = (1980, 1, 1, 0, 0, 0)  # the same quizzes give the same bytes


Load = Callable[[Paper, str], bytes | None]
"""The picture that a text of a quiz shows at this address; None when there is none."""


def write_qti(papers: Sequence[Paper], report: Report, load: Load) -> bytes:
    """The package's bytes."""
    package = _Package(report, load)
    names = iter(identifiers([(paper.name, one.question.id) for paper in papers for one in paper.questions]))
    for paper in papers:
        package.add(paper, [next(names) for _ in paper.questions])
    return package.zipped()


class _Package:
    def __init__(self, report: Report, load: Load) -> None:
        self.report = report
        self.load = load
        self.files: dict[str, bytes] = {}
        self.resources: list[Element] = []

    def add(self, paper: Paper, names: Sequence[str]) -> None:
        about = self.report.at(paper.place or self.report.path)
        name = identifier(paper.name.replace("/", ".") or "quiz", "t")
        items = []
        for parsed, item in zip(paper.questions, names, strict=True):
            path = f"items/{item}.xml"
            place = _Places(paper, self.load, self.files)
            made = write_item(parsed, item, about, shuffle=paper.rules.shuffle, place=place)
            self.files[path] = write_xml(made)
            self.resources.append(_resource(item, "imsqti_item_xmlv2p1", [path, *place.used]))
            items.append((item, f"../{path}"))
            for missing in place.missing:
                about.lost(f"The picture {missing} is not there.", line=parsed.number, question=parsed.question.id)
        place = _Places(paper, self.load, self.files)
        test = write_assessment(paper, name, items, about, Markup(about.lost, place))
        path = f"tests/{name}.xml"
        self.files[path] = write_xml(test)
        self.resources.append(_resource(name, "imsqti_test_xmlv2p1", [path, *place.used], names))

    def zipped(self) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for path, data in [("imsmanifest.xml", write_xml(self.manifest())), *sorted(self.files.items())]:
                package.writestr(zipfile.ZipInfo(path, _THEN), data, zipfile.ZIP_DEFLATED)
        return made.getvalue()

    def manifest(self) -> Element:
        about = node("metadata", {}, node("schema", {}, "QTIv2.1 Package"), node("schemaversion", {}, "1.0.0"))
        resources = on_lines(node("resources", {}, *self.resources))
        return on_lines(node("manifest", _MANIFEST, about, node("organizations"), resources))


class _Places:
    """Where the pictures of one item stand: packed when they are first asked for."""

    def __init__(self, paper: Paper, load: Load, files: dict[str, bytes]) -> None:
        self.paper = paper
        self.load = load
        self.files = files
        self.used: list[str] = []
        self.missing: list[str] = []

    def __call__(self, address: str) -> str | None:
        data = self.load(self.paper, address)
        if data is None:
            self.missing.append(address)
            return None
        folder = posixpath.dirname(self.paper.name)
        path = "media/" + posixpath.normpath(posixpath.join("/", folder, unquote(address))).lstrip("/")
        self.files[path] = data
        if path not in self.used:
            self.used.append(path)
        return f"../{quote(path)}"


def _resource(name: str, kind: str, paths: Sequence[str], needs: Sequence[str] = ()) -> Element:
    files = [node("file", {"href": quote(path)}) for path in paths]
    dependencies = [node("dependency", {"identifierref": one}) for one in needs]
    given = {"identifier": name, "type": kind, "href": quote(paths[0])}
    return on_lines(node("resource", given, *files, *dependencies))
