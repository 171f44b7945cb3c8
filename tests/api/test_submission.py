import asyncio
from typing import Any

import httpx
import pytest

from grader.api.app import MOST_BYTES
from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both

JSON = {"content-type": "application/json"}


async def test_it_works(grader: Grader, alice: Person) -> None:
    """Right answers pass, and a pass shows what is right and why."""
    grade = await alice.take("basics/intake")
    start = grader.answers("basics/intake")[0]["response"]
    assert (grade["status"], grade["score"], grade["passing_score"]) == ("PASSED", 1.0, 0.8)
    assert grade["topics"] == [
        {"id": "clock", "title": "The clock", "score": 1.0},
        {"id": None, "title": "Other questions", "score": 1.0},
    ]
    assert grade["questions"][0]["question"] == "start"
    assert (grade["questions"][0]["correct"], grade["questions"][0]["right"]) == (True, start)
    assert grade["questions"][0]["feedback"][start[0]] == "<p>SENTINEL-feedback-right</p>"
    assert grade["questions"][0]["explanation"] == "<p>SENTINEL-explanation</p>"
    assert (grade["attempts_left"], grade["next_attempt_at"]) == (None, None)
    assert grade["certification"]["passed_courses"] == 1


async def test_fail(grader: Grader, alice: Person) -> None:
    """Half of it right is a fail; the score by topic says where to look."""
    attempt = await alice.start("basics/intake")
    responses = [grader.answers("basics/intake")[0], grader.answers("basics/intake", right=False)[1]]
    grade = (await alice.submit(attempt, responses)).json()
    assert (grade["status"], grade["score"]) == ("FAILED", 0.5)
    assert [topic["score"] for topic in grade["topics"]] == [1.0, 0.0]


async def test_nothing_answered(alice: Person) -> None:
    """An empty submission scores nothing."""
    grade = (await alice.submit(await alice.start("basics/intake"), [])).json()
    assert (grade["status"], grade["score"]) == ("FAILED", 0.0)


async def test_everything_ticked(grader: Grader, alice: Person) -> None:
    """Ticking every option is not the right answer."""
    quiz = next(course.quiz for _, course in grader.catalog.courses() if course.id == "basics/privacy")
    assert quiz is not None
    responses = [{"question": "readers", "response": [option.id for option in quiz.questions[0].options]}]
    grade = (await alice.submit(await alice.start("basics/privacy"), responses)).json()
    assert grade["score"] == 0.0


async def test_same_again(grader: Grader, alice: Person) -> None:
    """The same answers again, in whichever order, get the same grade, and nothing is written."""
    attempt = await alice.start("basics/privacy")
    readers, month = grader.answers("basics/privacy")
    first = await alice.submit(attempt, [readers, month])
    before = await grader.dump()
    grader.clock.move(minutes=5)
    shuffled = readers | {"response": readers["response"][::-1]}
    for responses in ([readers, month], [month, readers], [shuffled, month]):
        again = await alice.submit(attempt, responses)
        assert (again.status_code, again.json()) == (200, first.json())
    assert await grader.dump() == before


async def test_empty_is_no_answer(grader: Grader, alice: Person) -> None:
    """A question left empty is as one left out, also when it comes again."""
    attempt = await alice.start("basics/intake")
    start = grader.answers("basics/intake")[0]
    first = await alice.submit(attempt, [start])
    again = await alice.submit(attempt, [start, {"question": "anonymous", "response": []}])
    assert (again.status_code, again.json()) == (200, first.json())


async def test_other_answers(grader: Grader, alice: Person) -> None:
    """A finished attempt takes no other answers, and no draft."""
    attempt = await alice.start("basics/intake")
    await alice.submit(attempt, grader.answers("basics/intake", right=False))
    before = await grader.dump()
    body = {"responses": grader.answers("basics/intake")}
    for response in (
        await alice.http.post(f"/api/v1/attempts/{attempt}/submission", json=body),
        await alice.http.put(f"/api/v1/attempts/{attempt}/responses", json=body),
    ):
        assert response.status_code == 409
        assert response.json()["type"].endswith("/attempt-finished")
    assert await grader.dump() == before


async def test_many_at_once(grader: Grader, alice: Person) -> None:
    """Of many identical submissions each gets the same grade; one attempt, one certificate, one print come of it."""
    await alice.take("basics/intake")
    attempt = await alice.start("basics/privacy")
    answers = grader.answers("basics/privacy")
    responses = await asyncio.gather(*(alice.submit(attempt, answers) for _ in range(64)))
    assert {response.status_code for response in responses} == {200}
    assert len({response.text for response in responses}) == 1
    assert await grader.rows("SELECT number FROM certificates") == [("CERT-2026-00001",)]
    assert await grader.rows("SELECT count(*) FROM outbox") == [(1,)]
    assert await grader.rows("SELECT action FROM audit_events WHERE action LIKE 'cert%' ORDER BY action") == [
        ("certificate.issued",),
        ("certification.completed",),
        ("certification.started",),
    ]


async def test_start_and_submit_at_once(grader: Grader, alice: Person) -> None:
    """Attempts that are started and submitted in a muddle are numbered without gaps, and one at a time is open."""

    async def once(n: int) -> None:
        await alice.submit(await alice.start("basics/history"), grader.answers("basics/history", right=bool(n % 2)))

    await asyncio.gather(*(once(n) for n in range(32)))
    numbers = [number for (number,) in await grader.rows("SELECT number FROM quiz_attempts ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))


NOT_IN_THE_QUIZ: list[tuple[list[dict[str, Any]], str]] = [
    ([{"question": "nope", "response": []}], "$.responses[0].question"),
    ([{"question": "turn", "response": []}], "$.responses[0].question"),
    ([{"question": "start", "response": []}, {"question": "start", "response": []}], "$.responses[1].question"),
    ([{"question": "start", "response": ["nope"]}], "$.responses[0].response[0]"),
    ([{"question": "start", "response": ["<anonymous>"]}], "$.responses[0].response[0]"),
    ([{"question": "start", "response": ["<start>", "<start>"]}], "$.responses[0].response[1]"),
]
"""Responses, and the place that is refused. `<start>` stands for the right option of that question."""


async def test_what_is_not_in_the_quiz(grader: Grader, alice: Person) -> None:
    """Questions, options and doubles that the quiz does not hold are refused with their place; nothing is recorded."""
    attempt = await alice.start("basics/intake")
    known = {f"<{one['question']}>": one["response"][0] for one in grader.answers("basics/intake")}
    before = await grader.dump()
    for given, path in NOT_IN_THE_QUIZ:
        responses = [one | {"response": [known.get(option, option) for option in one["response"]]} for one in given]
        for method, last in (("PUT", "responses"), ("POST", "submission")):
            url = f"/api/v1/attempts/{attempt}/{last}"
            response = await alice.http.request(method, url, json={"responses": responses})
            assert (given, response.status_code, response.json()["path"]) == (given, 422, path)
            assert response.headers["content-type"] == "application/problem+json"
    assert await grader.dump() == before


NO_SUBMISSIONS = [
    (b"", 422, "$"),
    (b"null", 422, "$"),
    (b"[]", 422, "$"),
    (b"{}", 422, "$"),
    (b'{"responses": 1}', 422, "$.responses"),
    (b'{"responses": {"start": ["x"]}}', 422, "$.responses"),
    (b'{"responses": [], "passed": true}', 422, "$"),
    (b'{"responses": [{"question": 1, "response": []}]}', 422, "$.responses[0].question"),
    (b'{"responses": [{"question": "start", "response": "x"}]}', 422, "$.responses[0].response"),
    (b'{"responses": [{"question": "start", "response": [null]}]}', 422, "$.responses[0].response[0]"),
    (b'{"responses": [{"question": "start"}]}', 422, "$.responses[0]"),
    (b'{"responses": [{"question": "start", "response": [], "score": 1}]}', 422, "$.responses[0]"),
    (b"{", 400, "$"),
    (b"responses=1", 400, "$"),
    (b"\xff\xfe", 400, "$"),
    (b'{"responses": [{"question": "start", "response": ["\xff"]}]}', 400, "$"),
    (b'{"responses": [{"question": "start", "response": ["\\ud800"]}]}', 400, "$"),
    (b'{"responses": ' + b"[" * 100_000, 400, "$"),
]


async def test_what_is_no_submission(grader: Grader, alice: Person) -> None:
    """A body of another shape is refused with its place; nothing is recorded."""
    for body, status, path in NO_SUBMISSIONS:
        attempt = await alice.start("basics/intake")
        before = await grader.dump()
        response = await alice.http.post(f"/api/v1/attempts/{attempt}/submission", content=body, headers=JSON)
        assert (response.status_code, response.json()["path"]) == (status, path)
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["type"].endswith("/invalid-request")
        assert await grader.dump() == before


@pytest.mark.parametrize("told", [True, False])
async def test_too_large(grader: Grader, alice: Person, *, told: bool) -> None:
    """A huge body is refused, whether its length is told or not."""

    async def body() -> Any:
        yield b" " * MOST_BYTES
        yield b" "

    attempt = await alice.start("basics/intake")
    content = b" " * (MOST_BYTES + 1) if told else body()
    response = await alice.http.post(f"/api/v1/attempts/{attempt}/submission", content=content, headers=JSON)
    assert response.status_code == 413
    assert response.json()["type"].endswith("/too-large")


async def test_unknown_attempt(alice: Person) -> None:
    """An attempt that does not exist cannot be submitted."""
    response = await alice.submit("01936d6e-0000-7000-8000-000000000000", [])
    assert response.status_code == 404
    assert response.json()["type"].endswith("/not-found")


async def test_draft(grader: Grader, alice: Person) -> None:
    """A draft is kept as it is, replaced by the next one, and not graded."""
    attempt = await alice.start("basics/intake")
    answers = grader.answers("basics/intake")
    for draft in (answers, answers[:1]):
        response = await alice.http.put(f"/api/v1/attempts/{attempt}/responses", json={"responses": draft})
        assert (response.status_code, response.content) == (204, b"")
        found = (await alice.http.get(f"/api/v1/attempts/{attempt}")).json()
        assert (found["status"], found["responses"], found["grade"]) == ("IN_PROGRESS", draft, None)
    assert (await alice.submit(attempt, [])).json()["score"] == 0.0


async def test_draft_of_another_device(grader: Grader, alice: Person) -> None:
    """A draft that knows which one it replaces does not replace another; the tag of each comes with it."""
    attempt = await alice.start("basics/intake")
    url = f"/api/v1/attempts/{attempt}/responses"
    start, anonymous = grader.answers("basics/intake")

    async def save(answer: dict[str, Any], seen: str) -> httpx.Response:
        return await alice.http.put(url, json={"responses": [answer]}, headers={"if-match": seen})

    first = await save(start, '""')
    assert (first.status_code, first.headers["etag"]) == (204, '"2026-11-23T12:00:00Z"')
    grader.clock.move(seconds=0.5)
    other = await save(anonymous, '""')
    assert (other.status_code, other.json()["type"].rpartition("/")[2]) == (412, "draft-changed")
    seen = (await alice.http.get(f"/api/v1/attempts/{attempt}")).json()
    assert seen["responses"] == [start]
    again = await save(anonymous, f'"{seen["saved_at"]}"')
    assert (again.status_code, again.headers["etag"]) == (204, '"2026-11-23T12:00:00.500000Z"')
    for nonsense in ("x", '"x"', "*", "1"):
        assert (await save(start, nonsense)).status_code == 400
    await alice.submit(attempt, [anonymous])
    finished = await save(start, '""')
    assert finished.json()["type"].endswith("/attempt-finished")
