"""What learners have asked for and what they were told: what a crash must not take back."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.reliability.content import OPTIONAL, REQUIRED, Responses


@dataclass
class Step:
    """One attempt that a learner is going to make."""

    course: str
    right: bool
    drafts: int
    attempt: str | None = None  # its id, when the grader has told it
    saved: Responses | None = None  # the last draft that the grader has confirmed
    saving: Responses | None = None  # a draft under way
    submitting: bool = False  # sent, perhaps more than once
    grade: dict[str, Any] | None = None  # when the grader has told it


@dataclass
class Learner:
    name: str
    email: str
    steps: list[Step]
    cookie: str | None = None
    done: list[Step] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return not self.steps


def enrol(number: int, chance: Random) -> Learner:
    """A newcomer with a way of their own. Half of them want the certificate, the others give up on the way."""
    courses = [*REQUIRED, *([OPTIONAL] if chance.random() < 0.2 else [])]
    chance.shuffle(courses)
    if chance.random() < 0.5:
        courses = courses[: chance.randint(1, 2)]
    steps = [
        Step(course, right=right, drafts=chance.choice((0, 0, 1, 2)))
        for course in courses
        for right in ([False] * chance.choice((0, 0, 0, 1))) + [True]
    ]
    return Learner(f"Learner {number}", f"learner-{number}@example.org", steps)


def kept(grade: dict[str, Any]) -> dict[str, Any]:
    """Of a grade, what never changes: not how the learner stands in the track, which later attempts move on."""
    return {name: value for name, value in grade.items() if name not in ("certification", "attempts_left")}
