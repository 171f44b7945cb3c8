"""The whole way, on the repository's own content."""

import io
import re
from datetime import UTC, datetime

import pypdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.quiz import answer_all, expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser

NAME = "Zoë Ångström"


def test_from_the_catalogue_to_the_verification_page(
    page: Page, context: BrowserContext, chromium: Browser, each_site: Grader
) -> None:
    """Somebody reads, signs in, fails, passes everything, gets a certificate, and somebody else checks it: whichever
    engine made the site.
    """
    site = each_site
    track = site.artifacts.catalog.tracks[0]
    page.goto(site.url)
    page.get_by_role("link", name="Platform Fundamentals", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Platform Fundamentals"))
    page.locator("article").get_by_role("link", name=track.courses[0].title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(track.courses[0].title))

    sign_in(page)
    fail(page, site)
    for course in track.courses[1:]:
        page.goto(f"{site.url}/{course.url}")
        answer_all(page, site, course)
        submit(page)
        expect_result(page, "passed")

    link = page.get_by_role("link", name="Download PDF")
    expect(link).to_be_visible()
    number = check_pdf(context.request.get(site.url + (link.get_attribute("href") or "")).body(), site)
    check_verification(chromium, site.url, number)
    page.get_by_role("link", name="My learning").first.click()
    expect(page.get_by_text(number)).to_be_visible()
    expect(page.get_by_text("Certified").first).to_be_visible()


def sign_in(page: Page) -> None:
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("E-mail").fill("zoe@example.org")
    page.get_by_label("Organization").fill("Acme")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=NAME).or_(page.get_by_text(NAME)).first).to_be_visible()


def fail(page: Page, site: Grader) -> None:
    """A failed attempt tells score and topics, but neither what is right nor why."""
    course = site.artifacts.catalog.tracks[0].courses[0]
    assert course.quiz is not None
    answer_all(page, site, course, wrong=tuple(question.id for question in course.quiz.questions[:4]))
    submit(page)
    expect_result(page, "failed")
    result = page.locator(".quiz-result")
    expect(result).to_contain_text("Not passed yet")
    expect(result.get_by_role("link", name=re.compile("Review: "))).not_to_have_count(0)
    expect(page.locator(".quiz-mark, .quiz-explanation")).to_have_count(0)
    page.reload()
    expect(result).to_contain_text("Not passed yet")
    page.get_by_role("button", name="Try again").click()
    answer_all(page, site, course)
    submit(page)
    expect_result(page, "passed")
    expect(page.locator(".quiz-explanation").first).to_be_visible()


def check_pdf(document: bytes, site: Grader) -> str:
    """The PDF says name, organization, track, version, date and number; its QR code leads to the verification page."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)
    track = site.artifacts.catalog.tracks[0]
    today = datetime.now(UTC)
    for fact in (NAME, "Acme", track.title, track.version, f"{today.day} {today:%B %Y}"):
        assert fact in text
    found = re.search(r"CERT-\d{4}-\d{5}", text)
    assert found
    picture = pypdfium2.PdfDocument(document)[0].render(scale=2).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text.partition("?")[0] for code in codes] == [f"{site.url}/verify/{found[0]}"]
    return found[0]


def check_verification(chromium: Browser, url: str, number: str) -> None:
    """It says ACTIVE to somebody who is not signed in and runs no scripts, and names nobody without the code."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/verify/{number}")
    expect(page.locator("body")).to_contain_text(re.compile("active", re.IGNORECASE))
    expect(page.locator("body")).not_to_contain_text(NAME)
    context.close()
