"""A small track to be certified in: three required courses and an optional one, each with a quiz of two questions."""

from pathlib import Path
from typing import Any

from grader.catalog.artifacts import Artifacts, read_artifacts
from tests.api.content import publish

TRACK = "basics"
REQUIRED = ("basics/one", "basics/two", "basics/three")
OPTIONAL = "basics/more"

Responses = list[dict[str, Any]]


def write(root: Path) -> Artifacts:
    """The content and its build, with a site of three files in the place of the engine's."""
    publish(root, {"basics/index.md": _track()} | {f"{course}.md": _course(course) for course in (*REQUIRED, OPTIONAL)})
    return read_artifacts(root / "build")


def _track() -> str:
    return (
        "---\ntitle: Basics\n"
        'track: {type: PLATFORM_FUNDAMENTALS, level: FOUNDATION, required: true, version: "1.0"}\n'
        "---\n# Basics\n"
    )


def _course(course: str) -> str:
    name = course.rpartition("/")[2]
    required = "true" if course in REQUIRED else "false"
    return (
        f"---\ntitle: Course {name}\ncourse: {{type: TEXT, minutes: 5, required: {required}}}\n"
        "quiz: {review: always}\n---\n"
        f"# Course {name}\n\n## Quiz\n\n"
        f"### What is {name}? {{#what}}\n\n- [x] A number\n- [ ] A colour\n- [ ] A letter\n\n"
        f"### Is {name} small? {{#small}}\n\n- [x] True\n- [ ] False\n"
    )


def revision(artifacts: Artifacts, course: str) -> str:
    return next(one.quiz.revision for _, one in artifacts.catalog.courses() if one.id == course and one.quiz)


def answers(artifacts: Artifacts, course: str, *, right: bool) -> Responses:
    """All right, or all wrong."""
    quiz = next(one.quiz for _, one in artifacts.catalog.courses() if one.id == course)
    assert quiz is not None
    key = artifacts.key.quizzes[quiz.revision].questions
    return [
        {
            "question": question.id,
            "response": [next(one.id for one in question.options if (one.id in key[question.id].right) == right)],
        }
        for question in quiz.questions
    ]
