import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from grader.diagnostics import Diagnostic
from grader.preview.desk import Desk, News, address
from grader.preview.workshop import Round

MISTAKE = Diagnostic(
    path="content/basics/intake.md", line=3, column=2, code="no-right-option", message="No.", hint="Do."
)


async def told(stream: AsyncIterator[bytes]) -> News:
    event = await asyncio.wait_for(anext(stream), 5)
    assert event.startswith(b"data: ")
    assert event.endswith(b"\n\n")
    return msgspec.json.decode(event.removeprefix(b"data: "), type=News)


async def test_it_works() -> None:
    """Whoever listens learns the state of things at once, and each change."""
    desk = Desk("content")
    stream = desk.stream()
    assert (await told(stream)).version == 0
    desk.announce(Round(changed=frozenset({"basics/"}), mistakes=(MISTAKE,), complaints=("engine",)))
    news = await told(stream)
    assert (news.version, news.changed, news.complaints) == (1, {"basics/": 1}, ("engine",))
    [mistake] = news.mistakes
    assert (mistake.place, mistake.page, mistake.code) == (
        "content/basics/intake.md:3:2",
        "basics/intake/",
        "no-right-option",
    )


async def test_two_changes_at_once() -> None:
    """One that was busy meanwhile learns both: each page keeps the version in which it changed last."""
    desk = Desk("content")
    desk.announce(Round(changed=frozenset({"one/", "two/"})))
    desk.announce(Round(changed=frozenset({"two/"})))
    assert (await told(desk.stream())).changed == {"one/": 1, "two/": 2}


async def test_pages_alone() -> None:
    """What is only about other pages leaves the mistakes as they were, and may add complaints."""
    desk = Desk("content")
    desk.announce(Round(mistakes=(MISTAKE,), complaints=("first",)))
    desk.announce(Round(changed=frozenset({"*"}), complaints=("second",)), partly=True)
    assert (len(desk.news().mistakes), desk.news().complaints) == (1, ("first", "second"))
    desk.announce(Round())
    assert (desk.news().mistakes, desk.news().complaints) == ((), ())


async def test_it_ends() -> None:
    """So that the server can end."""
    desk = Desk("content")
    stream = desk.stream()
    await told(stream)
    desk.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(stream), 5)


def test_a_restart_is_told() -> None:
    """Versions of another run say nothing."""
    assert Desk("content").run != Desk("content").run


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("index.md", ""),
        ("basics/index.md", "basics/"),
        ("basics/intake.md", "basics/intake/"),
        ("reindex.md", "reindex/"),
    ],
)
def test_addresses_of_pages(page: str, path: str) -> None:
    """As the site has them."""
    assert address(page) == path
