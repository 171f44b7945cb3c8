"""What a learner may expect before starting."""

from typing import Any

import pytest

from tests.api.content import PAGES
from tests.api.parts import Grader, Person

pytestmark = pytest.mark.on_both


async def look(grader: Grader, person: Person, course: str) -> dict[str, Any]:
    listed = await person.http.get("/api/v1/attempts", params={"quiz": grader.revision(course)})
    assert listed.status_code == 200
    found: dict[str, Any] = listed.json()
    found.pop("attempts")
    return found


async def test_it_works(grader: Grader, alice: Person) -> None:
    """How many attempts are left, and that one may start; looking is no attempt."""
    for _ in range(2):
        assert await look(grader, alice, "basics/privacy") == {
            "scope": "FULL",
            "questions": 2,
            "open": None,
            "attempts_left": 2,
            "next_attempt_at": None,
            "refusal": None,
        }
    assert await grader.rows("SELECT * FROM quiz_attempts") == []
    assert (await look(grader, alice, "basics/intake"))["attempts_left"] is None


async def test_open(grader: Grader, alice: Person) -> None:
    """The open attempt is one of those allowed, and it may go on."""
    attempt = await alice.start("basics/privacy")
    found = await look(grader, alice, "basics/privacy")
    assert (found["open"]["id"], found["attempts_left"], found["refusal"]) == (attempt, 1, None)
    assert found["open"]["questions"] is None


async def test_cooldown(grader: Grader, alice: Person) -> None:
    """The refusal is told before it happens, in the words and with the members with which it would."""
    await alice.take("basics/privacy", right=False)
    found = await look(grader, alice, "basics/privacy")
    refused = await alice.http.post("/api/v1/attempts", json={"quiz": grader.revision("basics/privacy")})
    assert found["refusal"] == refused.json()
    assert (refused.json()["next_attempt_at"], refused.json()["attempts_left"]) == (found["next_attempt_at"], 1)
    grader.clock.move(hours=24)
    assert (await look(grader, alice, "basics/privacy"))["refusal"] is None


async def test_spent(grader: Grader, alice: Person) -> None:
    """When no attempt is left, that is said, and nothing about when."""
    for _ in range(2):
        await alice.take("basics/privacy", right=False)
        grader.clock.move(hours=24)
    found = await look(grader, alice, "basics/privacy")
    assert (found["attempts_left"], found["refusal"]["attempts_left"]) == (0, 0)
    assert found["refusal"]["type"].endswith("/attempts-spent")


async def test_prerequisites(grader: Grader, alice: Person) -> None:
    """What is to be completed first is named."""
    found = await look(grader, alice, "expert/secrets")
    assert (found["refusal"]["missing"], found["refusal"]["status"]) == (["Basics"], 409)
    await alice.certify()
    assert (await look(grader, alice, "expert/secrets"))["refusal"] is None


async def test_page_of_old(grader: Grader, alice: Person) -> None:
    """A page that is older than the build is told so at once."""
    old = grader
    await grader.rebuild(PAGES | {"basics/intake.md": PAGES["basics/intake.md"].replace("On receipt", "At once")})
    assert (await look(old, alice, "basics/intake"))["refusal"]["type"].endswith("/quiz-changed")


async def test_renewal(grader: Grader, alice: Person) -> None:
    """Who renews a certificate is told that only what is new will be asked; somebody else is asked everything."""
    await alice.certify()
    new = "\n### Who may wait? {#wait since=2.0}\n\n- [x] Nobody\n- [ ] Everybody\n"
    fresh = await grader.rebuild(
        PAGES
        | {
            "basics/index.md": PAGES["basics/index.md"].replace('"1.0"', '"2.0"'),
            "basics/intake.md": PAGES["basics/intake.md"] + new,
        }
    )
    found = await look(fresh, alice, "basics/intake")
    assert (found["scope"], found["questions"]) == ("RENEWAL", 1)
    async with fresh.client() as http:
        other = await Person(fresh, http).sign_in("Bea", "bea@example.org")
        found = await look(fresh, other, "basics/intake")
        assert (found["scope"], found["questions"]) == ("FULL", 3)
