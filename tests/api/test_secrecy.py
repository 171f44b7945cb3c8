"""Before a submission no route gives away what is right, or why."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from grader.catalog.artifacts import read_artifacts
from tests.api.content import PAGES, TIMED
from tests.api.parts import Grader, Person

METHODS = ("get", "put", "post", "delete", "patch")


def routes(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((method, path) for path, item in document["paths"].items() for method in METHODS if method in item)


async def test_no_route_of_the_document_tells_an_answer(grader: Grader, alice: Person, stranger: Person) -> None:
    """Every operation of the OpenAPI document but the two that submit, with every name that could be filled in."""
    await grader.rebuild(PAGES | TIMED)
    artifacts = read_artifacts(grader.root / "build")
    document = (await alice.http.get("/api/v1/schema/openapi.json")).json()
    revisions = list(artifacts.key.quizzes)
    attempts = [(await alice.http.post("/api/v1/attempts", json={"quiz": one})).json().get("id") for one in revisions]
    names = [*revisions, *filter(None, attempts), "CERT-2026-00001", "basics", "basics/intake", "key.json"]
    asked = [(method, path) for method, path in routes(document) if not path.endswith(("/submission", "/responses"))]
    assert len(asked) >= 10
    for person in (alice, stranger):
        for method, path in asked:
            for name in names if "{" in path else [""]:
                url = re.sub(r"\{[^}]*\}", name, path)
                for query in ("", f"?quiz={name}&code={name}"):
                    body = {"quiz": name} if method == "post" else None
                    answer = await person.http.request(method, url + query, json=body)
                    assert "SENTINEL" not in answer.text, url
                    assert not tells_the_key(answer.text), url


async def test_no_route_shows_a_question_before_its_start(grader: Grader, alice: Person, stranger: Person) -> None:
    """Where questions come with the start, nothing that can be read shows one before, with every name there is."""
    timed = await grader.rebuild(PAGES | TIMED)
    exam = timed.revision("timed/exam")
    document = (await alice.http.get("/api/v1/schema/openapi.json")).json()
    asked = [path for method, path in routes(document) if method == "get"]
    for person in (alice, stranger):
        for path in asked:
            for name in (exam, "timed", "timed/exam", "questions.json", "one") if "{" in path else ("",):
                url = re.sub(r"\{[^}]*\}", name, path)
                answer = await person.http.get(f"{url}?quiz={exam}")
                assert "HIDDEN" not in answer.text, url
    started = await alice.http.post("/api/v1/attempts", json={"quiz": exam})
    assert started.text.count("<fieldset>HIDDEN") == 2
    assert "HIDDEN" not in (await stranger.http.get(f"/api/v1/attempts/{started.json()['id']}")).text


def tells_the_key(text: str) -> bool:
    """Does the answer hold a member that only keys and grades have?"""
    try:
        return any(
            name in ("right", "feedback", "explanation", "void", "always")
            for name in members(msgspec.json.decode(text))
        )
    except msgspec.DecodeError:
        return False


def members(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                yield name
                if name not in ("schema", "components", "paths"):
                    yield from members(inner)
        case list():
            for inner in value:
                yield from members(inner)


async def test_files_beside_the_site_are_not_served(grader: Grader, alice: Person) -> None:
    """build/key.json, build/questions.json and the database are nowhere under the site's addresses."""
    for path in (
        "/key.json",
        "/questions.json",
        "/build/questions.json",
        "/build/key.json",
        "/../key.json",
        "/..%2fkey.json",
        "/%2e%2e/key.json",
        "/data/grader.db",
    ):
        answer = await alice.http.get(path)
        assert (path, answer.status_code) == (path, 404)


async def test_a_failed_grade_tells_no_answer(grader: Grader, alice: Person) -> None:
    """With `review: on-pass` a failed attempt shows the score and the topics only."""
    course = next(course for _, course in grader.catalog.courses() if course.id == "basics/intake")
    assert course.quiz is not None
    attempt = (await alice.http.post("/api/v1/attempts", json={"quiz": course.quiz.revision})).json()["id"]
    grade = await alice.http.post(f"/api/v1/attempts/{attempt}/submission", json={"responses": []})
    assert grade.json()["status"] == "FAILED"
    assert grade.json()["questions"] is None
    assert "SENTINEL" not in grade.text
