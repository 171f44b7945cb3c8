"""The renderer that is made late."""

import pytest

from grader.certificates.renderer import LateRenderer, RenderError


class Paper:
    """A renderer that prints what it is given."""

    def __init__(self) -> None:
        self.closed = False

    async def pdf(self, html: str) -> bytes:
        return html.encode()

    async def close(self) -> None:
        self.closed = True


async def test_it_works() -> None:
    """Nothing is made before the first document, and one renderer prints all of them."""
    made: list[Paper] = []

    def make() -> Paper:
        made.append(Paper())
        return made[-1]

    late = LateRenderer(make)
    assert made == []
    assert [await late.pdf("one"), await late.pdf("two")] == [b"one", b"two"]
    assert len(made) == 1
    await late.close()
    assert made[0].closed


async def test_closed() -> None:
    """What is closed makes nothing any more."""
    late = LateRenderer(Paper)
    await late.close()
    with pytest.raises(RenderError, match="closed"):
        await late.pdf("one")


async def test_failure() -> None:
    """A renderer that cannot be made fails the document, and the next document tries again."""
    attempts = iter([RenderError("no browser."), None])

    def make() -> Paper:
        if error := next(attempts):
            raise error
        return Paper()

    late = LateRenderer(make)
    with pytest.raises(RenderError, match="no browser"):
        await late.pdf("one")
    assert await late.pdf("two") == b"two"
