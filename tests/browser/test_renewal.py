"""A holder of the former major version in front of a quiz that has changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LIMITS, SignIn, small
from tests.browser.quiz import expect_result, submit
from tests.browser.running import Grader, rebuild

pytestmark = pytest.mark.browser

NEW = "\n### Question 3, new {#q3 since=2.0}\n\n- [x] Right 3\n- [ ] Wrong 3\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def changing(root: Path) -> Iterator[Grader]:
    yield from small("limits", root, LIMITS)


def release(root: Path, grader: Grader) -> None:
    """Version 2.0 of the track, with one new question, and one more required course."""
    track, course, more = (root / f"content/exam/{name}.md" for name in ("index", "free", "limited"))
    track.write_text(track.read_text("utf-8").replace('"1.0"', '"2.0"'), "utf-8")
    course.write_text(course.read_text("utf-8") + NEW, "utf-8")
    more.write_text(more.read_text("utf-8").replace("required: false", "required: true"), "utf-8")
    rebuild(grader)


def test_only_what_is_new_is_asked(
    page: Page, context: BrowserContext, changing: Grader, root: Path, sign_in: SignIn
) -> None:
    """Though the page holds all questions, a holder starts on purpose, and sees and answers the new one only.

    Certified anew is who has passed all that is left, and nobody is told so before.
    """
    sign_in(context, changing)
    page.goto(f"{changing.url}/exam/free/")
    expect_result(page, "ready")
    for fieldset in page.locator("fieldset.quiz-question").all():
        fieldset.get_by_label("Right").check()
    submit(page)
    expect(page.locator(".quiz-award")).to_contain_text("CERT-")
    release(root, changing)
    page.reload()
    expect_result(page, "start")
    expect(page.locator(".quiz-notice")).to_contain_text("you are only asked what is new, 1 question.")
    expect(page.locator("fieldset.quiz-question").first).to_be_hidden()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("fieldset.quiz-question")).to_have_count(1)
    expect(page.locator(".quiz-text")).to_have_text("Question 3, new")
    page.get_by_label("Right 3").check()
    submit(page)
    expect(page.locator(".quiz-standing")).to_contain_text("1 of 2 required courses")
    page.reload()
    expect_result(page, "passed")
    expect(page.locator("fieldset.quiz-question")).to_have_count(1)
    page.get_by_role("link", name="Next course: Limited").click()
    page.get_by_role("button", name="Start").click()
    expect_result(page, "ready")
    for fieldset in page.locator("fieldset.quiz-question").all():
        fieldset.get_by_label("Right").check()
    submit(page)
    expect(page.locator(".quiz-award")).to_contain_text("CERT-")
