"""Two editions of a small content, and what changed between them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from grader.catalog.nav import NavEntry
from grader.catalog.scan import Scan, scan
from grader.versions.change import TrackChanges
from grader.versions.edition import edition_of
from grader.versions.tracks import compare

TRACK = """\
---
title: Basics
track: {type: PLATFORM_FUNDAMENTALS, level: FOUNDATION, required: true, version: "1.4"}
---

# Basics
"""

COURSE = """\
---
title: Intake
course: {type: TEXT, minutes: 5}
quiz: {attempts: 3}
---

# Intake

Who receives a report starts a clock.

It cannot be stopped.

!!! question "Which one first? {#urgent}"

    - [x] The urgent one
    - [ ] The long one

## Quiz

### When does the clock start? {#clock}

- [x] On receipt
- [ ] On assignment to a case manager
    > That comes later.
- [ ] Never

> Whoever reads it first.

### Put them in order {#steps}

1. Acknowledge
2. Assess
3. Investigate

### What belongs together? {#terms}

| Term | Meaning |
| --- | --- |
| Intake | The report comes in |
| Triage | Somebody decides who handles it |

### Within how many days? [[= 7]] {#days}

### Punishing somebody for a report is called [[retaliation|reprisal]]. {#word}
"""

OTHER = (
    COURSE.replace("Intake\n", "Triage\n")
    .replace("When does the clock start", "Who decides about a report")
    .replace("Which one first", "What do you do first")
)
"""Another course."""

PAGES = {"basics/index.md": TRACK, "basics/intake.md": COURSE}


def read(pages: dict[str, str]) -> Scan:
    """Without mistakes, in the order of `nav`."""
    with TemporaryDirectory() as folder:
        for name, text in pages.items():
            path = Path(folder) / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found = scan(Path(folder) / "content", [NavEntry(name, 1) for name in pages])
    assert not found.diagnostics, found.diagnostics
    return found


def edited(pages: dict[str, str], *edits: tuple[str, str]) -> dict[str, str]:
    """Each edit replaces a text that stands in one page."""
    for old, new in edits:
        [name] = [name for name, text in pages.items() if old in text]
        pages = pages | {name: pages[name].replace(old, new)}
    return pages


def compared(before: dict[str, str], after: dict[str, str]) -> tuple[TrackChanges, ...]:
    return compare(edition_of(read(before)), edition_of(read(after)))


def changes(*edits: tuple[str, str]) -> list[tuple[str, str]]:
    """What the edits of the small content ask for, and how that is said."""
    [track] = compared(PAGES, edited(PAGES, *edits))
    return [(change.bump.word, change.what) for change in track.changes]
