"""A key that was wrong, its correction, and the command that makes grades anew."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.api.content import PAGES, publish
from tests.api.parts import Grader, Person

WRONG_KEY = PAGES | {
    "basics/intake.md": PAGES["basics/intake.md"]
    .replace("- [x] On receipt", "- [ ] On receipt")
    .replace("- [ ] On opening", "- [x] On opening")
}
"""What was published at first: the wrong option marked. PAGES is the correction."""

Regrade = Callable[..., Awaitable[str]]


async def publish_key(grader: Grader, pages: dict[str, str]) -> None:
    """Another key for the same questions, taken in by the running grader."""
    publish(grader.root, pages)
    before = await grader.rows("SELECT count(*) FROM quiz_keys")
    async with asyncio.timeout(10):
        while await grader.rows("SELECT count(*) FROM quiz_keys") == before:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def correct(grader: Grader, pages: dict[str, str] = PAGES) -> None:
    """PAGES had been published before the wrong key was, so there is no new key to wait for."""
    publish(grader.root, pages)
    await asyncio.sleep(1)


async def take_wrongly(person: Person) -> dict[str, Any]:
    """What the wrong key takes for right."""
    name = await person.start("basics/intake")
    wrong, right = person.grader.answers("basics/intake", right=False), person.grader.answers("basics/intake")
    grade: dict[str, Any] = (await person.submit(name, [wrong[0], right[1]])).json()
    return grade


async def attempt(person: Person, name: str) -> dict[str, Any]:
    found: dict[str, Any] = (await person.http.get(f"/api/v1/attempts/{name}")).json()
    return found


def lines(said: str) -> list[list[str]]:
    """The table: columns are two blanks apart, or more."""
    return [re.split(r" {2,}|(?<=-[0-9a-f]{12}) ", line) for line in said.splitlines()]
