from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from grader.certificates import document
from grader.certificates.model import Certificate

URL = "https://academy.example/verify/CERT-2026-00001?code=K7QM-2XPA"


class Page(HTMLParser):
    """What a reader sees, and what a browser would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in {"src", "srcset", "data"}]

    def handle_data(self, data: str) -> None:
        if self.lasttag not in {"style", "title"}:
            self.text += f" {data}"


def page(certificate: Certificate) -> Page:
    return Page(document.html(certificate, verify_url=URL))


def test_it_prints_every_fact(certificate: Certificate) -> None:
    """Name, organization, track, level, version, courses, dates, number, address and code stand on the page."""
    text = page(replace(certificate, expires_at=datetime(2028, 11, 24, tzinfo=UTC))).text
    for fact in (
        "Ada Lovelace",
        "Analytical Engines Ltd.",
        "has completed the certification track",
        "Platform Fundamentals",
        "Foundation",
        "1.2",
        "Confidentiality · Receiving a report",
        "23 November 2026",
        "Until 24 November 2028",
        "CERT-2026-00001",
        "https://academy.example/verify/CERT-2026-00001",
        "K7QM-2XPA",
    ):
        assert fact in text


def test_staff_have_no_organization(certificate: Certificate) -> None:
    """Without an organization there is no line for it."""
    assert 'class="organization"' not in document.html(replace(certificate, organization=None), verify_url=URL)


def test_a_name_is_no_markup(certificate: Certificate) -> None:
    """Whatever people are called, it is text."""
    hostile = "</p><script>alert(1)</script>"
    shown = page(replace(certificate, name=hostile, organization=hostile, track_title=hostile, courses=(hostile,)))
    assert "script" not in shown.tags
    assert shown.text.count("alert(1)") == 4


def test_it_is_self_contained(certificate: Certificate) -> None:
    """The page fetches nothing: pictures are inside, fonts are the system's."""
    html = document.html(certificate, verify_url=URL)
    shown = Page(html)
    assert not {"link", "script", "iframe"} & set(shown.tags)
    assert all(source.startswith("data:image/svg+xml") for source in shown.sources)
    assert html.count("url(") == html.count('url("data:image/svg+xml;base64,')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "xl"),
        ("Maximiliana von Humboldt", "l"),
        ("Wilhelmina Alexandra von Humboldt", "m"),
        ("Wilhelmina Alexandra von Humboldt " * 2, "s"),
        ("WILHELMINA ALEXANDRA VON HUMBOLDT " * 2, "xs"),
        ("प्रियंका श्रीवास्तव", "xl"),
        ("ก็" * 20, "xl"),
        ("山田太郎", "xl"),
        ("山田太郎" * 4, "m"),
    ],
)
def test_long_names_are_set_smaller(name: str, expected: str) -> None:
    """The wider a name, the smaller its class; marks take no width, ideographs and capitals more."""
    assert document.size(name, (20, 28, 58, 88)) == expected


def test_many_courses_are_counted(certificate: Certificate) -> None:
    """Courses beyond two lines are counted, not cut off."""
    courses = tuple(f"Course number {index}" for index in range(30))
    text = page(replace(certificate, courses=courses)).text
    listed = sum(course in text for course in courses[10:])
    assert 0 < listed < 10
    assert f"and {20 - listed} more" in text
