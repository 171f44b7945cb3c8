"""Writes docs/mistakes.md from the contents of tests/courses: `.venv/bin/python -m tests.docs.mistakes`."""

from pathlib import Path

from grader.diagnostics import Diagnostic
from tests.catalog.test_broken import BROKEN, ROOT, mistakes

PAGE = ROOT / "docs" / "mistakes.md"
AROUND = 3
"""Lines shown before and after the place of a mistake."""

HEAD = """\
# Mistakes that `grader check` finds

Each has a code, the place where it shows, and a cure. The examples are contents of the tests, which make just this
mistake and no other; `>` marks the line that is named. This page is made from them: `.venv/bin/python -m
tests.docs.mistakes`.
"""


def page() -> str:
    return HEAD + "".join(_entry(folder) for folder in BROKEN)


def _entry(folder: Path) -> str:
    first = mistakes(folder)[0]
    cure = f"**Cure:** {first.hint}." if first.hint else "**Cure:** change what the message names."
    return f"\n## {first.code}\n\n{first.message}\n\n{_example(folder, first)}\n\n{cure}\n"


def _example(folder: Path, mistake: Diagnostic) -> str:
    lines = (folder / mistake.path).read_text("utf-8", "replace").split("\n")
    begin = max(mistake.line - 1 - AROUND, 0)
    shown = [
        f"{'>' if number == mistake.line else ' '} {text}".rstrip()
        for number, text in enumerate(lines[begin : mistake.line + AROUND], begin + 1)
    ]
    fence = "~~~~~"  # no example holds it
    return "\n".join(
        [f"`{mistake.path}`, line {mistake.line}, column {mistake.column}:", "", f"{fence}text", *shown, fence]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
