"""What somebody may put in a package to do harm is refused, and whatever is broken has a place."""

import io
import stat
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.interchange.qti import archive, read_qti, xml
from grader.interchange.qti.archive import resolved
from grader.interchange.report import Report, UnreadableError
from tests.interchange.nothing import NOTHING
from tests.interchange.test_qti import files, written
from tests.questions.reading import question

GOOD = written(question("![c](clock.svg)\n\n- [x] a\n- [ ] b\n    > No.", "### Q {#q points=2}"))[0]
ITEM = files(GOOD)["items/q.xml"]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_qti(data, "quiz.zip", NOTHING, Report("quiz.zip"))
    return str(refused.value)


def zipped(entries: dict[str, bytes], **changes: zipfile.ZipInfo) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(changes.get(name, zipfile.ZipInfo(name)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    """No document type is read, so none can expand for ever or fetch a file."""
    head, body = ITEM.split(b"\n", 1)
    said = refusal(head + b"\n" + doctype.encode() + b"\n" + body)
    assert said.startswith("quiz.zip:2: A document type (<!DOCTYPE>) is not read")


@pytest.mark.parametrize("name", ["../out.xml", "/etc/cron.d/x", "a/../../b", "C:\\x", "a\\..\\b", "..", "a\x07b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    """Also where nothing would be written there."""
    assert "leads elsewhere" in refusal(zipped(files(GOOD) | {name: b"x"}))


def test_links_are_refused() -> None:
    """A symbolic link in the package."""
    link = zipfile.ZipInfo("media/link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "a link to another file" in refusal(
        zipped(files(GOOD) | {"media/link.png": b"/etc/passwd"}, **{"media/link.png": link})
    )


def test_two_files_of_one_name_are_refused() -> None:
    """Readers would disagree on which one counts."""
    made = io.BytesIO(GOOD)
    with zipfile.ZipFile(made, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("items/q.xml", b"<other/>")
    assert "two files of one name" in refusal(made.getvalue())


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what the package says of its size is believed, nor is more unpacked than the limit."""
    monkeypatch.setattr(archive, "MOST_BYTES", 200_000)
    bomb = zipped(files(GOOD) | {"items/q.xml": b" " * 1_000_000})
    assert "Unpacked it is larger than" in refusal(bomb)
    honest = (1_000_000).to_bytes(4, "little")
    assert bomb.count(honest) == 2
    assert "quiz.zip!items/q.xml: The file cannot be unpacked" in refusal(bomb.replace(honest, b"\x0a\0\0\0"))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_is_refused(method: int) -> None:
    """Each way of packing has errors of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        package.writestr("imsmanifest.xml", files(GOOD)["imsmanifest.xml"])
    damaged = bytearray(made.getvalue())
    damaged[60:80] = b"\xff" * 20
    assert "quiz.zip!imsmanifest.xml: The file cannot be unpacked" in refusal(bytes(damaged))


def test_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as no quiz has."""
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    assert "more than 3 files" in refusal(GOOD)


def test_large_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file."""
    monkeypatch.setattr(xml, "LARGEST", 5000)
    large = ITEM.replace(b"<itemBody>", b"<itemBody>" + b" " * 5000)
    assert "quiz.zip!items/q.xml: The file is larger than" in refusal(zipped(files(GOOD) | {"items/q.xml": large}))


def test_deep_xml_is_refused() -> None:
    """Nesting without end, at its line."""
    deep = ITEM.replace(b"<itemBody>", b"<itemBody>" + b"<div>\n" * 5000 + b"</div>" * 5000)
    assert refusal(deep).startswith("quiz.zip:104: Elements are nested more than 100 deep.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "quiz.zip:1: This is no XML: no element found."),
        (b"hello", "quiz.zip:1: This is no XML: syntax error."),
        (ITEM[:400], "quiz.zip:3: This is no XML: unclosed token."),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "This is no XML: unknown encoding: klingon."),
        (b"PK\x03\x04 nothing else", "quiz.zip: This is no zip: File is not a zip file."),
        (GOOD[:200], "quiz.zip: This is no zip: File is not a zip file."),
        (zipped({"a.xml": ITEM}), "quiz.zip: No imsmanifest.xml stands at the top of the package."),
        (
            zipped(files(GOOD) | {"imsmanifest.xml": b"<manifest><resources/></manifest>"}),
            "quiz.zip: imsmanifest.xml lists neither tests nor items of QTI 2.1.",
        ),
        (zipped(files(GOOD) | {"tests/track.course.xml": b"<x"}), "quiz.zip!tests/track.course.xml:1: This is no XML"),
        (b"<questestinterop/>", "quiz.zip: This is QTI 1.x, as Canvas exports it; QTI 2.1 is read."),
        (b"<qti-assessment-item/>", "quiz.zip: This is QTI 3; QTI 2.1 is read."),
        (b"<quiz/>", "quiz.zip: This is Moodle XML. Export the questions as GIFT"),
        (b"<html/>", "quiz.zip: This is no item and no test, but `html`."),
        (b'<assessmentItem xmlns="urn:x"/>', "quiz.zip: Its namespace urn:x is none of QTI 2."),
    ],
)
def test_what_is_no_qti_is_refused(data: bytes, message: str) -> None:
    """With its place, and with what to do where that is known."""
    assert message in refusal(data)


@pytest.mark.parametrize(
    ("base", "href", "path"),
    [
        ("items/a.xml", "../media/a%20b.png", "media/a b.png"),
        ("a.xml", "a.png?x#y", "a.png"),
        ("items/a.xml", "../../a.png", None),
        ("a.xml", "/a.png", None),
        ("a.xml", "https://example.org/a.png", None),
        ("a.xml", "%2e%2e/a.png", None),
        ("a.xml", "..\\a.png", None),
    ],
)
def test_references_stay_in_the_package(base: str, href: str, path: str | None) -> None:
    """Whatever is written there."""
    assert resolved(base, href) == path


few = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def read_or_refuse(data: bytes) -> None:
    try:
        read_qti(data, "quiz.zip", NOTHING, Report("quiz.zip"))
    except UnreadableError as error:
        assert str(error).startswith("quiz.zip")  # noqa: PT017 - that it is raised is not the point


@few
@given(st.data())
def test_damaged_packages(data: st.DataObject) -> None:
    """Bytes that are changed or missing: the package is read, or refused with a message."""
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged[: data.draw(st.sampled_from([len(GOOD), len(GOOD), len(GOOD) // 2]))]))


WORDS = [b"identifier", b"RESPONSE", b"choiceInteraction", b"simpleChoice", b"value", b"itemBody", b"mapping", b"match"]
OTHERS = [
    b"",
    b"x",
    b"orderInteraction",
    b"matchInteraction",
    b"textEntryInteraction",
    b"p",
    b"mapResponse",
    b"ordered",
]


@few
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(OTHERS), st.integers(1, 3)), min_size=1, max_size=4))
def test_odd_items(changes: list[tuple[bytes, bytes, int]]) -> None:
    """Names that are others than they should be: the item is read, left out or refused, and nothing is raised."""
    made = ITEM
    for word, other, times in changes:
        made = made.replace(word, other, times)
    read_or_refuse(made)
