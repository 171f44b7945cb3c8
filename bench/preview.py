"""From saving a page to seeing it: `grader preview` against `mkdocs serve` on the same pages, in a real browser."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import write_project
from bench.process import cpu_seconds, program
from bench.report import Report, figure, report
from bench.server import serving
from grader.certificates.chromium import find_chromium, needs_no_sandbox

QUESTIONS = 5
COURSE = "track-01/course-0001"
PATIENCE = 60_000
"""Milliseconds until an edit has to be seen."""


class Seen(NamedTuple):
    wall: float  # seconds from the end of the write until the browser shows it
    cpu: float  # seconds of the server


class Writer:
    """An author with one page open in the browser."""

    def __init__(self, file: Path, page: Page, pid: int) -> None:
        self.file = file
        self.page = page
        self.pid = pid
        self._text = file.read_text("utf-8")
        self._words = (f"Edited for the {n}th time." for n in count(1))

    def edit(self) -> Seen:
        words = next(self._words)
        before = cpu_seconds(self.pid)
        self.file.write_text(self._text.replace("## Part 1", f"{words}\n\n## Part 1"), "utf-8")
        written = time.perf_counter()
        self.page.get_by_text(words).wait_for()
        return Seen(time.perf_counter() - written, cpu_seconds(self.pid) - before)


def measure(source: Path, folder: Path, *, pages: int, rounds: int) -> Report:
    """One edit each in turn, after one that does not count. Each server has a folder of its own."""
    address = ["--dev-addr", "127.0.0.1:{port}"]
    commands = {
        "ours": [program("grader"), "preview"],
        "zensical": [program("grader"), "preview", "--engine", "zensical"],
        "control": [program("mkdocs"), "serve", "--quiet", "--config-file", "control.yml", *address],
    }
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        writers = []
        for name, command in commands.items():
            write_project(folder / name, source, pages=pages, questions=QUESTIONS)
            server = stack.enter_context(serving(command, folder=folder / name, log=folder / f"{name}.log"))
            page = browser.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"http://127.0.0.1:{server.port}/{COURSE}/")
            writers.append(Writer(folder / name / "content" / f"{COURSE}.md", page, server.pid))
        for writer in writers:
            writer.edit()
        ours, zensical, control = zip(*([writer.edit() for writer in writers] for _ in range(rounds)), strict=True)
    return _report(pages, rounds, ours, zensical, control)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(None), chromium_sandbox=not needs_no_sandbox()
        )
        yield browser
        browser.close()


def _report(pages: int, rounds: int, ours: Sequence[Seen], zensical: Sequence[Seen], control: Sequence[Seen]) -> Report:
    walls, cpus = [one.wall for one in control], [one.cpu for one in control]
    return report(
        "preview",
        ours="grader preview",
        control="mkdocs serve",
        settings={"pages": pages, "questions a page": QUESTIONS, "rounds": rounds},
        figures=[
            figure("until an edit is seen", "s", [one.wall for one in ours], walls),
            figure("server's CPU for it", "s", [one.cpu for one in ours], cpus),
            figure("by Zensical: until an edit is seen", "s", [one.wall for one in zensical], walls),
        ],
    )
