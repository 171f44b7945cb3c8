"""The widget while nothing can be stored: the answers wait in the browser, and are graded when the grader is back."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.postgresql import postgresql
from tests.browser.conftest import SignIn
from tests.browser.quiz import answer_all, course_of, expect_result, submit
from tests.browser.running import Grader
from tests.reliability import faults
from tests.reliability.books import Books, PostgresBooks, SqliteBooks
from tests.reliability.faults import Fault
from tests.reliability.graders import Grader as KillableGrader
from tests.reliability.graders import Nursery
from tests.reliability.rounds import Trial

pytestmark = pytest.mark.browser

COURSE = "every/question"
PATIENCE = 40_000
"""Milliseconds until a grader has noticed, or is back."""


@pytest.fixture
def trial(graders: Nursery, fault: Fault, all_types: Grader, tmp_path: Path) -> Iterator[Trial]:
    """A grader of the same content that may come to harm, on the database that the fault is for."""
    shutil.copytree(all_types.root / "build", tmp_path / "build")
    books: Books = SqliteBooks(tmp_path / "data" / "grader.db")
    with ExitStack() as stack:
        if fault is faults.stopped_server:
            books = PostgresBooks(stack.enter_context(postgresql()), "postgres")
        made = Trial(KillableGrader(graders, tmp_path, books.url), books, all_types.artifacts, seed=0)
        stack.callback(made.grader.kill)
        made.grader.start()
        yield made


@pytest.mark.parametrize(
    "fault", [faults.locked, faults.stopped_server, faults.killed_grader], ids=lambda fault: fault.__name__
)
def test_answers_wait(
    page: Page, context: BrowserContext, sign_in: SignIn, trial: Trial, all_types: Grader, fault: Fault
) -> None:
    """Submitted meanwhile, they are kept, the page says so, and the grade comes by itself: one attempt, one grade."""
    here = Grader(trial.grader.url, all_types.artifacts, trial.grader.root)
    sign_in(context, here)
    page.goto(f"{here.url}/every/question/")
    expect_result(page, "ready")
    answer_all(page, here, course_of(here, COURSE))
    with fault(trial):
        submit(page)
        form = page.locator("quiz-form")
        expect(form).to_have_attribute("state", "waiting", timeout=PATIENCE)
        expect(form.get_by_role("status").first).to_contain_text("saved in this browser")
        expect(form.get_by_role("button", name="Try again")).to_be_visible()
    expect(form).to_have_attribute("state", "passed", timeout=PATIENCE)
    expect(page.locator(".quiz-result")).to_contain_text("100 %")
    stored = trial.books.rows("SELECT status, number, score FROM quiz_attempts")
    assert stored == [("PASSED", 1, 1.0)]
