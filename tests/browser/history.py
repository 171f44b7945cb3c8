"""Somebody with a past: everything passed once, then a release, waivers, a revocation and a certificate issued anew."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
from playwright.sync_api import BrowserContext

from grader.catalog.model import Course
from tests.browser.running import Grader, rebuild

STANDING = (
    *("safety/index.md", "safety/basics.md", "safety/alarm.md"),
    *("reports/index.md", "reports/intake.md", "reports/closing.md"),
    *("leave/index.md", "leave/planning.md"),
    *("ended/index.md", "ended/counting.md"),
    *("names/index.md", "names/spelling.md"),
    *("exam/index.md", "exam/honesty.md"),
)

NEW = "\n### Question 2 {#q2 since=2.0}\n\n- [x] Right\n- [ ] Wrong\n"
PERSON = {"name": "Zoë Ångström", "email": "zoe@example.org", "organization": "Acme"}
WAIVED_UNTIL = datetime.now(UTC).date() + timedelta(days=30)


class History(msgspec.Struct, frozen=True):
    grader: Grader
    numbers: dict[str, str]
    """Of the certificates of version 1.0, by track."""

    def sign_in(self, context: BrowserContext) -> None:
        form: dict[str, str | float | bool] = {**PERSON}
        context.request.post(f"{self.grader.url}/sign-in", form=form)


def make_history(grader: Grader) -> History:
    with httpx.Client(base_url=grader.url) as http:
        http.post("/sign-in", data=PERSON)
        for track in grader.artifacts.catalog.tracks:
            if not track.required:
                for course in track.courses:
                    _pass(http, grader, course)
        mine = http.get("/api/v1/me/certificates").json()["certificates"]
    numbers = {one["track"]: one["number"] for one in mine}
    _release(grader.root / "content")
    released = rebuild(grader)
    until, why = ("--until", WAIVED_UNTIL.isoformat()), ("--reason", "A test")
    _command(grader, "waive", PERSON["email"], "leave", *until, *why)
    _command(grader, "waive", PERSON["email"], "safety/basics", *until, *why)
    _command(grader, "reissue", numbers["names"], "--name", "Zoë Berg", "--yes", *why)
    _command(grader, "revoke", numbers["exam"], "--yes", *why)
    return History(released, numbers)


def _pass(http: httpx.Client, grader: Grader, course: Course) -> None:
    assert course.quiz is not None
    key = grader.artifacts.key.quizzes[course.quiz.revision].questions
    attempt = http.post("/api/v1/attempts", json={"quiz": course.quiz.revision}).json()["id"]
    responses = [{"question": name, "response": one.right} for name, one in key.items()]
    http.post(f"/api/v1/attempts/{attempt}/submission", json={"responses": responses}).raise_for_status()


def _release(content: Path) -> None:
    """Version 2.0 of two tracks: one asks something new, and one ends its certificates at once."""
    for track in ("reports", "ended"):
        page = content / track / "index.md"
        page.write_text(page.read_text("utf-8").replace('"1.0"', '"2.0"'), "utf-8")
    for course in ("reports/intake.md", "ended/counting.md"):
        page = content / course
        page.write_text(page.read_text("utf-8") + NEW, "utf-8")


def _command(grader: Grader, *words: str) -> None:
    command = [sys.executable, "-m", "grader.cli", "--root", str(grader.root), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
