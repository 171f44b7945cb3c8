"""What a grade reveals, by the quiz's `review`."""

from tests.api.parts import Grader, Person


async def test_on_pass(alice: Person) -> None:
    """By default a fail shows the score only, and the next pass everything."""
    assert (await alice.take("basics/intake", right=False))["questions"] is None
    passed = await alice.take("basics/intake")
    assert [one["correct"] for one in passed["questions"]] == [True, True]


async def test_a_pass_does_not_reveal_earlier_fails(grader: Grader, alice: Person) -> None:
    """The list of attempts keeps silent about the failed ones."""
    await alice.take("basics/intake", right=False)
    await alice.take("basics/intake")
    listed = await alice.http.get("/api/v1/attempts", params={"quiz": grader.revision("basics/intake")})
    assert [one["grade"]["questions"] is None for one in listed.json()["attempts"]] == [False, True]


async def test_last_attempt(grader: Grader, alice: Person) -> None:
    """When no attempt is left, silence would serve nobody: the last fail shows everything, and so do the others."""
    first = await alice.take("basics/privacy", right=False)
    assert (first["questions"], first["attempts_left"]) == (None, 1)
    assert first["next_attempt_at"] == "2026-11-24T12:00:00Z"
    grader.clock.move(hours=24)
    last = await alice.take("basics/privacy", right=False)
    assert (len(last["questions"]), last["attempts_left"]) == (2, 0)
    again = (await alice.http.get(f"/api/v1/attempts/{first['attempt']}")).json()
    assert len(again["grade"]["questions"]) == 2


async def test_always(alice: Person) -> None:
    """`always` shows what is right after a fail, too."""
    grade = await alice.take("basics/history", right=False)
    assert (grade["status"], grade["questions"][0]["correct"]) == ("FAILED", False)
    assert grade["questions"][0]["explanation"] == "<p>SENTINEL-history</p>"


async def test_never(alice: Person) -> None:
    """`never` shows nothing, not even after a pass."""
    grade = await alice.take("open/silence")
    assert (grade["status"], grade["questions"]) == ("PASSED", None)
