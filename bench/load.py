"""The load generator, a process of its own: learners who start attempts and submit answers, over kept connections.

`python -m bench.load` reads a Plan from standard input and writes an Outcome to standard output, both JSON.
"""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from itertools import count, cycle, repeat
from typing import NamedTuple

import msgspec

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    port: int
    other_ports: tuple[int, ...] = ()  # of servers that share the load: connections go to each in turn
    seconds: float
    connections: int
    cookies: tuple[str, ...]  # one a learner; each unit is the next one's
    quiz: str
    submission: str  # the JSON body
    rate: float | None = None  # units a second over all connections; None: as many as the server takes


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    units: int
    wall: float  # seconds
    cpu: float  # seconds, of this process
    submissions: tuple[float, ...]  # seconds from the request to the whole answer, and what its unit began too late


class Answer(NamedTuple):
    status: int
    body: bytes


class RefusedError(Exception):
    """The server did not do what every unit expects of it."""


class Started(msgspec.Struct):
    id: str


class Connection(asyncio.Protocol):
    """One HTTP/1.1 connection that is kept, one request at a time. Answers have to say their length."""

    transport: asyncio.Transport
    answer: asyncio.Future[Answer]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, end, body = self.received.partition(b"\r\n\r\n")
        if end and (length := _LENGTH.search(head)) and len(body) >= int(length[1]):
            self.received = b""
            self.answer.set_result(Answer(int(head[9:12]), body))

    def connection_lost(self, error: Exception | None) -> None:
        if hasattr(self, "answer") and not self.answer.done():
            self.answer.set_exception(error or RefusedError("The server closed the connection."))

    async def post(self, path: str, cookie: str, body: bytes) -> bytes:
        """The body of the answer. Raises RefusedError unless it is 200 or 201."""
        self.answer = asyncio.get_running_loop().create_future()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        answer = await self.answer
        if answer.status not in (200, 201):
            raise RefusedError(f"{path} answers {answer.status}: {answer.body.decode(errors='replace')}")
        return answer.body


async def generate(plan: Plan) -> Outcome:
    """Units for `seconds`; those begun before the end are finished. Raises RefusedError or OSError."""
    started, cpu = time.perf_counter(), time.process_time()
    cookies = cycle(plan.cookies)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(_learn(plan, port, cookies, _due(plan, number, started)))
                for number, port in zip(range(plan.connections), cycle((plan.port, *plan.other_ports)), strict=False)
            ]
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    submissions = tuple(one for task in tasks for one in task.result())
    return Outcome(
        units=len(submissions),
        wall=time.perf_counter() - started,
        cpu=time.process_time() - cpu,
        submissions=submissions,
    )


def _due(plan: Plan, number: int, started: float) -> Iterator[float]:
    """When each unit of a connection is to begin: the connections take turns. Without a rate: at once."""
    if plan.rate is None:
        return repeat(0.0)
    return (started + turn / plan.rate for turn in count(number, plan.connections))


async def _learn(plan: Plan, port: int, cookies: Iterator[str], due: Iterator[float]) -> list[float]:
    end = time.perf_counter() + plan.seconds
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    begin, submission = msgspec.json.encode({"quiz": plan.quiz}), plan.submission.encode()
    taken = []
    try:
        while time.perf_counter() < end:
            late = await _until(next(due))
            cookie = next(cookies)
            attempt = msgspec.json.decode(await connection.post("/api/v1/attempts", cookie, begin), type=Started)
            asked = time.perf_counter()
            await connection.post(f"/api/v1/attempts/{attempt.id}/submission", cookie, submission)
            taken.append(late + time.perf_counter() - asked)
    finally:
        connection.transport.close()
    return taken


async def _until(due: float) -> float:
    """Wait for that time; how long ago it was, in seconds. A server that lets learners wait must not hide it so."""
    now = time.perf_counter()
    if now < due:
        await asyncio.sleep(due - now)
        return 0.0
    return now - due if due else 0.0


def main() -> None:
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    try:
        outcome = asyncio.run(generate(plan))
    except (RefusedError, OSError) as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))


if __name__ == "__main__":
    main()
