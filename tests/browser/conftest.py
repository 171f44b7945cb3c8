"""Graders with content, and a browser in front of them."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from grader.certificates.chromium import find_chromium
from grader.settings import Engine
from tests.browser.history import STANDING, History, make_history
from tests.browser.running import ROOT, Grader, build, own_nav, serve

PATIENCE = 20_000
"""Milliseconds: a machine may be busy."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The repository's own content, built by MkDocs."""
    yield from _own(tmp_path_factory.mktemp("site"), Engine.MKDOCS)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The same, built by Zensical."""
    yield from _own(tmp_path_factory.mktemp("zensical"), Engine.ZENSICAL)


@pytest.fixture(params=["site", "zensical_site"])
def each_site(request: pytest.FixtureRequest) -> Grader:
    """One after the other."""
    grader: Grader = request.getfixturevalue(request.param)
    return grader


def _own(root: Path, engine: Engine) -> Iterator[Grader]:
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "site", root / "site")
    shutil.copy(ROOT / "mkdocs.yml", root)
    build(root, engine)
    yield from serve(root)


@pytest.fixture(scope="session")
def all_types(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """A track with a course whose quiz has a question of every type, and an optional one with diagrams."""
    pages = ("every/index.md", "every/question.md", "every/diagrams.md")
    yield from small("all-types", tmp_path_factory.mktemp("all-types"), pages)


LIMITS = ("exam/index.md", "exam/drawn.md", "exam/short.md", "exam/limited.md", "exam/free.md")


@pytest.fixture(scope="session")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """A track whose quizzes limit attempts and time, draw, and ask for pauses; one of them does nothing of it."""
    yield from small("limits", tmp_path_factory.mktemp("limits"), LIMITS)


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Somebody for whom a track is due, one to be renewed, one waived; with expired and revoked certificates."""
    for grader in small("standing", tmp_path_factory.mktemp("standing"), STANDING):
        yield make_history(grader)


def small(name: str, root: Path, pages: Sequence[str]) -> Iterator[Grader]:
    """One of the contents beside this file, with the repository's own look."""
    shutil.copytree(Path(__file__).parent / name, root / "content")
    shutil.copytree(ROOT / "site", root / "site")
    own_nav(root, "index.md", "me.md", *pages)
    for page in ("index.md", "me.md"):
        shutil.copy(ROOT / "content" / page, root / "content")
    build(root)
    yield from serve(root)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for each module: Playwright's event loop must be gone before other tests start theirs."""
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=find_chromium(None), args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without memory, in a window of 1280 by 900."""
    made = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of whose scripts none may fail."""
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    assert faults == []


SignIn = Callable[[BrowserContext, Grader], None]


@pytest.fixture
def sign_in() -> SignIn:
    """Signs a context in as somebody new, without the form."""

    def work(context: BrowserContext, grader: Grader) -> None:
        person: dict[str, str | float | bool] = {
            "name": "Zoë Ångström",
            "email": f"zoe-{time.monotonic_ns()}@example.org",
            "organization": "Acme",
        }
        context.request.post(f"{grader.url}/sign-in", form=person)

    return work


@pytest.fixture
def learner(page: Page, context: BrowserContext, limits: Grader, sign_in: SignIn) -> Page:
    """Somebody signed in at the quizzes with limits."""
    sign_in(context, limits)
    return page
