"""The pictures of the author's guide: each example, built, served and photographed in a browser.

`scripts/pictures` makes them anew.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

from grader.certificates.chromium import find_chromium
from grader.questions.model import Question, QuestionKey
from tests.browser.quiz import give
from tests.browser.running import Grader, build, serve
from tests.docs.guide import IMAGES, Example, pictured, place_of, write_project

WIDTH, SCALE, MARGIN, COLOURS = 700, 1.5, 12, 64
SOURCE = "Source"
"""The key under which a picture names the example that it shows: its digest."""

BARE = ".md-header, .md-tabs, .md-footer, .md-top, .md-code__nav, .headerlink { display: none !important }"
TEXT_ONLY = "h1, .course-facts, .facts, .course-next { display: none !important }"


def main(folder: Path = IMAGES) -> None:
    """Make them all. Removes those that the guide no longer shows."""
    names = {name for example in pictured() for name in example.pictures}
    for stale in [path for path in folder.glob("*.png") if path.stem not in names]:
        stale.unlink()
    with TemporaryDirectory() as root, served(Path(root)) as grader, browser() as context:
        sign_in(context, grader)
        for example in pictured():
            for name in example.pictures:
                save(shoot(context, grader, example, name), folder / f"{name}.png", example)
                print(folder / f"{name}.png")  # noqa: T201 - a minute's work shows how far it is


@contextmanager
def served(root: Path) -> Iterator[Grader]:
    write_project(root)
    build(root)
    with contextmanager(serve)(root) as grader:
        yield grader


@contextmanager
def browser() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=find_chromium(None), args=sandbox)
        yield chromium.new_context(
            viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE, reduced_motion="reduce"
        )
        chromium.close()


def sign_in(context: BrowserContext, grader: Grader) -> None:
    person: dict[str, str | float | bool] = {"name": "Ana", "email": "ana@example.org", "organization": "Acme"}
    context.request.post(f"{grader.url}/sign-in", form=person)


def shoot(context: BrowserContext, grader: Grader, example: Example, name: str) -> bytes:
    """PNG of what the example looks like; with a name that ends in `-answered`, after an answer."""
    page = context.new_page()
    page.goto(f"{grader.url}/{address_of(example)}")
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=BARE)
    target = target_of(page, example)
    target.wait_for()
    if name.endswith("-answered"):
        answer(page, grader, example)
    png = photograph(page, target)
    page.close()
    return png


def address_of(example: Example) -> str:
    place = place_of(example)
    return place.removesuffix("index.md") if place.endswith("index.md") else place.removesuffix(".md") + "/"


def target_of(page: Page, example: Example) -> Locator:
    """The question, the practice question, the rules of a quiz, the page, or the text of the page."""
    if example.source.startswith("###"):
        page.locator("quiz-form[state=ready]").wait_for()
        return page.locator("fieldset")
    if example.source.startswith("!!!"):
        return page.locator("quiz-practice")
    if "\nquiz: " in example.source:
        return page.locator("quiz-form[state=start]")
    if not example.source.startswith("---"):
        page.add_style_tag(content=TEXT_ONLY)
    return page.locator("article")


def answer(page: Page, grader: Grader, example: Example) -> None:
    """A quiz wrongly, and such that there is feedback; a practice question rightly."""
    question, key = key_of(grader, example)
    field = page.locator("fieldset")
    if example.source.startswith("!!!"):
        give(field, question, key, right=True)
        page.get_by_role("button", name="Check").click()
        page.get_by_role("button", name="Try again").wait_for()
    else:
        wrong = next(
            option.id for option in question.options if option.id in key.feedback and option.id not in key.right
        )
        field.locator(f"input[value='{wrong}']").check()
        page.get_by_role("button", name="Submit answers").click()
        page.locator("quiz-form[state=failed]").wait_for()


def key_of(grader: Grader, example: Example) -> tuple[Question, QuestionKey]:
    """Of the one question of an example."""
    place = place_of(example).removesuffix(".md")
    course = next(course for _, course in grader.artifacts.catalog.courses() if course.id == place)
    asked = course.practice[0] if course.practice else course.quiz
    assert asked is not None
    question = asked.question if hasattr(asked, "question") else asked.questions[0]
    return question, grader.artifacts.key.quizzes[asked.revision].questions[question.id]


def photograph(page: Page, target: Locator) -> bytes:
    """With a margin, and without the cursor or the pointer's place."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    page.evaluate("document.fonts.ready")
    box = target.bounding_box()
    assert box is not None
    left = max(0.0, box["x"] - MARGIN)
    return page.screenshot(
        full_page=True,
        clip={
            "x": left,
            "y": max(0.0, box["y"] - MARGIN),
            "width": min(WIDTH - left, box["width"] + 2 * MARGIN),
            "height": box["height"] + 2 * MARGIN,
        },
    )


def save(png: bytes, path: Path, example: Example) -> None:
    """Small, and with the digest of its source."""
    about = PngInfo()
    about.add_text(SOURCE, example.digest)
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, optimize=True, pnginfo=about)


def source_of(path: Path) -> str:
    """The digest of the example that a picture shows."""
    with Image.open(path) as picture:
        return str(picture.info.get(SOURCE))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
