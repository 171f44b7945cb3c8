"""The quizzes with limits, as a learner meets them: what several tests do with them."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.quiz import course_of, expect_result
from tests.browser.running import Grader

QUESTION = "fieldset.quiz-question"
RESPONSES = "**/api/v1/attempts/*/responses"
NOT_SAVED = "Not saved yet, kept in this browser"


def visit(page: Page, limits: Grader, course: str) -> None:
    page.goto(f"{limits.url}/exam/{course}/")


def start(page: Page) -> None:
    page.get_by_role("button", name="Start").click()
    expect_result(page, "ready")


def begin(page: Page, limits: Grader, course: str) -> None:
    """Until questions can be answered."""
    visit(page, limits, course)
    expect(page.locator("quiz-form")).to_have_attribute("state", re.compile("start|ready"))
    if page.locator("quiz-form[explicit]").count():
        start(page)
    expect_result(page, "ready")


def answer(page: Page, *, right: bool = True) -> None:
    """Every question shown; wrongly means the last option, or the order as it stands turned around."""
    for n in range(page.locator(QUESTION).count()):
        fieldset = page.locator(QUESTION).nth(n)
        if fieldset.get_attribute("data-type") == "ORDERING":
            for place, animal in enumerate(("Mouse", "Dog", "Elephant"), 1):
                row = fieldset.locator(".quiz-row").filter(has_text=animal)
                row.locator("select").select_option(str(place if right else 4 - place))
        else:
            fieldset.get_by_label("Right" if right else "Wrong").check()


def saved(page: Page) -> None:
    expect(page.locator(".quiz-saved")).to_have_text("Saved")


def attempts(page: Page, limits: Grader, course: str) -> dict[str, Any]:
    """What the grader knows."""
    quiz = course_of(limits, f"exam/{course}").quiz
    assert quiz
    found: dict[str, Any] = page.request.get(f"{limits.url}/api/v1/attempts?quiz={quiz.revision}").json()
    return found


def busy(route: Route, after: str = "3") -> None:
    route.fulfill(status=503, headers={"Retry-After": after}, content_type="application/json", body="{}")
