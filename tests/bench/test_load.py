"""The load generator against a real socket that answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from bench.load import Connection, Plan, RefusedError, generate

Reply = Callable[[bytes], list[bytes]]
"""The pieces in which a request is answered."""

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n" + b'{"id":"a"}'


@asynccontextmanager
async def listening(reply: Reply) -> AsyncIterator[int]:
    serving: list[asyncio.Task[None] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, ConnectionError):  # the generator has finished
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
                for piece in reply(head + await reader.readexactly(length)):
                    writer.write(piece)
                    await asyncio.sleep(0.005)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        await asyncio.gather(*filter(None, serving))


def plan(port: int) -> Plan:
    return Plan(port=port, seconds=0.1, connections=2, cookies=("s=1", "s=2", "s=3"), quiz="r", submission="{}")


async def test_generate() -> None:
    """A unit starts an attempt and submits to it; learners take turns; each submission's time is kept."""
    asked: list[bytes] = []

    def reply(request: bytes) -> list[bytes]:
        asked.append(request)
        return [CREATED]

    async with listening(reply) as port:
        outcome = await generate(plan(port))

    starts = [one for one in asked if one.startswith(b"POST /api/v1/attempts HTTP/1.1")]
    submissions = [one for one in asked if one.startswith(b"POST /api/v1/attempts/a/submission HTTP/1.1")]
    assert outcome.units == len(starts) == len(submissions) == len(outcome.submissions)
    assert all(0 < seconds < outcome.wall for seconds in outcome.submissions)
    assert {one.partition(b"Cookie: ")[2][:3] for one in starts} == {b"s=1", b"s=2", b"s=3"}


async def test_post_reads_an_answer_in_pieces() -> None:
    """An answer may arrive in any pieces."""
    async with listening(lambda _: [CREATED[:9], CREATED[9:30], CREATED[30:-1], CREATED[-1:]]) as port:
        transport, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
        assert [await connection.post("/", "", b"{}") for _ in range(2)] == [b'{"id":"a"}'] * 2
        transport.close()


async def test_generate_stops_at_a_refusal() -> None:
    """An answer that is no success ends the run: a rate of errors would be no figure."""
    refusal = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nfirst"

    async with listening(lambda _: [refusal]) as port:
        with pytest.raises(RefusedError, match="/api/v1/attempts answers 401: first"):
            await generate(plan(port))
