"""What is taught, edition by edition: two small tracks that change as real ones do."""

import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from grader.catalog.artifacts import read_artifacts
from grader.learning.library import Library
from tests.api.content import publish

BASICS, EXPERT = "basics", "expert"
INTAKE, CLOCK, EXTRA, SECRETS = "basics/intake", "basics/clock", "basics/extra", "expert/secrets"
GRACE = timedelta(days=30)  # of each track
COURSES = (INTAKE, CLOCK, EXTRA, SECRETS)


class Edition(NamedTuple):
    """Of the track `basics`; `expert` stays at 1.0.

    With 2.0 the course `clock` changes, with 3.0 `intake` gets a question more. `erratum`: the key of the first
    question of `intake` turns out to be wrong.
    """

    major: int
    minor: int
    erratum: bool


@cache
def library(edition: Edition) -> Library:
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder), _pages(edition))
        return Library(read_artifacts(Path(folder) / "build"))


def _pages(edition: Edition) -> dict[str, str]:
    basics = f'version: "{edition.major}.{edition.minor}", required: true, grace_days: 30, validity_months: 12'
    changed = ', since: "2.0"' if edition.major >= 2 else ""
    first = _question("q1", right="No" if edition.erratum else "Yes")
    intake = [first, _question("q2")] + ([_question("q3 since=3.0")] if edition.major >= 3 else [])
    return {
        "basics/index.md": _track("Basics", f"type: PLATFORM_FUNDAMENTALS, {basics}"),
        f"{INTAKE}.md": _course("Intake", "", "attempts: 2, cooldown: [1h]", *intake),
        f"{CLOCK}.md": _course("Clock", changed, "time_limit: 10m", _question("q4"), _question("q5")),
        f"{EXTRA}.md": _course("Extra", ", required: false", "review: always", _question("q6")),
        "expert/index.md": _track("Expert", 'type: CASE_MANAGEMENT, version: "1.0", prerequisites: [basics]'),
        f"{SECRETS}.md": _course("Secrets", "", "review: always", _question("q7")),
    }


def _track(title: str, rules: str) -> str:
    return f"---\ntitle: {title}\ntrack: {{level: FOUNDATION, {rules}}}\n---\n# {title}\n"


def _course(title: str, more: str, rules: str, *questions: str) -> str:
    course = f"course: {{type: TEXT, minutes: 5{more}}}"
    return f"---\ntitle: {title}\n{course}\nquiz: {{{rules}}}\n---\n# {title}\n\n## Quiz\n\n{''.join(questions)}"


def _question(name: str, *, right: str = "Yes") -> str:
    marks = {option: "x" if option == right else " " for option in ("Yes", "No", "Perhaps")}
    options = "".join(f"- [{mark}] {option}\n" for option, mark in marks.items())
    return f"### Is it {name.partition(' ')[0]}? {{#{name}}}\n\n{options}\n"
