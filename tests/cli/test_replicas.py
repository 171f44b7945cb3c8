"""Two graders on one PostgreSQL database, as behind a load balancer that sends each request to either."""

import asyncio
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import NamedTuple

import httpx
import psycopg
import pytest

from bench.server import free_port
from grader.catalog.model import Catalog
from tests.api.content import PAGES, answers, publish
from tests.cli.running import Command
from tests.databases import Databases

PEOPLE = 6


class Replicas(NamedTuple):
    urls: tuple[str, str]
    catalog: Catalog
    folders: tuple[Path, Path]  # of each one's certificates
    database: str

    def revision(self, course: str) -> str:
        return next(one.quiz.revision for _, one in self.catalog.courses() if one.id == course and one.quiz)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql.encode()).fetchall()


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory, postgres: Databases) -> Iterator[Replicas]:
    """Both are started at the same time on an empty database, and end without complaint."""
    root = tmp_path_factory.mktemp("replicas")
    catalog = publish(root, PAGES)
    name = postgres.new_empty()
    command, ports = Command(root), (free_port(), free_port())
    folders = (root / "one", root / "other")
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                command.serve(port, GRADER_DATABASE=postgres.server.url(name), GRADER_CERTIFICATES=str(folder))
            )
            for port, folder in zip(ports, folders, strict=True)
        ]
        urls = (f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}")
        for url, process in zip(urls, processes, strict=True):
            _wait(url, process)
        yield Replicas(urls, catalog, folders, postgres.server.url(name))
        for process in processes:
            process.send_signal(signal.SIGTERM)
        said = [process.communicate(timeout=30)[1] for process in processes]
    assert said == ["", ""]
    postgres.drop(name)


def _wait(url: str, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            assert httpx.get(f"{url}/readyz").status_code == 200
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(process.communicate())


class Browser(NamedTuple):
    """Somebody's: both replicas see the same cookies."""

    replicas: Replicas
    http: tuple[httpx.AsyncClient, httpx.AsyncClient]

    async def sign_in(self, at: int, name: str) -> None:
        form = {"name": name, "email": f"{name}@example.org", "organization": ""}
        assert (await self.http[at].post("/sign-in", data=form)).status_code == 303

    async def start(self, at: int, course: str) -> httpx.Response:
        return await self.http[at].post("/api/v1/attempts", json={"quiz": self.replicas.revision(course)})

    async def submit(self, at: int, attempt: str, course: str) -> httpx.Response:
        given = {"responses": answers(self.replicas.catalog, course)}
        return await self.http[at].post(f"/api/v1/attempts/{attempt}/submission", json=given)


@pytest.fixture
async def browsers(replicas: Replicas) -> AsyncIterator[list[Browser]]:
    async with AsyncExitStack() as stack:
        browsers = []
        for _ in range(PEOPLE):
            jar = httpx.Cookies()
            clients = [
                await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=30)) for url in replicas.urls
            ]
            for client in clients:
                client._cookies = jar
            browsers.append(Browser(replicas, (clients[0], clients[1])))
        yield browsers


async def test_it_works(browsers: list[Browser]) -> None:
    """Who signs in at one may start at the other and submit at the first; the certificate is the same at both."""
    alice = browsers[0]
    await alice.sign_in(0, "Alice")
    for course in ("basics/intake", "basics/privacy"):
        started = (await alice.start(1, course)).json()
        assert (await alice.start(0, course)).json()["id"] == started["id"]
        grade = await alice.submit(0, started["id"], course)
        again = await alice.submit(1, started["id"], course)
        assert (grade.status_code, again.status_code) == (200, 200)
        assert grade.json() == again.json()
    number = grade.json()["certification"]["certificate"]["number"]
    for http in alice.http:
        document = await http.get(f"/certificates/{number}.pdf")
        assert (document.status_code, document.content[:5]) == (200, b"%PDF-")
    assert (await alice.http[1].post("/sign-out")).status_code == 303
    assert (await alice.http[0].get("/api/v1/me/certifications")).status_code == 401


async def test_at_once(browsers: list[Browser]) -> None:
    """Of many starts and identical submissions at both come one attempt, one grade and one certificate."""
    alice = browsers[0]
    await alice.sign_in(0, "Many-Times-Alice")
    for course in ("basics/intake", "basics/privacy"):
        started = await asyncio.gather(*(alice.start(n % 2, course) for n in range(64)))
        assert {answer.status_code for answer in started} == {200, 201}
        (attempt,) = {answer.json()["id"] for answer in started}
        graded = await asyncio.gather(*(alice.submit(n % 2, attempt, course) for n in range(64)))
        assert {answer.status_code for answer in graded} == {200}
        assert len({answer.text for answer in graded}) == 1
    rows, hers = alice.replicas.rows, "learner = (SELECT id FROM learners WHERE name = 'Many-Times-Alice')"
    assert rows(f"SELECT course, number, status FROM quiz_attempts WHERE {hers} ORDER BY course") == [
        ("basics/intake", 1, "PASSED"),
        ("basics/privacy", 1, "PASSED"),
    ]
    ((number,),) = rows(f"SELECT number FROM certificates WHERE {hers}")
    assert rows(f"SELECT count(*) FROM outbox WHERE subject = '{number}'") == [(1,)]
    assert rows(f"SELECT action FROM audit_events WHERE subject = '{number}'") == [("certificate.issued",)]


async def test_printed_once(browsers: list[Browser]) -> None:
    """People are certified at both; numbers have no gaps, and each certificate is printed by one of the two."""

    async def certify(browser: Browser, at: int) -> None:
        for course in ("basics/intake", "basics/privacy"):
            attempt = (await browser.start(at, course)).json()["id"]
            assert (await browser.submit(1 - at, attempt, course)).status_code == 200

    for number, browser in enumerate(browsers):
        await browser.sign_in(0, f"Person-{number}")
    await asyncio.gather(*(certify(browser, number % 2) for number, browser in enumerate(browsers)))
    replicas = browsers[0].replicas
    async with asyncio.timeout(60):
        while replicas.rows("SELECT 1 FROM outbox WHERE done_at IS NULL"):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    numbers = [str(number) for (number,) in replicas.rows("SELECT number FROM certificates ORDER BY number")]
    assert numbers == [f"CERT-{time.gmtime().tm_year}-{n:05}" for n in range(1, len(numbers) + 1)]
    theirs = replicas.rows("SELECT number FROM certificates WHERE name LIKE 'Person-%' ORDER BY number")
    printed = sorted((file.name.partition(".")[0],) for folder in replicas.folders for file in folder.glob("*.pdf"))
    assert [number for number in printed if number in theirs] == theirs
    assert len(theirs) == PEOPLE
    assert replicas.rows("SELECT DISTINCT attempts FROM outbox") == [(1,)]


async def test_build_is_taken_in_once(browsers: list[Browser]) -> None:
    """The catalog is in the database once, with one time of its synchronisation."""
    rows = browsers[0].replicas.rows
    assert rows("SELECT count(DISTINCT updated_at) FROM courses") == [(1,)]
    assert rows("SELECT count(*) FROM catalog_states JOIN courses ON synchronised_at = updated_at") == [(5,)]
