from tests.api.parts import Grader, Person


async def test_it_works(grader: Grader, stranger: Person) -> None:
    """Anybody may read the catalog: tracks and courses in order, and the rules of their quizzes."""
    response = await stranger.http.get("/api/v1/catalog")
    tracks = response.json()["tracks"]
    assert response.status_code == 200
    assert [track["id"] for track in tracks] == ["basics", "expert", "open"]
    assert [course["id"] for course in tracks[0]["courses"]] == ["basics/intake", "basics/privacy", "basics/history"]
    assert tracks[0]["minutes"] == 15
    assert tracks[0]["courses"][1]["quiz"] == {
        "revision": grader.revision("basics/privacy"),
        "questions": 2,
        "passing_score": 0.8,
        "attempts": 2,
        "cooldown": [86400],
        "time_limit": None,
        "review": "on-pass",
    }


async def test_quiz(grader: Grader, stranger: Person) -> None:
    """A quiz is its questions and options, by its revision."""
    revision = grader.revision("basics/intake")
    quiz = (await stranger.http.get(f"/api/v1/quizzes/{revision}")).json()
    assert (quiz["revision"], quiz["course"]) == (revision, "basics/intake")
    assert [question["id"] for question in quiz["questions"]] == ["start", "anonymous"]
    assert {option["text"] for option in quiz["questions"][0]["options"]} == {"On receipt", "On opening"}
    assert all(option.keys() == {"id", "text"} for question in quiz["questions"] for option in question["options"])


async def test_unknown_quiz(stranger: Person) -> None:
    """A revision that is not published is not found."""
    response = await stranger.http.get("/api/v1/quizzes/0")
    assert response.status_code == 404
    assert response.json()["type"].endswith("/not-found")
