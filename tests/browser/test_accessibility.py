"""WCAG 2.2 A and AA, as far as axe-core can tell, in light and dark."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.history import History
from tests.browser.quiz import answer_all, course_of, expect_result, submit
from tests.browser.running import Grader

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe-core finds by all rules of these levels."""
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(
    chromium: Browser, all_types: Grader, sign_in: SignIn, scheme: Literal["light", "dark"]
) -> None:
    """Catalogue, track, diagrams, every question type, practice, result, My learning, sign-in and verification page."""
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    page.goto(f"{all_types.url}/sign-in")
    found["sign-in"] = violations(page)
    sign_in(context, all_types)
    page.goto(f"{all_types.url}/every/diagrams/")
    expect(page.locator("mermaid-diagram[data-state=drawing]")).to_have_count(0)
    found["diagrams"] = violations(page)
    for path in ("/", "/every/", "/every/question/"):
        page.goto(all_types.url + path)
        page.wait_for_load_state("networkidle")
        found[path] = violations(page)
    practice = page.locator("quiz-practice")
    practice.get_by_label("Yes").check()
    practice.get_by_role("button", name="Check").click()
    expect(practice.locator(".quiz-explanation")).to_be_visible()
    found["practice"] = violations(page)
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


def test_no_course_of_ours_has_a_violation(chromium: Browser, site: Grader) -> None:
    """Every track and course of the repository, its pictures and diagrams included."""
    context = chromium.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    catalog = site.artifacts.catalog
    for url in [*(track.url for track in catalog.tracks), *(course.url for _, course in catalog.courses())]:
        page.goto(f"{site.url}/{url}")
        expect(page.locator("mermaid-diagram:not([data-state=drawn])")).to_have_count(0)
        found[url] = violations(page)
    context.close()
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_an_attempt_has_a_violation(
    chromium: Browser, limits: Grader, sign_in: SignIn, scheme: Literal["light", "dark"]
) -> None:
    """Before the start, with the clock running, at its end, and while a pause is counted down."""
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    page.goto(f"{limits.url}/exam/drawn/")
    expect_result(page, "signed-out")
    found["signed out"] = violations(page)
    sign_in(context, limits)
    for course in ("drawn", "short", "limited"):
        page.goto(f"{limits.url}/exam/{course}/")
        expect_result(page, "start")
        found[f"{course}: start"] = violations(page)
        page.get_by_role("button", name="Start").click()
        expect_result(page, "ready")
        found[f"{course}: ready"] = violations(page)
    for fieldset in page.locator("fieldset.quiz-question").all():
        fieldset.get_by_label("Wrong").check()
    submit(page)
    expect_result(page, "failed")
    expect(page.locator(".countdown")).to_be_visible()
    found["limited: failed"] = violations(page)
    context.close()
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_standing_has_a_violation(chromium: Browser, history: History, scheme: Literal["light", "dark"]) -> None:
    """What is due, to be renewed, waived, expired, revoked and replaced: My learning, catalogue and tracks."""
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    history.sign_in(context)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for path in ("me/", "", "safety/", "reports/", "leave/", "ended/", "exam/"):
        page.goto(f"{history.grader.url}/{path}")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".pill").first).to_be_visible()
        found[path] = violations(page)
    context.close()
    assert {place: faults for place, faults in found.items() if faults} == {}
