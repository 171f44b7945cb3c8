"""WCAG 2.2 A and AA, as far as axe-core can tell, in light and dark."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.quiz import answer_all, course_of, expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(
    chromium: Browser, all_types: Grader, sign_in: SignIn, scheme: Literal["light", "dark"]
) -> None:
    """Catalogue, track, every question type, result, My learning, sign-in and verification page."""
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    page.goto(f"{all_types.url}/sign-in")
    found["sign-in"] = violations(page)
    sign_in(context, all_types)
    for path in ("/", "/every/", "/every/question/"):
        page.goto(all_types.url + path)
        page.wait_for_load_state("networkidle")
        found[path] = violations(page)
    answer_all(page, all_types, course_of(all_types, "every/question"), wrong=("sizes",))
    submit(page)
    expect_result(page, "passed")
    found["result"] = violations(page)
    page.goto(f"{all_types.url}/me/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name="Verification page")).to_be_visible()
    found["me"] = violations(page)
    page.get_by_role("link", name="Verification page").click()
    found["verify"] = violations(page)
    context.close()
    assert {place: faults for place, faults in found.items() if faults} == {}
