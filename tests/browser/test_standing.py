"""What learners see of a track that is due, to be renewed or waived, and of certificates that hold no more."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.history import WAIVED_UNTIL, History

pytestmark = pytest.mark.browser

DAY = f"{WAIVED_UNTIL:%B} {WAIVED_UNTIL.day}, {WAIVED_UNTIL.year}"


@pytest.fixture
def mine(page: Page, context: BrowserContext, history: History) -> Page:
    """My learning of whoever has that history."""
    history.sign_in(context)
    page.goto(f"{history.grader.url}/me/")
    expect(page.get_by_role("heading", name="Tracks")).to_be_visible()
    return page


def test_what_is_due_comes_first(mine: Page) -> None:
    """A required track that is lacking leads the page, with the courses that are left."""
    expect(mine.locator("my-learning h2").first).to_have_text("To do")
    task = mine.locator(".task").first
    expect(task.get_by_role("heading")).to_have_text("Safety")
    expect(task.locator(".pill")).to_have_text("Due")
    expect(task.get_by_role("list").get_by_role("link")).to_have_text(["Alarm"])
    task.get_by_role("link", name="Alarm").click()
    expect(mine.get_by_role("heading", level=1)).to_contain_text("Alarm")


def test_a_renewal_says_by_when_and_what(mine: Page) -> None:
    """A certificate to be renewed: until when, and only the course with something new, with how much of it."""
    task = mine.locator(".task[data-track=reports]")
    expect(task.locator(".pill")).to_contain_text("Renew by")
    expect(task.locator("time")).to_have_attribute("datetime", expires(mine, "reports"))
    expect(task.get_by_role("listitem")).to_have_text(["Intake1 new question"])
    expect(mine.locator(".my-course[data-course='reports/intake'] .status")).to_have_text("1 new question")
    expect(mine.locator(".my-course[data-course='reports/closing'] .status")).to_have_text("Passed before")


def expires(page: Page, track: str) -> str:
    answer = page.request.get(page.url.replace("/me/", "/api/v1/me/certificates")).json()
    return next(str(one["expires_at"]) for one in answer["certificates"] if one["track"] == track)


def test_waived(mine: Page) -> None:
    """A waived track and a waived course say until when; a waived track is nothing to do."""
    expect(mine.locator(".task[data-track=leave]")).to_have_count(0)
    expect(mine.locator(".my-track[data-track=leave] .pill")).to_have_text(f"Waived until {DAY}")
    course = mine.locator(".my-course[data-course='safety/basics'] .status")
    expect(course).to_have_text(f"Waived until {DAY}")
    expect(course.locator("time")).to_have_attribute("datetime", f"{WAIVED_UNTIL}T23:59:59.999999Z")


def test_expired(mine: Page, history: History) -> None:
    """An expired certificate says since when, and can still be downloaded."""
    card = card_of(mine, history.numbers["ended"])
    expect(card.locator(".pill")).to_have_text("Expired")
    expect(card.locator(".certificate__dates")).to_contain_text("expired on")
    expect(card.get_by_role("link", name="Download PDF")).to_have_count(1)


def test_revoked(mine: Page, history: History) -> None:
    """A revoked certificate says since when, and offers its verification page, but no PDF."""
    card = card_of(mine, history.numbers["exam"])
    expect(card.locator(".pill")).to_have_text("Revoked")
    expect(card.locator(".certificate__dates")).to_contain_text("revoked on")
    expect(card.get_by_role("link")).to_have_text(["Verification page"])


def test_issued_anew(mine: Page, history: History) -> None:
    """The old number leads to the new certificate, which stands before it."""
    old = card_of(mine, history.numbers["names"])
    link = old.locator(".certificate__facts a")
    new = card_of(mine, link.inner_text())
    expect(new).to_contain_text("Zoë Berg")
    expect(new.locator(".pill")).to_have_text("Valid")
    expect(mine.locator(".certificate").first).to_have_attribute("id", link.inner_text())
    link.click()
    expect(new).to_be_in_viewport()


def card_of(page: Page, number: str) -> Locator:
    return page.locator(f".certificate[id='{number}']")


def test_the_catalogue(mine: Page, history: History) -> None:
    """Each card says how one stands in its track."""
    mine.goto(history.grader.url)
    pills = mine.locator("track-progress .pill")
    expect(pills).to_have_count(3)
    assert [words.partition(" by ")[0] for words in pills.all_inner_texts()] == ["Due", "Renew", f"Waived until {DAY}"]


def test_the_track_page(mine: Page, history: History) -> None:
    """It says by when to renew, marks what is new, and leads there."""
    mine.goto(f"{history.grader.url}/reports/")
    expect(mine.locator(".track-mine .pill--renew")).to_contain_text("Renew by")
    expect(mine.locator("[data-course='reports/intake'] .status")).to_have_text("1 new question")
    expect(mine.locator(".track-start a")).to_have_text("Continue: Intake")


def test_dates_are_written_as_the_reader_does(page: Page, context: BrowserContext, history: History) -> None:
    """Within the page's language: a British reader finds the day before the month."""
    context.add_init_script("Object.defineProperty(navigator, 'languages', {value: ['de-DE', 'en-GB', 'en']})")
    history.sign_in(context)
    page.goto(f"{history.grader.url}/leave/")
    expect(page.locator(".track-mine time")).to_have_text(f"{WAIVED_UNTIL.day} {WAIVED_UNTIL:%B %Y}")
