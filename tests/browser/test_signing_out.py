"""Signing out, while a quiz is being answered."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.exams import NOT_SAVED, QUESTION, RESPONSES, answer, begin, busy, saved
from tests.browser.running import Grader

pytestmark = pytest.mark.browser


def test_signing_out_leaves_no_answers(page: Page, context: BrowserContext, limits: Grader) -> None:
    """In a browser that others use, too: what the grader has comes back at the next sign-in."""
    somebody: dict[str, str | float | bool] = {"name": "Zoë", "email": "signs-out@example.org", "organization": "Acme"}
    context.request.post(f"{limits.url}/sign-in", form=somebody)
    begin(page, limits, "free")
    answer(page)
    saved(page)
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('learning.draft.')).length"
    assert page.evaluate(kept) == 1
    page.goto(f"{limits.url}/me/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert page.evaluate(kept) == 0
    context.request.post(f"{limits.url}/sign-in", form=somebody)
    begin(page, limits, "free")
    for fieldset in page.locator(QUESTION).all():
        expect(fieldset.get_by_label("Right")).to_be_checked()


def test_signing_out_keeps_what_only_the_browser_has(learner: Page, limits: Grader) -> None:
    """Answers that could not be saved wait for the same learner."""
    begin(learner, limits, "free")
    learner.route(RESPONSES, busy)
    answer(learner)
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    learner.goto(f"{limits.url}/me/")
    learner.get_by_role("button", name="Sign out").click()
    expect(learner.get_by_role("button", name="Sign out")).to_have_count(0)
    assert learner.evaluate("Object.keys(localStorage).some((key) => key.startsWith('learning.draft.'))")
