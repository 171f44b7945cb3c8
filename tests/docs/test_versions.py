"""The rules of versions: each row of the table is what `grader diff` asks for."""

import re
from pathlib import Path

import pytest

from tests.versions.editions import COURSE, OTHER, PAGES, TRACK, compared, edited

GUIDE = (Path(__file__).parents[2] / "docs/versions.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([^|]+) \| (major|minor|none) \| [^|]+ \|$", GUIDE, re.MULTILINE))

Pages = dict[str, str]
NEXT = ('"1.4"', '"2.0"')
OPTIONAL = ("minutes: 5}", "minutes: 5, required: false}")
WITH_OTHER = PAGES | {"basics/triage.md": OTHER}
WITH_OPTIONAL = PAGES | {"basics/triage.md": OTHER.replace(*OPTIONAL)}
MORE = {"more/index.md": TRACK.replace("Basics", "More"), "more/triage.md": OTHER}
CLOCK, STEPS = COURSE[COURSE.index("### When") : COURSE.index("### Put")], "### Put them in order {#steps}"
DAYS = "### Within how many days? [[= 7]] {#days}"


def by(*edits: tuple[str, str]) -> tuple[Pages, Pages]:
    return PAGES, edited(PAGES, *edits)


def rule(text: str) -> tuple[Pages, Pages]:
    return by(("{attempts: 3}", f"{{attempts: 3, {text}}}"))


CASES: dict[str, list[tuple[Pages, Pages]]] = {
    "a required course is new": [(PAGES, WITH_OTHER)],
    "an optional course is required now": [(WITH_OPTIONAL, WITH_OTHER)],
    "the file of a required course has another name": [
        (PAGES, {"basics/index.md": TRACK, "basics/reports.md": COURSE})
    ],
    '`since: "2.0"` at a course, `since=2.0` at a question': [
        by(NEXT, ("minutes: 5}", 'minutes: 5, since: "2.0"}')),
        by(NEXT, ("{#days}", "{#days since=2.0}")),
    ],
    "an optional course is new": [(PAGES, WITH_OPTIONAL)],
    "a course is gone, or optional now": [(WITH_OTHER, PAGES), (WITH_OTHER, WITH_OPTIONAL)],
    "a question is new, gone, or reworded": [
        by((CLOCK, "")),
        by((DAYS, f"{DAYS}\n\n{DAYS.replace('days', 'hours')}")),
        by(("When does", "Since when does")),
    ],
    "options are new, gone, or reworded": [
        by(("- [ ] Never\n", "")),
        by(("- [ ] Never", "- [ ] Never\n- [ ] Always")),
        by(("Never", "Not ever")),
    ],
    "another answer is right, an erratum is marked": [
        by(("[[= 7]]", "[[= 8]]")),
        by(("- [ ] Never", "- [ ] Never {void}")),
    ],
    "points, partial credit, the type of a question": [
        by(("{#days}", "{#days points=2}")),
        by(("{#steps}", "{#steps credit=partial}")),
        by(("{#clock}", "{#clock type=multi}")),
    ],
    "`pass`, `attempts`, `cooldown`, `time_limit`, `draw`": [
        rule("pass: 90%"),
        by(("attempts: 3", "attempts: 2")),
        rule("cooldown: 1h"),
        rule("time_limit: 20m"),
        rule("draw: 2"),
    ],
    "the title of a track or a course, the level": [
        by(("title: Basics", "title: Base")),
        by(("title: Intake", "title: In")),
        by(("FOUNDATION", "ADVANCED")),
    ],
    "the text of a page, a description, minutes, the type of a course": [
        by(("It cannot be stopped.", "It goes on.")),
        by(("title: Intake", "title: Intake\ndescription: New")),
        by(("minutes: 5", "minutes: 6")),
        by(("type: TEXT", "type: INTERACTIVE")),
    ],
    "explanations and feedback": [
        by(("> Whoever reads it first.", "> Always.")),
        by(("    > That comes later.\n", "")),
    ],
    "practice questions": [by(("The urgent one", "The most urgent one"))],
    "`shuffle`, `review`, the order of questions or courses": [
        rule("shuffle: false"),
        rule("review: never"),
        by((DAYS, ""), ("## Quiz", f"## Quiz\n\n{DAYS}")),
        (WITH_OTHER, {name: WITH_OTHER[name] for name in ("basics/triage.md", *PAGES)}),
    ],
    "`topic`, an earlier `since`": [by(("{#days}", "{#days topic=intake}")), by(("{#days}", "{#days since=1.2}"))],
    "whom the track is required of, `grace_days`, `validity_months`, prerequisites": [
        by(("required: true", "required: false")),
        by(("required: true", "grace_days: 9")),
        by(("required: true", "validity_months: 9")),
        (PAGES | MORE, edited(PAGES, ("required: true,", "required: true, prerequisites: [more],")) | MORE),
    ],
    "a track is new, or gone": [(PAGES, PAGES | MORE), (PAGES | MORE, PAGES)],
}


def test_every_row_is_tried() -> None:
    """And nothing is tried that the table does not tell."""
    assert set(ROWS) == set(CASES)


@pytest.mark.parametrize(("change", "editions"), [(row, pair) for row, pairs in CASES.items() for pair in pairs])
def test_the_table_tells_what_is_asked_for(change: str, editions: tuple[Pages, Pages]) -> None:
    """Each change by itself, between two editions of a small content."""
    found = compared(*editions)
    assert [track for track in found if track.changes]
    assert max(track.needed for track in found).word == ROWS[change]


def test_the_author_s_guide_leads_here() -> None:
    """Whoever reads about `version` finds the rules."""
    assert "(versions.md)" in (Path(__file__).parents[2] / "docs/authors.md").read_text("utf-8")
