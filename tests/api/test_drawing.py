"""Which questions an attempt shows: some of them, in an order of its own, and only to whom has started it."""

from typing import Any

import pytest

from tests.api.content import PAGES, TIMED
from tests.api.parts import Grader, Person

pytestmark = pytest.mark.on_both


@pytest.fixture
async def timed(grader: Grader) -> Grader:
    return await grader.rebuild(PAGES | TIMED)


async def begin(grader: Grader, person: Person, course: str = "timed/exam") -> dict[str, Any]:
    response = await person.http.post("/api/v1/attempts", json={"quiz": grader.revision(course)})
    assert response.status_code in {200, 201}, response.text
    attempt: dict[str, Any] = response.json()
    return attempt


async def test_it_works(timed: Grader, alice: Person) -> None:
    """An attempt shows as many questions as are drawn, each with its HTML, and always the same ones."""
    attempt = await begin(timed, alice)
    shown = [question["id"] for question in attempt["questions"]]
    assert len(set(shown)) == 2
    assert attempt["html"] == {one: f"<fieldset>HIDDEN-{one.upper()}</fieldset>" for one in shown}
    again = (await alice.http.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (again["questions"], again["html"]) == (attempt["questions"], attempt["html"])
    [(stored,)] = await timed.rows("SELECT shown FROM quiz_attempts")
    assert all(f'"question":"{one}"' in stored for one in shown)


async def test_each_attempt_draws_anew(timed: Grader, alice: Person) -> None:
    """Many attempts show all questions, in all orders of their options."""
    unlimited = TIMED["timed/exam.md"].replace(", attempts: 3, cooldown: [0h, 1h]", "")
    fresh = await timed.rebuild(PAGES | TIMED | {"timed/exam.md": unlimited})
    orders = set()
    for _ in range(30):
        attempt = await begin(fresh, alice)
        orders |= {(one["id"], option["text"][:5]) for one in attempt["questions"] for option in one["options"][:1]}
        assert (await alice.submit(attempt["id"], [])).status_code == 200
    assert orders == {(one, text) for one in ("one", "two", "three", "four") for text in ("Right", "Wrong")}


async def test_only_what_is_shown_can_be_answered(timed: Grader, alice: Person) -> None:
    """A question of the quiz that was not drawn is none of the attempt's."""
    attempt = await begin(timed, alice)
    shown = {question["id"] for question in attempt["questions"]}
    other = next(one for one in timed.answers("timed/exam") if one["question"] not in shown)
    for method, last in (("PUT", "responses"), ("POST", "submission")):
        url = f"/api/v1/attempts/{attempt['id']}/{last}"
        response = await alice.http.request(method, url, json={"responses": [other]})
        assert (response.status_code, response.json()["path"]) == (422, "$.responses[0].question")


async def test_what_is_shown_is_all_that_counts(timed: Grader, alice: Person) -> None:
    """The score is that of the questions shown, and the grade reveals these and no others."""
    attempt = await begin(timed, alice)
    shown = [question["id"] for question in attempt["questions"]]
    answers = [one for one in timed.answers("timed/exam") if one["question"] in shown]
    grade = (await alice.submit(attempt["id"], answers)).json()
    assert (grade["score"], [one["question"] for one in grade["questions"]]) == (1.0, shown)


async def test_nothing_before_the_start(timed: Grader, alice: Person, stranger: Person) -> None:
    """The quiz by its revision holds no question, for nobody; other quizzes do."""
    for person in (alice, stranger):
        quiz = (await person.http.get(f"/api/v1/quizzes/{timed.revision('timed/exam')}")).json()
        assert quiz == {"revision": timed.revision("timed/exam"), "course": "timed/exam", "questions": None}
        listed = await person.http.get("/api/v1/attempts", params={"quiz": timed.revision("timed/exam")})
        assert "HIDDEN" not in listed.text


async def test_the_page_has_the_others(timed: Grader, alice: Person) -> None:
    """Where the questions stand in the page they come without HTML; limited attempts have an order of their own."""
    attempt = await begin(timed, alice, "basics/privacy")
    assert attempt["html"] is None
    assert [question["id"] for question in attempt["questions"]] == ["readers", "month"]


async def test_an_attempt_ends_as_it_began(timed: Grader, alice: Person) -> None:
    """When the quiz changes, an open attempt at a quiz without questions in the page goes on with its own ones."""
    attempt = await begin(timed, alice)
    answers = [one for one in timed.answers("timed/exam") if one["question"] in {q["id"] for q in attempt["questions"]}]
    changed = TIMED["timed/exam.md"].replace("HIDDEN", "CHANGED").replace("Right", "True").replace("Wrong", "False")
    fresh = await timed.rebuild(PAGES | TIMED | {"timed/exam.md": changed})
    again = await begin(fresh, alice)
    assert again == attempt
    listed = await alice.http.get("/api/v1/attempts", params={"quiz": fresh.revision("timed/exam")})
    assert (listed.json()["attempts"], listed.json()["open"]["id"]) == ([], attempt["id"])
    grade = (await alice.submit(attempt["id"], answers)).json()
    assert (grade["status"], grade["certification"]["passed_courses"]) == ("PASSED", 1)


async def test_old_attempts_show_what_was_seen(timed: Grader, alice: Person) -> None:
    """Long after the quiz has changed an attempt shows its questions, and explains them with the key of its grade."""
    attempt = await begin(timed, alice)
    answers = [one for one in timed.answers("timed/exam") if one["question"] in {q["id"] for q in attempt["questions"]}]
    grade = (await alice.submit(attempt["id"], answers)).json()
    corrected = TIMED["timed/exam.md"].replace("SENTINEL", "CORRECTED")
    await timed.rebuild(PAGES | TIMED | {"timed/exam.md": corrected})
    changed = corrected.replace("HIDDEN", "CHANGED")
    await timed.rebuild(PAGES | TIMED | {"timed/exam.md": changed})
    seen = (await alice.http.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (seen["questions"], seen["html"]) == (attempt["questions"], attempt["html"])
    assert seen["grade"]["questions"] == grade["questions"]
    assert "SENTINEL" in str(grade["questions"])
