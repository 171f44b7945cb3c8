import asyncio
from typing import Any

from tests.api.content import PAGES
from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both


async def test_it_works(grader: Grader, alice: Person) -> None:
    """Starting makes an attempt that is open and empty."""
    revision = grader.revision("basics/intake")
    response = await alice.http.post("/api/v1/attempts", json={"quiz": revision})
    attempt = response.json()
    assert response.status_code == 201
    assert response.headers["location"] == f"/api/v1/attempts/{attempt.pop('id')}"
    assert attempt == {
        "quiz": revision,
        "course": "basics/intake",
        "number": 1,
        "scope": "FULL",
        "status": "IN_PROGRESS",
        "started_at": "2026-11-23T12:00:00Z",
        "due_at": None,
        "seconds_left": None,
        "saved_at": None,
        "submitted_at": None,
        "responses": [],
        "questions": (await alice.http.get(f"/api/v1/quizzes/{revision}")).json()["questions"],
        "html": None,
        "grade": None,
    }


async def test_start_again(grader: Grader, alice: Person) -> None:
    """Starting again goes on with the open attempt: the same one, with its draft."""
    first = await alice.start("basics/intake")
    draft = grader.answers("basics/intake")[:1]
    await alice.http.put(f"/api/v1/attempts/{first}/responses", json={"responses": draft})
    response = await alice.http.post("/api/v1/attempts", json={"quiz": grader.revision("basics/intake")})
    assert (response.status_code, response.json()["id"], response.json()["responses"]) == (200, first, draft)


async def test_many_starts_at_once(grader: Grader, alice: Person) -> None:
    """However many requests start at once, one attempt is open."""
    body = {"quiz": grader.revision("basics/intake")}
    answers = await asyncio.gather(*(alice.http.post("/api/v1/attempts", json=body) for _ in range(64)))
    assert sorted(answer.status_code for answer in answers) == [200] * 63 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await grader.rows("SELECT number, status FROM quiz_attempts") == [(1, "IN_PROGRESS")]


async def test_unknown_quiz(alice: Person) -> None:
    """A revision that is not published is that of a page older than the quiz."""
    response = await alice.http.post("/api/v1/attempts", json={"quiz": "0" * 32})
    assert response.status_code == 409
    assert response.json()["type"].endswith("/quiz-changed")


async def test_practice_is_no_quiz(grader: Grader, alice: Person) -> None:
    """A practice question has no attempts."""
    response = await alice.http.post("/api/v1/attempts", json={"quiz": grader.practice("basics/intake")})
    assert response.status_code == 409


ROUTES: list[tuple[str, str, Any]] = [
    ("POST", "/api/v1/attempts", {"quiz": "x"}),
    ("GET", "/api/v1/attempts?quiz=x", None),
    ("GET", "/api/v1/attempts/x", None),
    ("PUT", "/api/v1/attempts/x/responses", {"responses": []}),
    ("POST", "/api/v1/attempts/x/submission", {"responses": []}),
]


async def test_nobody(stranger: Person) -> None:
    """Who is not signed in is asked to, and nothing else is said."""
    for method, path, body in ROUTES:
        response = await stranger.http.request(method, path, json=body)
        assert (path, response.status_code) == (path, 401)
        assert response.json()["type"].endswith("/sign-in-required")


async def test_somebody_elses(grader: Grader, alice: Person, charlie: Person) -> None:
    """Another learner's attempt does not exist, to read, to fill in or to submit; and nothing changes."""
    attempt = await alice.start("basics/intake")
    before = await grader.dump()
    body = {"responses": grader.answers("basics/intake")}
    for response in (
        await charlie.http.get(f"/api/v1/attempts/{attempt}"),
        await charlie.http.put(f"/api/v1/attempts/{attempt}/responses", json=body),
        await charlie.http.post(f"/api/v1/attempts/{attempt}/submission", json=body),
    ):
        assert response.status_code == 404
        assert response.json()["detail"] == f"There is no attempt '{attempt}'."
    assert await grader.dump() == before
    listed = await charlie.http.get("/api/v1/attempts", params={"quiz": grader.revision("basics/intake")})
    assert (listed.json()["attempts"], listed.json()["open"]) == ([], None)


async def test_get(grader: Grader, alice: Person) -> None:
    """A finished attempt shows what was answered and its grade."""
    grade = await alice.take("basics/intake")
    attempt = (await alice.http.get(f"/api/v1/attempts/{grade['attempt']}")).json()
    assert (attempt["status"], attempt["submitted_at"]) == ("PASSED", "2026-11-23T12:00:00Z")
    assert attempt["responses"] == grader.answers("basics/intake")
    assert attempt["grade"] == grade


async def test_list(grader: Grader, alice: Person) -> None:
    """The newest attempt comes first."""
    for _ in range(3):
        await alice.take("basics/intake", right=False)
    listed = await alice.http.get("/api/v1/attempts", params={"quiz": grader.revision("basics/intake")})
    assert [one["number"] for one in listed.json()["attempts"]] == [3, 2, 1]


async def test_a_long_list(grader: Grader, alice: Person) -> None:
    """Only the newest attempts are listed; older ones are found one by one."""
    first = await alice.take("basics/history", right=False)
    for _ in range(20):
        await alice.take("basics/history", right=False)
    listed = await alice.http.get("/api/v1/attempts", params={"quiz": grader.revision("basics/history")})
    assert [one["number"] for one in listed.json()["attempts"]] == [*range(21, 1, -1)]
    assert (await alice.http.get(f"/api/v1/attempts/{first['attempt']}")).json()["number"] == 1


async def test_list_of_a_renamed_page(grader: Grader, alice: Person) -> None:
    """A page that was renamed begins to count anew; its former attempts stay in the list, without a limit."""
    for _ in range(3):
        await alice.take("basics/intake", right=False)
    page = PAGES["basics/intake.md"].replace("minutes: 10}\n", "minutes: 10}\nquiz: {attempts: 2, review: never}\n")
    renamed = {name: text for name, text in PAGES.items() if name != "basics/intake.md"}
    grader = await grader.rebuild(renamed | {"basics/reception.md": page})
    alice = alice._replace(grader=grader)
    await alice.take("basics/reception", right=False)
    listed = await alice.http.get("/api/v1/attempts", params={"quiz": grader.revision("basics/reception")})
    left = [(one["course"], one["grade"]["attempts_left"]) for one in listed.json()["attempts"]]
    assert sorted(left, key=repr) == [("basics/intake", None)] * 3 + [("basics/reception", 1)]


async def test_list_needs_a_quiz(alice: Person) -> None:
    """Without the quiz the request is refused, and what is missing is named."""
    response = await alice.http.get("/api/v1/attempts")
    assert response.status_code == 422
    assert "'quiz'" in response.json()["detail"]


async def test_quiz_changes_before_the_submission(grader: Grader, alice: Person) -> None:
    """A page that was open while the site was built anew is graded by the questions that it shows."""
    attempt = await alice.start("basics/intake")
    answers = grader.answers("basics/intake")
    old = grader.revision("basics/intake")
    await grader.rebuild(PAGES | {"basics/intake.md": PAGES["basics/intake.md"].replace("On receipt", "At once")})
    response = await alice.submit(attempt, answers)
    assert (response.status_code, response.json()["status"]) == (200, "PASSED")
    assert response.json()["certification"]["passed_courses"] == 1
    assert response.json()["questions"][0]["explanation"] == "<p>SENTINEL-explanation</p>"
    again = await alice.http.post("/api/v1/attempts", json={"quiz": old})
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (409, "quiz-changed")


async def test_course_vanishes_before_the_submission(grader: Grader, alice: Person) -> None:
    """What was answered is graded also when the whole track is gone; it counts towards nothing then."""
    attempt = await alice.start("open/silence")
    answers = grader.answers("open/silence")
    await grader.rebuild({name: text for name, text in PAGES.items() if not name.startswith("open/")})
    response = await alice.submit(attempt, answers)
    assert (response.status_code, response.json()["status"]) == (200, "PASSED")
    assert response.json()["certification"] is None
    assert (await alice.http.get(f"/api/v1/attempts/{attempt}")).json()["grade"] == response.json()


async def test_open_attempt_moves_to_the_new_quiz(grader: Grader, alice: Person) -> None:
    """Starting after a rebuild goes on with the open attempt, at the new questions and without the old draft."""
    attempt = await alice.start("basics/intake")
    draft = {"responses": grader.answers("basics/intake")}
    await alice.http.put(f"/api/v1/attempts/{attempt}/responses", json=draft)
    pages = PAGES | {"basics/intake.md": PAGES["basics/intake.md"].replace("On receipt", "At once")}
    fresh = await grader.rebuild(pages)
    response = await alice.http.post("/api/v1/attempts", json={"quiz": fresh.revision("basics/intake")})
    assert (response.status_code, response.json()["id"], response.json()["responses"]) == (200, attempt, [])
