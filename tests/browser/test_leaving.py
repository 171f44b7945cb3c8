"""Leaving the page in the middle of an attempt."""

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.exams import NOT_SAVED, QUESTION, answer, attempts, start, visit
from tests.browser.quiz import expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser


def leave(page: Page) -> list[str]:
    """Close the page as a learner does; the questions that the browser asked."""
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", refuse)
    beside = page.context.new_page()
    page.close(run_before_unload=True)
    beside.wait_for_timeout(1000)
    return asked


def test_leaving_loses_nothing(learner: Page, limits: Grader) -> None:
    """Whoever leaves in the middle is not asked: the last answer is sent on the way out."""
    visit(learner, limits, "drawn")
    start(learner)
    learner.locator(QUESTION).filter(has_text="Question").first.get_by_label("Right").check()
    context = learner.context
    assert leave(learner) == []
    again = context.new_page()
    again.request.get(f"{limits.url}/api/v1/me")
    [given] = [one for one in attempts(again, limits, "drawn")["open"]["responses"] if one["response"]]
    assert given["response"]


def test_leaving_would_lose_something(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """While the clock runs and the network is away, an answer that stays in the browser may come too late."""
    visit(learner, limits, "drawn")
    start(learner)
    context.set_offline(True)
    learner.locator(QUESTION).filter(has_text="Question").first.get_by_label("Right").check()
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    assert leave(learner) == ["beforeunload"]


def test_there_and_back(learner: Page, limits: Grader) -> None:
    """Instant navigation away and back goes on with the attempt."""
    visit(learner, limits, "drawn")
    start(learner)
    answer(learner)
    learner.get_by_role("link", name="link to the track").click()
    expect(learner.get_by_role("heading", level=1)).to_contain_text("Exams")
    learner.go_back()
    expect_result(learner, "ready")
    expect(learner.get_by_role("timer")).to_be_visible()
    submit(learner)
    expect_result(learner, "passed")
