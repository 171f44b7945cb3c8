"""What goes wrong between a page and the grader, and costs nobody an answer, an attempt or a request too many."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.exams import NOT_SAVED, QUESTION, RESPONSES, answer, attempts, begin, busy, saved
from tests.browser.quiz import expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser

SUBMISSION = "**/api/v1/attempts/*/submission"


def test_a_submission_ends_saving(learner: Page, limits: Grader) -> None:
    """What waits to be saved when a submission overtakes it is not saved later: that would begin another attempt."""
    begin(learner, limits, "free")
    learner.route(RESPONSES, busy)
    answer(learner)
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    learner.unroute(RESPONSES)
    submit(learner)
    expect_result(learner, "passed")
    learner.wait_for_timeout(8000)
    found = attempts(learner, limits, "free")
    assert (len(found["attempts"]), found["open"]) == (1, None)


def lose(page: Page, **reply: Any) -> None:
    """The next submission is graded, but the answer does not arrive as the grader sent it."""

    def work(route: Route) -> None:
        route.fetch()
        route.fulfill(content_type="application/json", **reply)

    page.route(SUBMISSION, work, times=1)


def test_a_grade_that_got_lost(learner: Page, limits: Grader) -> None:
    """Submitting once more gets the same grade, and is no other attempt."""
    begin(learner, limits, "free")
    answer(learner)
    saved(learner)
    lose(learner, status=500, body="")
    submit(learner)
    expect(learner.locator(".quiz-notice[data-tone=error]")).to_be_visible()
    submit(learner)
    expect_result(learner, "passed")
    assert [one["number"] for one in attempts(learner, limits, "free")["attempts"]] == [1]


def test_a_grade_that_was_cut_off(learner: Page, limits: Grader) -> None:
    """It is asked for again, as after any other trouble of the network."""
    begin(learner, limits, "free")
    answer(learner)
    saved(learner)
    lose(learner, status=200, body='{"att')
    submit(learner)
    expect_result(learner, "passed")
    assert [one["number"] for one in attempts(learner, limits, "free")["attempts"]] == [1]


def test_back_from_the_browsers_memory(learner: Page, limits: Grader) -> None:
    """A page that comes back as it was left begins anew: the clock of an earlier attempt ends no later one."""
    begin(learner, limits, "short")
    attempt = attempts(learner, limits, "short")["open"]["id"]
    learner.request.post(f"{limits.url}/api/v1/attempts/{attempt}/submission", data={"responses": []})
    learner.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect_result(learner, "failed")
    learner.wait_for_timeout(4000)
    learner.get_by_role("button", name="Try again").click()
    learner.get_by_role("button", name="Start").click()
    expect_result(learner, "ready")
    learner.wait_for_timeout(7000)
    assert learner.locator("quiz-form").get_attribute("state") == "ready"


def test_a_clock_that_is_fast(learner: Page, limits: Grader) -> None:
    """A browser whose clock is an hour ahead counts the same pause down, and does not ask again and again."""
    begin(learner, limits, "limited")
    answer(learner, right=False)
    learner.evaluate("Date.now = ((now) => () => now() + 3600_000)(Date.now)")
    submit(learner)
    expect(learner.locator(".quiz-limits")).to_have_text(re.compile(r"The next one opens on .+, in \d seconds?\.$"))
    again = learner.get_by_role("button", name="Try again")
    expect(again).to_be_disabled()
    expect(again).to_be_enabled()


@pytest.mark.parametrize("after", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_busy_grader_is_left_alone(learner: Page, limits: Grader, after: str) -> None:
    """Each request that fails is followed by a longer pause, even if the grader asks for none."""
    asked: list[str] = []
    learner.on("request", lambda request: asked.append(request.url))
    begin(learner, limits, "free")
    learner.route(RESPONSES, lambda route: busy(route, after))
    answer(learner)
    expect(learner.locator(".quiz-saved")).to_have_text(NOT_SAVED)
    learner.wait_for_timeout(3000)
    assert len([url for url in asked if url.endswith("/responses")]) <= 2


def test_a_session_that_ended(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """My learning asks to sign in; trying again would not help."""
    learner.goto(f"{limits.url}/me/")
    expect(learner.locator(".person__name")).to_be_visible()
    context.clear_cookies()
    learner.evaluate("document.querySelector('my-learning').replaceWith(document.createElement('my-learning'))")
    expect(learner.locator("my-learning").get_by_role("link", name="Sign in")).to_be_visible()
    expect(learner.locator(".account")).to_have_text("Sign in")


def test_a_full_disk(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """An answer that replaces one that is stored, and cannot be stored itself, is there after going elsewhere."""
    begin(learner, limits, "free")
    first = learner.locator(QUESTION).first
    first.get_by_label("Wrong").check()
    context.route("**/api/v1/attempts**", lambda route: route.abort())
    learner.evaluate("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }; 0")
    first.get_by_label("Right").check()
    learner.evaluate("const form = document.querySelector('quiz-form'); form.replaceWith(form.cloneNode(true))")
    expect(first.get_by_label("Right")).to_be_checked()


HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_an_answer_while_the_page_looks(learner: Page, limits: Grader) -> None:
    """Back on the page, what the grader had a moment ago does not replace what was answered and saved since."""
    begin(learner, limits, "free")
    first = learner.locator(QUESTION).first
    first.get_by_label("Wrong").check()
    saved(learner)
    kept: list[tuple[Route, Any]] = []
    learner.route("**/api/v1/attempts/*", lambda route: kept.append((route, route.fetch())))
    learner.evaluate(HIDE, True)
    learner.evaluate(HIDE, False)
    with learner.expect_response(RESPONSES):
        first.get_by_label("Right").check()
    saved(learner)
    [(route, response)] = kept
    route.fulfill(response=response)
    learner.wait_for_timeout(500)
    expect(first.get_by_label("Right")).to_be_checked()


def test_looking_away_at_once(learner: Page, limits: Grader) -> None:
    """The first answer is saved also if the page was hidden before that."""
    begin(learner, limits, "free")
    learner.locator(QUESTION).first.get_by_label("Right").check()
    learner.evaluate(HIDE, True)
    learner.evaluate(HIDE, False)
    saved(learner)
    assert attempts(learner, limits, "free")["open"]


def test_trying_again_keeps_the_focus(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """Who presses the button that says so stays on it as long as the grader is out of reach."""
    begin(learner, limits, "free")
    answer(learner)
    context.route(SUBMISSION, lambda route: route.abort())
    submit(learner)
    expect_result(learner, "waiting")
    again = learner.get_by_role("button", name="Try again")
    again.focus()
    with learner.expect_request(SUBMISSION):
        learner.keyboard.press("Enter")
    expect_result(learner, "waiting")
    learner.wait_for_timeout(500)
    expect(again).to_be_focused()


def test_practice_after_the_session(page: Page, context: BrowserContext, all_types: Grader, sign_in: SignIn) -> None:
    """It asks to sign in, though nobody says how."""
    sign_in(context, all_types)
    page.goto(f"{all_types.url}/every/question/")
    practice = page.locator("quiz-practice")
    expect(practice).to_have_attribute("state", "ready")
    context.clear_cookies()
    context.route("**/api/v1/me", lambda route: route.abort())
    practice.get_by_label("Yes").check()
    practice.get_by_role("button", name="Check").click()
    expect(practice.get_by_role("link", name="Sign in")).to_be_visible()


def test_graded_elsewhere_with_other_answers(learner: Page, limits: Grader) -> None:
    """The grade is shown with the answers that it is for, not with those of this page."""
    begin(learner, limits, "limited")
    attempt = attempts(learner, limits, "limited")["open"]["id"]
    answer(learner)
    saved(learner)
    learner.request.post(f"{limits.url}/api/v1/attempts/{attempt}/submission", data={"responses": []})
    learner.evaluate(HIDE, True)
    learner.evaluate(HIDE, False)
    expect_result(learner, "failed")
    expect(learner.locator(f"{QUESTION} input:checked")).to_have_count(0)


def test_coming_back_changes_no_half_answer(
    page: Page, context: BrowserContext, all_types: Grader, sign_in: SignIn
) -> None:
    """What the grader cannot hold yet, as a place given twice, stays as it is."""
    sign_in(context, all_types)
    page.goto(f"{all_types.url}/every/question/")
    expect_result(page, "ready")
    places = page.locator("[data-question=sizes] select")
    places.nth(0).select_option("1")
    places.nth(1).select_option("1")
    saved(page)
    page.evaluate(HIDE, True)
    with page.expect_response("**/api/v1/attempts/*"):
        page.evaluate(HIDE, False)
    page.wait_for_timeout(500)
    assert places.evaluate_all("all => all.map(one => one.value)") == ["1", "1", ""]


def test_what_failed_can_be_pressed_again(learner: Page, limits: Grader) -> None:
    """A start or a submission that fails leaves the focus on its button."""
    learner.goto(f"{limits.url}/exam/drawn/")
    expect_result(learner, "start")
    learner.route("**/api/v1/attempts", lambda route: route.abort(), times=1)
    learner.get_by_role("button", name="Start").press("Enter")
    expect(learner.locator(".quiz-notice[data-tone=error]")).to_be_visible()
    expect(learner.get_by_role("button", name="Start")).to_be_focused()
    begin(learner, limits, "free")
    answer(learner)
    learner.route(SUBMISSION, lambda route: route.fulfill(status=500, body=""), times=1)
    learner.get_by_role("button", name="Submit answers").press("Enter")
    expect(learner.locator(".quiz-notice[data-tone=error]")).to_be_visible()
    expect(learner.get_by_role("button", name="Submit answers")).to_be_focused()


def test_a_session_that_ended_in_the_middle(learner: Page, context: BrowserContext, limits: Grader) -> None:
    """Who has begun is not told to start: the answers are kept until after the sign-in."""
    begin(learner, limits, "limited")
    context.clear_cookies()
    answer(learner)
    expect_result(learner, "signed-out")
    expect(learner.locator(".quiz-notice")).to_contain_text("They are kept in this browser.")


def test_a_request_that_hangs(learner: Page, limits: Grader) -> None:
    """A connection that is half dead says nothing for minutes: after a while the request is sent once more."""
    learner.add_init_script("AbortSignal.timeout = ((real) => () => real.call(AbortSignal, 3000))(AbortSignal.timeout)")
    begin(learner, limits, "free")
    answer(learner)
    saved(learner)
    learner.route(SUBMISSION, lambda _: None, times=1)
    submit(learner)
    expect(learner.locator(".quiz-notice")).to_contain_text("Your answers are saved in this browser.")
    expect_result(learner, "passed")


def test_graded_elsewhere_and_then_no_network(learner: Page, limits: Grader) -> None:
    """The grade that was given meanwhile is asked for until it arrives; answers on the page begin no other attempt."""
    begin(learner, limits, "limited")
    attempt = attempts(learner, limits, "limited")["open"]["id"]
    answer(learner)
    saved(learner)
    learner.request.post(f"{limits.url}/api/v1/attempts/{attempt}/submission", data={"responses": []})
    learner.route(re.compile(r"/attempts\?quiz="), lambda route: route.abort(), times=1)
    submit(learner)
    expect_result(learner, "failed")
