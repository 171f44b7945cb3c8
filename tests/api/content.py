"""A small content for a grader under test, its right answers, and what a build would make of it."""

from pathlib import Path
from typing import Any

from grader.catalog.artifacts import write_artifacts
from grader.catalog.model import Catalog
from grader.catalog.nav import NavEntry
from grader.catalog.scan import scan

PAGES = {
    "basics/index.md": """\
---
title: Basics
track: {type: PLATFORM_FUNDAMENTALS, level: FOUNDATION, required: true, version: "1.0"}
---
# Basics
""",
    "basics/intake.md": """\
---
title: Intake
course: {type: TEXT, minutes: 10}
---
# Intake

## The clock {#clock}

!!! question "Whose turn is it? {#turn}"
    - [x] The case manager's
        > SENTINEL-practice-feedback
    - [ ] The reporter's

    > SENTINEL-practice-explanation

## Quiz

### When does the clock start? {#start topic=clock}

- [x] On receipt
    > SENTINEL-feedback-right
- [ ] On opening
    > SENTINEL-feedback-wrong

> SENTINEL-explanation

### A reporter may stay anonymous. {#anonymous}

- [x] True
- [ ] False
""",
    "basics/privacy.md": """\
---
title: Privacy
course: {type: TEXT, minutes: 5}
quiz: {attempts: 2, cooldown: 24h}
---
# Privacy

## Quiz

### Who may read a report? {#readers}

- [x] The assigned case manager
- [x] The auditor
- [ ] Everybody

> SENTINEL-privacy

### Name the month of the audit: [[May|may we say]] {#month}
""",
    "basics/history.md": """\
---
title: History
course: {type: TEXT, minutes: 5, required: false}
quiz: {review: always}
---
# History

## Quiz

### Was there a first report? {#first}

- [x] Yes
- [ ] No

> SENTINEL-history
""",
    "expert/index.md": """\
---
title: Expert
track: {type: CASE_MANAGEMENT, level: ADVANCED, required: false, version: "1.0", prerequisites: [basics]}
---
# Expert
""",
    "expert/secrets.md": """\
---
title: Secrets
course: {type: TEXT, minutes: 5}
quiz: {review: never}
---
# Secrets

## Quiz

### Can you keep one? {#keep}

- [x] I can
- [ ] I cannot

> SENTINEL-secrets
""",
    "open/index.md": """\
---
title: Open
track: {type: CASE_MANAGEMENT, level: ADVANCED, required: false, version: "1.0"}
---
# Open
""",
    "open/silence.md": """\
---
title: Silence
course: {type: TEXT, minutes: 5}
quiz: {review: never}
---
# Silence

## Quiz

### Is it golden? {#golden}

- [x] It is
- [ ] It glitters

> SENTINEL-silence
""",
}

TIMED = {
    "timed/index.md": """\
---
title: Timed
track: {type: CASE_MANAGEMENT, level: ADVANCED, required: false, version: "1.0"}
---
# Timed
""",
    "timed/exam.md": """\
---
title: Exam
course: {type: TEXT, minutes: 5}
quiz: {draw: 2, time_limit: 20m, attempts: 3, cooldown: [0h, 1h]}
---
# Exam

## Quiz

### HIDDEN-ONE {#one}

- [x] Right 1
    > SENTINEL-one
- [ ] Wrong 1

### HIDDEN-TWO {#two}

- [x] Right 2
- [ ] Wrong 2

> SENTINEL-two

### HIDDEN-THREE {#three}

- [x] Right 3
- [ ] Wrong 3

### HIDDEN-FOUR {#four}

- [x] Right 4
- [ ] Wrong 4

> SENTINEL-four
""",
}
"""A track to publish beside the others: two of four questions, within twenty minutes, three times."""

RIGHT = {
    "one": ["Right 1"],
    "two": ["Right 2"],
    "three": ["Right 3"],
    "four": ["Right 4"],
    "start": ["On receipt"],
    "anonymous": ["True"],
    "readers": ["The assigned case manager", "The auditor"],
    "month": ["May"],
    "first": ["Yes"],
    "keep": ["I can"],
    "golden": ["It is"],
    "turn": ["The case manager's"],
}


def publish(root: Path, pages: dict[str, str]) -> Catalog:
    """Write content/ and what a build makes of it, with a site of three files in the place of the engine's."""
    for name, text in pages.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = scan(root / "content", [NavEntry(name, 1) for name in pages])
    assert found.diagnostics == ()
    site = root / "build" / "site"
    for name, data in (
        ("index.html", b"<h1>Learning</h1>"),
        ("404.html", b"<h1>No such page</h1>"),
        ("basics/index.html", b"<h1>Basics</h1>"),
        ("media/film.mp4", bytes(range(256)) * 4),
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    hidden = {
        course.quiz.revision: {one.id: f"<fieldset>{one.text}</fieldset>" for one in course.quiz.questions}
        for _, course in found.catalog.courses()
        if course.quiz and course.quiz.rules.hidden
    }
    write_artifacts(root / "build", found.catalog, found.key, hidden)
    return found.catalog


def answers(catalog: Catalog, course: str, *, right: bool = True) -> list[dict[str, Any]]:
    """Responses to the quiz of a course: all right, or all wrong."""
    quiz = next(one.quiz for _, one in catalog.courses() if one.id == course)
    assert quiz is not None
    return [
        {
            "question": question.id,
            "response": [option.id for option in question.options if (option.text in RIGHT[question.id]) == right]
            or (RIGHT[question.id] if right else ["December"]),
        }
        for question in quiz.questions
    ]
