"""Mermaid diagrams, drawn by the browser."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.running import Grader

pytestmark = pytest.mark.browser

PAGE = "every/diagrams/"
COLOURS = "node => getComputedStyle(node).fill"


def visible(page: Page, name: str) -> None:
    expect(page.get_by_role("img", name=name)).to_be_visible()


def loaded(page: Page) -> list[str]:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


def test_it_works(page: Page, all_types: Grader) -> None:
    """Diagrams in the text, in a list and in a question are drawn, from this site alone, and their source goes."""
    urls = loaded(page)
    page.goto(f"{all_types.url}/{PAGE}")
    for name in ("From report to route", "The life of a case", "An arrow"):
        visible(page, name)
    expect(page.locator("mermaid-diagram[data-state=drawn] pre")).to_have_count(0)
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(all_types.url).netloc}


def test_a_screen_reader_hears_title_and_description(page: Page, all_types: Grader) -> None:
    """A diagram is one picture with a name and a description; the boxes are not read one by one."""
    page.goto(f"{all_types.url}/{PAGE}")
    drawing = page.get_by_role("img", name="From report to route")
    expect(drawing).to_have_accessible_description(
        "A report that can be checked is investigated. Any other is closed with the reason."
    )
    expect(drawing.locator(":scope > title")).to_have_count(0)


def test_what_cannot_be_drawn_is_shown_as_source(page: Page, all_types: Grader) -> None:
    """With the reason, and without harm to the others."""
    page.goto(f"{all_types.url}/{PAGE}")
    failed = page.locator("mermaid-diagram[data-state=failed]")
    expect(failed).to_have_count(1)
    expect(failed.locator(".notice")).to_contain_text("This diagram could not be drawn: Parse error on line")
    expect(failed.locator("pre")).to_contain_text("nonsense")


def known(page: Page, grader: Grader) -> None:
    """Instant navigation goes to pages of the sitemap only, which counts from `site_url`, with its port."""
    sitemap = page.request.get(f"{grader.url}/sitemap.xml").text().replace("http://127.0.0.1:8000", grader.url)
    page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="application/xml"))


def test_pages_without_a_diagram_do_not_load_the_library(page: Page, all_types: Grader) -> None:
    """It comes with the first diagram; also by instant navigation, and back again."""
    known(page, all_types)
    urls = loaded(page)
    page.goto(f"{all_types.url}/every/")
    page.wait_for_load_state("networkidle")
    assert [url for url in urls if "/vendor/" in url] == []
    page.evaluate("window.here = true")
    page.locator(".course-row a", has_text="Diagrams").click()
    visible(page, "From report to route")
    page.go_back()
    page.locator(".course-row a", has_text="Diagrams").click()
    visible(page, "From report to route")
    assert page.evaluate("window.here"), "The page was loaded anew."


def test_colours_follow_the_palette_and_paper_is_light(chromium: Browser, all_types: Grader) -> None:
    """Changing the palette changes the drawing at once; a dark page is printed in light colours."""
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{all_types.url}/{PAGE}")
    box = page.locator("mermaid-diagram").first.locator(".node.good > rect:visible")
    expect(box).to_have_count(1)
    light = box.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
    dark = box.evaluate(COLOURS)
    page.emulate_media(media="print")
    printed = box.evaluate(COLOURS)
    context.close()
    assert light != dark
    assert printed == light


def test_forced_colours_leave_the_drawing_as_it_is(chromium: Browser, all_types: Grader) -> None:
    """Where the system sets the colours, boxes keep theirs; so words and paper do, too."""
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{all_types.url}/{PAGE}")
    drawing = page.get_by_role("img", name="From report to route")
    label = drawing.locator(".nodeLabel p").first
    before = label.evaluate("node => getComputedStyle(node).color")
    page.emulate_media(forced_colors="active", color_scheme="light")
    page.locator("body").evaluate("body => body.dataset.mdColorScheme = 'slate'")
    expect(drawing).to_be_visible()
    forced = label.evaluate("node => getComputedStyle(node).color")
    paper = drawing.evaluate("node => getComputedStyle(node).backgroundColor")
    context.close()
    assert (forced, paper) == (before, "rgb(30, 33, 41)")


def test_without_scripts_the_source_can_be_read(chromium: Browser, all_types: Grader) -> None:
    """What the author wrote is text."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{all_types.url}/{PAGE}")
    expect(page.get_by_text("accTitle: From report to route")).to_be_visible()
    context.close()


def test_a_library_that_does_not_arrive_leaves_the_source(context: BrowserContext, all_types: Grader) -> None:
    """Readers lose the picture, and nothing else."""
    page = context.new_page()
    page.route("**/vendor/**", lambda route: route.abort())
    page.goto(f"{all_types.url}/{PAGE}")
    expect(page.locator("mermaid-diagram[data-state=failed] pre")).to_have_count(4)
    expect(page.get_by_text("accTitle: From report to route")).to_be_visible()
