"""What many do at the same moment happens once: with one grader, and with two of one database."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest

from bench.postgresql import Server
from tests.reliability import content
from tests.reliability.arena import MANY, Arena, Crowd, crowd_of
from tests.reliability.books import Books, PostgresBooks, SqliteBooks, complaints
from tests.reliability.content import REQUIRED
from tests.reliability.graders import Grader, Nursery
from tests.reliability.ledger import kept

COURSE = REQUIRED[0]


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "postgresql, two graders"])
def arena(
    request: pytest.FixtureRequest, graders: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arena]:
    root = tmp_path_factory.mktemp("races")
    books: Books = SqliteBooks(root / "data" / "grader.db")
    if request.param != "sqlite":
        server: Server = request.getfixturevalue("server")
        server.execute(f"CREATE DATABASE {root.name}")
        books = PostgresBooks(server, root.name)
    artifacts = content.write(root)
    with ExitStack() as stack:
        running = [Grader(graders, root, books.url) for _ in range(2 if "two" in request.param else 1)]
        for one in running:
            stack.callback(one.kill)
            one.start()
        yield Arena([one.url for one in running], books, artifacts)


@pytest.fixture
async def crowd(arena: Arena) -> AsyncIterator[Crowd]:
    async with crowd_of(arena) as made:
        yield made
    assert complaints(arena.books) == []


async def test_starts(arena: Arena, crowd: Crowd) -> None:
    """Of many starts one makes an attempt, and all others go on with it."""
    [cookie] = await crowd.sign_in()
    answers = await crowd.ask(*[arena.start(cookie, COURSE)] * MANY)
    assert Counter({201: 1, 200: MANY - 1}) == Counter(one.status_code for one in answers)
    assert len({one.json()["id"] for one in answers}) == 1


async def test_submissions(arena: Arena, crowd: Crowd) -> None:
    """Of many equal submissions one is graded, and all are told that grade."""
    [cookie] = await crowd.sign_in()
    attempt = await crowd.begin(arena, cookie, COURSE)
    answers = await crowd.ask(*[arena.submit(cookie, attempt, COURSE)] * MANY)
    assert {200} == {one.status_code for one in answers}
    assert len({str(kept(one.json())) for one in answers}) == 1


async def test_different_submissions(arena: Arena, crowd: Crowd) -> None:
    """Of right and wrong answers to one attempt those that came first are graded, and the others are refused."""
    [cookie] = await crowd.sign_in()
    attempt = await crowd.begin(arena, cookie, COURSE)
    answers = await crowd.ask(*(arena.submit(cookie, attempt, COURSE, right=n % 2 == 0) for n in range(MANY)))
    graded = [one.json()["score"] for one in answers if one.status_code == 200]
    assert Counter({200: MANY // 2, 409: MANY // 2}) == Counter(one.status_code for one in answers)
    assert len(set(graded)) == 1


async def test_drafts_and_submission(arena: Arena, crowd: Crowd) -> None:
    """A draft that comes after the submission changes nothing; one that came before it is replaced."""
    [cookie] = await crowd.sign_in()
    attempt = await crowd.begin(arena, cookie, COURSE)
    drafts = [arena.save(cookie, attempt, COURSE, right=False)] * (MANY // 2)
    submissions = [arena.submit(cookie, attempt, COURSE)] * (MANY // 2)
    answers = await crowd.ask(*(one for pair in zip(drafts, submissions, strict=True) for one in pair))
    assert {204, 409} >= {one.status_code for one in answers[::2]}
    assert {200} == {one.status_code for one in answers[1::2]}
    assert {1.0} == {one.json()["score"] for one in answers[1::2]}


async def test_sign_ins(arena: Arena, crowd: Crowd) -> None:
    """Somebody who signs in for the first time, in many browsers, is one learner with as many sessions."""
    before = arena.books.rows("SELECT COUNT(*) FROM learners")[0][0]
    cookies = await crowd.sign_in(times=MANY)
    assert len(set(cookies)) == MANY
    assert before + 1 == arena.books.rows("SELECT COUNT(*) FROM learners")[0][0]


async def test_last_courses(arena: Arena, crowd: Crowd) -> None:
    """The last two courses of a track, each submitted many times at once, complete it once: one certificate."""
    [cookie] = await crowd.sign_in()
    first, *last = REQUIRED
    await crowd.pass_course(arena, cookie, first)
    attempts = [(await crowd.begin(arena, cookie, course), course) for course in last]
    asks = [arena.submit(cookie, attempt, course) for attempt, course in attempts] * (MANY // 2)
    answers = await crowd.ask(*asks)
    assert {200} == {one.status_code for one in answers}
    told = {
        one.json()["certification"]["certificate"]["number"]
        for one in answers
        if one.json()["certification"]["certificate"]
    }
    assert len(told) == 1


async def test_numbers(arena: Arena, crowd: Crowd) -> None:
    """Many people who complete a track at the same moment get a number each, and no number is left out."""
    cookies = [cookie for _ in range(MANY // 2) for cookie in await crowd.sign_in()]
    for course in REQUIRED:
        attempts = [one.json()["id"] for one in await crowd.ask(*(arena.start(cookie, course) for cookie in cookies))]
        asks = [arena.submit(cookie, attempt, course) for cookie, attempt in zip(cookies, attempts, strict=True)]
        answers = await crowd.ask(*asks)
    assert len({one.json()["certification"]["certificate"]["number"] for one in answers}) == len(cookies)
