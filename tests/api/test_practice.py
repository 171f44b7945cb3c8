import pytest

from tests.api.parts import Grader, Person


def options(grader: Grader) -> dict[str, str]:
    """The ids of the practice question's options, by their text."""
    course = next(course for _, course in grader.catalog.courses() if course.id == "basics/intake")
    return {option.text: option.id for option in course.practice[0].question.options}


async def test_it_works(grader: Grader, alice: Person) -> None:
    """A practice question is graded at once, with everything there is to say."""
    ids = options(grader)
    url = f"/api/v1/practice/{grader.practice('basics/intake')}/responses"
    response = await alice.http.post(url, json={"response": [ids["The case manager's"]]})
    assert response.status_code == 200
    assert response.json() == {
        "question": "turn",
        "correct": True,
        "right": [ids["The case manager's"]],
        "feedback": {ids["The case manager's"]: "<p>SENTINEL-practice-feedback</p>"},
        "explanation": "<p>SENTINEL-practice-explanation</p>",
    }


async def test_wrong(grader: Grader, alice: Person) -> None:
    """A wrong answer is not correct; it may be tried as often as wanted, and only that is recorded."""
    before = await grader.dump()
    wrong = options(grader)["The reporter's"]
    url = f"/api/v1/practice/{grader.practice('basics/intake')}/responses"
    for _ in range(3):
        response = await alice.http.post(url, json={"response": [wrong]})
        assert (response.status_code, response.json()["correct"]) == (200, False)
    activities = (await grader.dump()).pop("activities")
    assert before | {"activities": activities} == await grader.dump()
    tried = await grader.rows("SELECT course, kind, question, response, correct, at FROM activities")
    assert tried == [("basics/intake", "PRACTICE", "turn", f'["{wrong}"]', 0, "2026-11-23T12:00:00.000000Z")] * 3


@pytest.mark.parametrize(
    ("given", "path"),
    [([], "$.response"), ([""], "$.response"), (["nope"], "$.response[0]"), ("both", "$.response[1]")],
)
async def test_no_answer(grader: Grader, alice: Person, given: list[str] | str, path: str) -> None:
    """Nothing is said before an answer is given that the question can take."""
    response = await alice.http.post(
        f"/api/v1/practice/{grader.practice('basics/intake')}/responses",
        json={"response": list(options(grader).values()) if given == "both" else given},
    )
    assert (response.status_code, response.json()["path"]) == (422, path)
    assert "SENTINEL" not in response.text
    assert await grader.rows("SELECT * FROM activities") == []


async def test_quizzes_cannot_be_practised(grader: Grader, alice: Person) -> None:
    """The revision of a quiz names no practice question."""
    response = await alice.http.post(
        f"/api/v1/practice/{grader.revision('basics/history')}/responses", json={"response": ["x"]}
    )
    assert response.status_code == 409
    assert response.json()["type"].endswith("/quiz-changed")


async def test_nobody(grader: Grader, stranger: Person) -> None:
    """Practising is for who is signed in."""
    response = await stranger.http.post(
        f"/api/v1/practice/{grader.practice('basics/intake')}/responses", json={"response": ["x"]}
    )
    assert response.status_code == 401
