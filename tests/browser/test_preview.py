"""`grader preview`, as an author sees it."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from grader.catalog.artifacts import read_artifacts
from grader.settings import Engine
from tests.browser.conftest import SignIn
from tests.browser.quiz import answer_all, course_of, expect_result, submit
from tests.browser.running import ALL_TYPES, ROOT, Grader, own_nav, preview

pytestmark = pytest.mark.browser


class Author(msgspec.Struct, frozen=True):
    """Edits the content of a preview that runs."""

    root: Path
    url: str

    def edit(self, page: str, old: str, new: str) -> None:
        path = self.root / "content" / page
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module", params=[*Engine])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    """With either engine."""
    root = tmp_path_factory.mktemp("preview")
    shutil.copytree(Path(__file__).parent / "all-types", root / "content")
    shutil.copytree(ROOT / "site", root / "site")
    own_nav(root, *ALL_TYPES)
    for page in ("index.md", "me.md"):
        shutil.copy(ROOT / "content" / page, root / "content")
    with preview(root, Engine(request.param)) as url:
        yield Author(root, url)


@pytest.fixture
def author(running: Author) -> Iterator[Author]:
    """What a test leaves behind goes."""
    files = [path for path in running.root.rglob("*") if path.is_file() and "build" not in path.parts]
    before = {path: path.read_bytes() for path in files if path.suffix in (".md", ".yml", ".css", ".html")}
    yield running
    for path in {*running.root.glob("content/**/*.md")} - before.keys():
        path.unlink()
    for path, data in before.items():
        if path.read_bytes() != data:
            path.write_bytes(data)


def box(page: Page) -> Locator:
    return page.locator("grader-preview section")


def test_an_edit_is_seen(page: Page, author: Author) -> None:
    """A saved change comes to the page that is open, without a reload by hand."""
    page.goto(f"{author.url}/every/question/")
    author.edit("every/question.md", "Text about the basics", "Another text about the basics")
    expect(page.locator("article")).to_contain_text("Another text about the basics")
    expect(box(page)).to_have_count(0)


def test_a_mistake_is_seen_and_goes(page: Page, author: Author) -> None:
    """With its line, code and hint, above the last good version of the page, which does not give anything away."""
    page.goto(f"{author.url}/every/question/")
    author.edit("every/question.md", "- [x] An apple", "- [ ] An apple")
    expect(box(page)).to_contain_text("1 mistake in this page")
    expect(box(page)).to_contain_text("content/every/question.md:")
    expect(box(page)).to_contain_text("[no-right-option]")
    expect(box(page)).to_contain_text("hint: ")
    expect(page.locator("fieldset[data-question=fruit]")).to_be_visible()
    page.goto(f"{author.url}/every/")
    expect(box(page)).to_contain_text("1 mistake elsewhere")
    author.edit("every/question.md", "- [ ] An apple", "- [x] An apple")
    expect(box(page)).to_have_count(0)


def test_mistakes_can_be_folded(page: Page, author: Author) -> None:
    """By keyboard, too."""
    page.goto(f"{author.url}/every/question/")
    author.edit("every/question.md", "- [x] An apple", "- [ ] An apple")
    button = box(page).get_by_role("button", name="Hide")
    button.press("Enter")
    expect(box(page).get_by_role("listitem")).to_have_count(0)
    author.edit("every/question.md", "- [ ] An apple", "- [x] An apple")
    expect(box(page)).to_have_count(0)


def test_a_changed_key_grades_anew(page: Page, context: BrowserContext, author: Author, sign_in: SignIn) -> None:
    """What is right now is right in the next attempt; nothing of the page changes."""
    grader = Grader(author.url, read_artifacts(author.root / "build" / "preview"), author.root)
    sign_in(context, grader)
    page.goto(f"{author.url}/every/question/")
    expect_result(page, "ready")
    answer_all(page, grader, course_of(grader, "every/question"))
    author.edit("every/question.md", "- [ ] A carrot\n    > A root.\n- [x] An apple", "- [x] A carrot\n- [ ] An apple")
    eventually(author, "A root", present=False)
    submit(page)
    expect(page.locator(".quiz-result")).to_contain_text("You scored 85 %")
    expect(page.locator("[data-question=fruit] [data-grade=right]")).to_contain_text("A carrot")


def eventually(author: Author, text: str, *, present: bool) -> None:
    """Until the key in use holds a text, or no longer."""
    end = time.monotonic() + 20
    while (text in (author.root / "build" / "preview" / "key.json").read_text("utf-8")) != present:
        assert time.monotonic() < end
        time.sleep(0.05)
    time.sleep(0.6)  # the grader looks twice a second


def test_a_new_page_appears(page: Page, author: Author) -> None:
    """At its address at once, with the mistake that it is not in `nav`; then in the navigation and in its track."""
    page.goto(f"{author.url}/every/new/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    (author.root / "content" / "every" / "new.md").write_text(
        "---\ntitle: Something new\ndraft: true\ncourse: {type: TEXT, minutes: 3, required: false}\n---\n\n"
        "# Something new\n\nText.\n",
        "utf-8",
    )
    expect(page.locator("article")).to_contain_text("Something new")
    expect(page.locator("article")).to_contain_text("Only this preview shows the page")
    expect(box(page)).to_contain_text("[file-without-nav]")
    own_nav(author.root, *ALL_TYPES, "every/new.md")
    expect(box(page)).to_have_count(0)
    page.goto(f"{author.url}/every/")
    row = page.locator("[data-course='every/new']")
    expect(row).to_contain_text("Something new")
    expect(row).to_contain_text("Draft")
    expect(page.locator(".md-nav a", has_text="Something new").first).to_be_attached()


def test_broken_settings_are_seen(page: Page, author: Author) -> None:
    """An mkdocs.yml that is no YAML leaves the page as it is, and says so."""
    page.goto(f"{author.url}/every/")
    config = author.root / "mkdocs.yml"
    good = config.read_text("utf-8")
    config.write_text(f"nav: [\n{good}", "utf-8")
    expect(box(page)).to_contain_text("mkdocs.yml is no YAML")
    config.write_text(good, "utf-8")
    expect(box(page)).to_have_count(0)


def test_a_changed_look_is_seen(page: Page, author: Author) -> None:
    """A template or a style of the theme."""
    page.goto(f"{author.url}/every/")
    style = author.root / "site" / "assets" / "theme.css"
    style.write_text(style.read_text("utf-8") + "\nh1 { text-transform: uppercase; }\n", "utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_css("text-transform", "uppercase")
    template = author.root / "site" / "partials" / "track.html"
    template.write_text(template.read_text("utf-8") + "<p>Of the template</p>", "utf-8")
    expect(page.get_by_text("Of the template")).to_be_visible()
