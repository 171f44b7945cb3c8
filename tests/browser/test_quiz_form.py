"""The widget, with a question of every type."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.quiz import answer_all, course_of, expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser

COURSE = "every/question"


@pytest.fixture
def course_page(page: Page, context: BrowserContext, all_types: Grader, sign_in: SignIn) -> Page:
    sign_in(context, all_types)
    page.goto(f"{all_types.url}/every/question/")
    expect_result(page, "ready")
    return page


def test_every_type_can_be_answered_rightly(course_page: Page, all_types: Grader) -> None:
    """All answers right is 100 %, and the certificate of the track is there."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    submit(course_page)
    expect_result(course_page, "passed")
    expect(course_page.locator(".quiz-result")).to_contain_text("100 %")
    expect(course_page.get_by_role("link", name="Download PDF")).to_be_visible()


def test_what_comes_next_is_another_course(course_page: Page, all_types: Grader) -> None:
    """The way on counts this grade, too: it never leads to the course that was just passed."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    submit(course_page)
    expect(course_page.locator(".quiz-next")).to_have_text("Next course: Diagrams")


def test_every_type_can_be_answered_wrongly(course_page: Page, all_types: Grader) -> None:
    """All answers wrong is 0 %; with `review: always` each question says what is right and why."""
    course = course_of(all_types, COURSE)
    assert course.quiz is not None
    answer_all(course_page, all_types, course, wrong=tuple(question.id for question in course.quiz.questions))
    submit(course_page)
    expect_result(course_page, "failed")
    expect(course_page.locator(".quiz-result")).to_contain_text("0 %")
    expect(course_page.locator(".quiz-explanation")).to_have_count(len(course.quiz.questions))
    expect(course_page.locator("[data-question=sizes] .quiz-right li")).to_have_text(["Mouse", "Dog", "Elephant"])
    expect(course_page.locator("[data-question=sounds] .quiz-right li").first).to_have_text("Cat – Meow")


def test_missing_answers_are_pointed_at(course_page: Page) -> None:
    """Submitting nothing sends nothing: the first missing question gets the focus, and all are marked."""
    submit(course_page)
    expect(course_page.locator("quiz-form").get_by_role("status").first).to_contain_text(
        "7 questions still without an answer"
    )
    expect(course_page.locator("[data-missing]")).to_have_count(7)
    expect(course_page.locator("fieldset[data-question=fruit] input").first).to_be_focused()


def test_half_an_order_is_pointed_at(course_page: Page, all_types: Grader) -> None:
    """An order with a place given twice, or a word where a number belongs, says what is wrong."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    course_page.locator("[data-question=sizes] select").nth(0).select_option("2")
    course_page.locator("[data-question=sizes] select").nth(1).select_option("2")
    course_page.locator("[data-question=week]").get_by_label("Your answer").fill("seven")
    submit(course_page)
    said = course_page.locator("quiz-form").get_by_role("status").first
    expect(said).to_have_text("2 answers cannot be graded yet. Please answer all questions.")
    expect(course_page.locator("[data-question=sizes] .quiz-fault")).to_have_text("Give each place once.")
    expect(course_page.locator("[data-question=week] .quiz-fault")).to_contain_text("Write a number")
    week = course_page.locator("[data-question=week]").get_by_label("Your answer")
    expect(week).to_have_accessible_description("Write a number, such as 42 or 0.5.")
    week.fill("7")
    expect(week).to_have_accessible_description("")


def test_a_screen_reader_hears_what_to_do(course_page: Page) -> None:
    """Questions that are answered in a way of their own say so with their name."""
    for question, hint in (
        ("metals", "Select all that apply."),
        ("sizes", "Give each item its place in the order, from 1."),
        ("sounds", "Choose what belongs to each."),
        ("fruit", ""),
    ):
        expect(course_page.locator(f"fieldset[data-question={question}]")).to_have_accessible_description(hint)


def test_answers_survive_a_reload(course_page: Page, all_types: Grader) -> None:
    """What was answered and not submitted is there after a reload, and after instant navigation there and back."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    course_page.reload()
    expect_result(course_page, "ready")
    expect(course_page.locator("[data-question=capital]").get_by_label("Your answer")).to_have_value(
        re.compile("PARIS")
    )
    course_page.get_by_role("link", name="link to the track").click()
    expect(course_page.get_by_role("heading", level=1)).to_contain_text("Every type")
    course_page.go_back()
    expect_result(course_page, "ready")
    submit(course_page)
    expect_result(course_page, "passed")


def test_a_lost_network_loses_nothing(course_page: Page, context: BrowserContext, all_types: Grader) -> None:
    """Submitted without a network, the answers wait in the browser and are graded when it is back."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    context.set_offline(True)
    submit(course_page)
    expect(course_page.locator("quiz-form").get_by_role("status").first).to_contain_text("saved in this browser")
    expect_result(course_page, "waiting")
    context.set_offline(False)
    expect_result(course_page, "passed")


def test_a_submission_survives_a_reload_without_network(
    course_page: Page, context: BrowserContext, all_types: Grader
) -> None:
    """A submission that could not be sent is sent after the page is loaded again."""
    answer_all(course_page, all_types, course_of(all_types, COURSE))
    context.route("**/api/v1/attempts**", lambda route: route.abort())
    submit(course_page)
    expect_result(course_page, "waiting")
    context.unroute("**/api/v1/attempts**")
    course_page.reload()
    expect_result(course_page, "passed")


def test_the_keyboard_is_enough(course_page: Page) -> None:
    """Space and arrows choose, and no key of the theme's shortcuts leaves the page from within the form."""
    course_page.locator("fieldset[data-question=fruit] input").first.focus()
    course_page.keyboard.press("Space")
    expect(course_page.locator("fieldset[data-question=fruit] input").first).to_be_checked()
    course_page.keyboard.press("ArrowDown")
    expect(course_page.locator("fieldset[data-question=fruit] input").nth(1)).to_be_checked()
    for key in ("n", "p", ".", ",", "s", "f", "/"):
        course_page.keyboard.press(key)
    expect(course_page).to_have_url(re.compile("/every/question/"))
    expect(course_page.locator("fieldset[data-question=fruit] input").nth(1)).to_be_focused()
    course_page.keyboard.press("Tab")
    expect(course_page.locator("fieldset[data-question=metals] input").first).to_be_focused()


def test_who_is_not_signed_in_is_asked_to(page: Page, all_types: Grader) -> None:
    """Without signing in nothing can be submitted; the answers are kept until after the sign-in."""
    page.goto(f"{all_types.url}/every/question/")
    expect_result(page, "signed-out")
    answer_all(page, all_types, course_of(all_types, COURSE))
    page.locator("quiz-form").get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("Bea")
    page.get_by_label("E-mail").fill("bea@example.org")
    page.get_by_role("button", name="Sign in").click()
    expect_result(page, "ready")
    submit(page)
    expect_result(page, "passed")


def test_practice_is_graded_at_once(course_page: Page) -> None:
    """A practice question says at once what is right and why, can be tried again, and counts for nothing."""
    practice = course_page.locator("quiz-practice")
    practice.get_by_label("Yes").check()
    practice.get_by_role("button", name="Check").click()
    expect(practice).to_have_attribute("state", "graded")
    expect(practice.get_by_role("status")).to_contain_text("Not correct")
    expect(practice.locator(".quiz-explanation")).to_contain_text("as often as you like")
    practice.get_by_role("button", name="Try again").click()
    practice.get_by_label("No").check()
    practice.get_by_role("button", name="Check").click()
    expect(practice.get_by_role("status")).to_have_text("Correct.")
    course_page.goto(course_page.url.replace("/every/question/", "/me/"))
    expect(course_page.get_by_text("Not started").first).to_be_visible()
