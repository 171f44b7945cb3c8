"""Attempts that cost something: started on purpose, with a clock, saved while answering, on whichever device."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.exams import NOT_SAVED, QUESTION, RESPONSES, answer, attempts, saved, start, visit
from tests.browser.quiz import expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser


@pytest.fixture
def other_device(chromium: Browser, context: BrowserContext, learner: Page) -> Iterator[Page]:
    """Another browser of the same learner."""
    made = chromium.new_context(storage_state=context.storage_state())
    made.set_default_timeout(8000)
    yield made.new_page()
    made.close()


def notice(page: Page) -> Any:
    return expect(page.locator(".quiz-notice"))


def test_it_works(learner: Page, limits: Grader) -> None:
    """The rules come first; the questions come with the start, in the look of the page; then the grade."""
    visit(learner, limits, "drawn")
    expect_result(learner, "start")
    expect(learner.locator(".quiz-rules li")).to_have_text(
        [
            "3 questions, drawn from 5 for each attempt",
            "80 % to pass",
            "3 attempts",
            "Pause between attempts: none after the first one, 1 day after later ones",
            "Time limit: 20 minutes from the start",
            "Right answers are shown when you have passed, or have no attempt left",
        ]
    )
    notice(learner).to_contain_text("3 attempts left.")
    assert learner.locator(QUESTION).count() == 0
    assert attempts(learner, limits, "drawn")["open"] is None
    start(learner)
    expect(learner.locator(QUESTION)).to_have_count(3)
    expect(learner.locator(".quiz-number")).to_have_text(["1", "2", "3"])
    expect(learner.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    answer(learner)
    submit(learner)
    expect_result(learner, "passed")
    expect(learner.locator(".quiz-mark--check").first).to_be_visible()
    expect(learner.locator(".quiz-timer")).to_be_hidden()


def test_a_picture_of_a_question_is_found(learner: Page, limits: Grader) -> None:
    """Its address counts from the page that shows it."""
    visit(learner, limits, "drawn")
    for _ in range(12):  # until it is drawn
        start(learner)
        picture = learner.get_by_alt_text("A picture")
        if picture.count():
            assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 120
            return
        learner.context.clear_cookies()
        learner.context.request.post(
            f"{limits.url}/sign-in", form={"name": "Zoë", "email": f"z{time.monotonic_ns()}@example.org"}
        )
        visit(learner, limits, "drawn")
    raise AssertionError


def test_questions_stand_as_the_attempt_has_them(learner: Page, limits: Grader) -> None:
    """Questions and options are in the order that the grader has stored."""
    visit(learner, limits, "drawn")
    start(learner)
    attempt = attempts(learner, limits, "drawn")["open"]["id"]
    shown = learner.request.get(f"{limits.url}/api/v1/attempts/{attempt}").json()["questions"]
    options = (
        '[...one.querySelectorAll(".quiz-option input, .quiz-row")].map(each => each.dataset.option ?? each.value)'
    )
    seen = learner.locator(QUESTION).evaluate_all(f"all => all.map(one => [one.dataset.question, {options}])")
    assert seen == [[one["id"], [option["id"] for option in one["options"]]] for one in shown]


def test_resumed_after_a_reload(learner: Page, limits: Grader) -> None:
    """Questions, answers and clock are those of before, without a second start."""
    visit(learner, limits, "drawn")
    start(learner)
    answer(learner)
    before = learner.locator(QUESTION).evaluate_all("all => all.map(one => one.dataset.question)")
    learner.reload()
    expect_result(learner, "ready")
    assert learner.locator(QUESTION).evaluate_all("all => all.map(one => one.dataset.question)") == before
    expect(learner.get_by_role("timer")).to_be_visible()
    submit(learner)
    expect_result(learner, "passed")


def test_resumed_on_another_device(learner: Page, other_device: Page, limits: Grader) -> None:
    """What was answered here is there, and can be submitted there; then this device shows the grade."""
    visit(learner, limits, "drawn")
    start(learner)
    answer(learner)
    saved(learner)
    visit(other_device, limits, "drawn")
    expect_result(other_device, "ready")
    submit(other_device)
    expect_result(other_device, "passed")
    submit(learner)
    expect_result(learner, "passed")
    assert len(attempts(learner, limits, "drawn")["attempts"]) == 1


def test_both_devices_keep_their_answers(learner: Page, other_device: Page, limits: Grader) -> None:
    """Answers that one device could not bring to the grader join those that the other one brought."""
    visit(learner, limits, "limited")
    start(learner)
    visit(other_device, limits, "limited")
    expect_result(other_device, "ready")
    learner.context.set_offline(True)
    learner.locator("#q-q1").get_by_label("Right").check()
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    other_device.locator("#q-q2").get_by_label("Right").check()
    saved(other_device)
    learner.context.set_offline(False)
    learner.reload()
    expect(learner.locator("#q-q1").get_by_label("Right")).to_be_checked()
    expect(learner.locator("#q-q2").get_by_label("Right")).to_be_checked()


def test_free_attempts_start_with_the_first_answer(learner: Page, other_device: Page, limits: Grader) -> None:
    """Opening the page is no attempt; answering is one, and it goes on elsewhere."""
    visit(learner, limits, "free")
    expect_result(learner, "ready")
    expect(learner.locator(QUESTION)).to_have_count(2)
    assert attempts(learner, limits, "free")["open"] is None
    learner.locator(QUESTION).first.get_by_label("Right").check()
    saved(learner)
    assert attempts(learner, limits, "free")["open"]["number"] == 1
    visit(other_device, limits, "free")
    expect(other_device.locator(QUESTION).first.get_by_label("Right")).to_be_checked()


def test_the_time_is_over(learner: Page, limits: Grader) -> None:
    """What is there is submitted, unasked, and graded."""
    visit(learner, limits, "short")
    start(learner)
    expect(learner.locator(".quiz-timer__said")).to_have_text(re.compile(r"^\d+ seconds left\.$"))
    learner.locator(QUESTION).first.get_by_label("Right").check()
    expect(learner.locator("quiz-form")).to_have_attribute("state", "failed", timeout=15_000)
    expect(learner.locator(".quiz-result")).to_contain_text("50 %")
    expect(learner.locator(".quiz-result")).to_be_focused()


def test_too_late(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """Without a network until after the end, what had been saved counts, and the result says so."""
    visit(learner, limits, "short")
    start(learner)
    learner.locator(QUESTION).first.get_by_label("Right").check()
    saved(learner)
    context.set_offline(True)
    learner.locator(QUESTION).nth(1).get_by_label("Right").check()
    expect(learner.locator("quiz-form")).to_have_attribute("state", "waiting", timeout=15_000)
    learner.wait_for_timeout(6000)
    context.set_offline(False)
    expect_result(learner, "failed")
    expect(learner.locator(".quiz-timed-out")).to_have_text(
        "The time was over: what had been saved by then was graded."
    )
    expect(learner.locator(QUESTION).nth(1).get_by_label("Right")).not_to_be_checked()


def test_abandoned(learner: Page, limits: Grader) -> None:
    """Whoever comes back after the end finds the grade of what had been saved when the page was left."""
    visit(learner, limits, "short")
    start(learner)
    learner.locator(QUESTION).first.get_by_label("Right").check()
    learner.goto(f"{limits.url}/me/")
    learner.wait_for_timeout(16_000)
    visit(learner, limits, "short")
    expect_result(learner, "failed")
    expect(learner.locator(".quiz-result")).to_contain_text("50 %")
    expect(learner.locator(".quiz-timed-out")).to_be_visible()


def test_pause_between_attempts(learner: Page, limits: Grader) -> None:
    """The result says until when, counts down, and lets the next one start when it is over; then none is left."""
    visit(learner, limits, "limited")
    start(learner)
    answer(learner, right=False)
    submit(learner)
    expect_result(learner, "failed")
    expect(learner.locator(".quiz-limits")).to_have_text(
        re.compile(r"^1 attempt left\. The next one opens on .+, in \d seconds?\.$")
    )
    again = learner.get_by_role("button", name="Try again")
    expect(again).to_be_disabled()
    expect(again).to_be_enabled()
    again.click()
    expect_result(learner, "start")
    notice(learner).to_contain_text("1 attempt left.")
    expect(learner.get_by_role("button", name="Start")).to_be_focused()
    start(learner)
    answer(learner, right=False)
    submit(learner)
    expect(learner.locator(".quiz-limits")).to_have_text("No attempts are left.")
    expect(again).to_have_count(0)
    expect(learner.locator(".quiz-explanation")).to_have_count(2)


def test_pause_before_the_start(learner: Page, limits: Grader) -> None:
    """A start that comes too soon is not possible, says until when, and becomes possible by itself."""
    visit(learner, limits, "limited")
    start(learner)
    answer(learner, right=False)
    learner.route("**/api/v1/attempts/*/submission", lambda route: route.abort())
    attempt = attempts(learner, limits, "limited")["open"]["id"]
    learner.request.post(f"{limits.url}/api/v1/attempts/{attempt}/submission", data={"responses": []})
    learner.evaluate("localStorage.clear()")
    learner.reload()
    expect_result(learner, "failed")
    learner.evaluate("document.querySelector('.quiz-again').disabled = false")
    learner.get_by_role("button", name="Try again").click()
    notice(learner).to_have_text(re.compile(r"^1 attempt left\. The next one opens on.+, in \d seconds?$"))
    expect(learner.get_by_role("button", name="Start")).to_be_disabled()
    expect(learner.get_by_role("button", name="Start")).to_be_enabled()


def test_the_keyboard_is_enough(learner: Page, limits: Grader) -> None:
    """Start, answer and submit without a mouse; the start leads to the first question."""
    visit(learner, limits, "limited")
    expect_result(learner, "start")
    learner.get_by_role("button", name="Start").focus()
    learner.keyboard.press("Enter")
    expect(learner.locator(f"{QUESTION} input").first).to_be_focused()
    for _ in range(2):
        learner.keyboard.press("Space")
        learner.keyboard.press("Tab")
    expect(learner.get_by_role("button", name="Submit answers")).to_be_focused()
    learner.keyboard.press("Enter")
    expect(learner.locator(".quiz-result")).to_be_focused()


def test_a_busy_grader(learner: Page, limits: Grader) -> None:
    """Refused for the moment, answers stay in the browser and are saved a little later, without a word to anybody."""
    visit(learner, limits, "free")
    expect_result(learner, "ready")
    learner.route(
        RESPONSES,
        lambda route: route.fulfill(
            status=503, headers={"Retry-After": "1"}, content_type="application/json", body="{}"
        ),
    )
    answer(learner)
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    learner.unroute(RESPONSES)
    saved(learner)
    assert len(attempts(learner, limits, "free")["open"]["responses"]) == 2


def test_not_signed_in(page: Page, limits: Grader) -> None:
    """Nobody starts anything; the rules are there for everybody."""
    visit(page, limits, "limited")
    expect_result(page, "signed-out")
    notice(page).to_contain_text("Sign in to start.")
    expect(page.locator(".quiz-rules")).to_be_visible()
    expect(page.locator(QUESTION).first).to_be_hidden()


def test_a_start_without_a_network(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """It is not tried again unseen, as the clock would run while nobody looks."""
    visit(learner, limits, "drawn")
    expect_result(learner, "start")
    context.set_offline(True)
    learner.get_by_role("button", name="Start").click()
    notice(learner).to_contain_text("cannot be reached at the moment. Try again.")
    context.set_offline(False)
    learner.wait_for_timeout(1000)
    assert attempts(learner, limits, "drawn")["open"] is None
    start(learner)
