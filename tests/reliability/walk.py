"""Learners at their browsers, many at once, who note what they were told and go on where a crash left them."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random
from typing import Any

import httpx

from grader.catalog.artifacts import Artifacts
from grader.identity.session import COOKIE
from tests.reliability import content
from tests.reliability.ledger import Learner, Step, enrol, kept

WALKERS = 12

PATIENCE = 60.0
"""So many seconds a grader may say that it cannot work now."""


class Lost(Exception):  # noqa: N818 - no error: the grader was killed
    """No answer."""


class Violation(AssertionError):  # noqa: N818 - what the harness is there to find
    """The grader has broken a promise."""


class Crowd:
    """`learners` are all that ever came."""

    def __init__(self, artifacts: Artifacts, seed: int) -> None:
        self._artifacts = artifacts
        self._chance = Random(seed)
        self.learners: list[Learner] = []
        self.requests = 0
        self.resent = 0
        self.refused = 0

    @property
    def grades(self) -> int:
        return sum(len(one.done) for one in self.learners)

    async def walk(self, url: str, *, newcomers: bool = True) -> None:
        """Until the grader is gone; without newcomers until everybody has finished."""
        waiting = self._waiting(newcomers=newcomers)
        async with browser(url) as http, asyncio.TaskGroup() as group:
            for _ in range(WALKERS):
                group.create_task(self._walker(http, waiting))

    async def review(self, url: str) -> None:
        """Ask again for every grade, and raise Violation for one that is not what it was."""
        told = iter([(one, step) for one in self.learners for step in one.done])
        async with browser(url) as http, asyncio.TaskGroup() as group:
            for _ in range(WALKERS):
                group.create_task(self._compare(http, told))

    async def _compare(self, http: httpx.AsyncClient, told: Iterator[tuple[Learner, Step]]) -> None:
        for learner, step in told:
            found = _expect(await self._send(http, "GET", f"/api/v1/attempts/{step.attempt}", learner), 200)
            if kept(found["grade"]) != step.grade:
                raise Violation(f"{learner.email} was told {step.grade}, and now {found['grade']}")

    def _waiting(self, *, newcomers: bool) -> Iterator[Learner]:
        yield from [one for one in self.learners if not one.finished]
        while newcomers:
            self.learners.append(enrol(len(self.learners), self._chance))
            yield self.learners[-1]

    async def _walker(self, http: httpx.AsyncClient, waiting: Iterator[Learner]) -> None:
        with suppress(Lost):
            for learner in waiting:
                await self._go(http, learner)

    async def _go(self, http: httpx.AsyncClient, learner: Learner) -> None:
        if learner.cookie is None:
            learner.cookie = await self._sign_in(http, learner)
        while learner.steps:
            await self._attempt(http, learner, learner.steps[0])
            learner.done.append(learner.steps.pop(0))

    async def _sign_in(self, http: httpx.AsyncClient, learner: Learner) -> str:
        form = {"name": learner.name, "email": learner.email}
        return cookie_of(await self._send(http, "POST", "/sign-in", data=form))

    async def _attempt(self, http: httpx.AsyncClient, learner: Learner, step: Step) -> None:
        if step.attempt is None:
            quiz = {"quiz": content.revision(self._artifacts, step.course)}
            response = await self._send(http, "POST", "/api/v1/attempts", learner, json=quiz)
            step.attempt = _expect(response, 200, 201)["id"]
        elif not step.submitting:
            await self._look_again(http, learner, step)
        while step.drafts:
            await self._save(http, learner, step)
        await self._submit(http, learner, step)

    async def _look_again(self, http: httpx.AsyncClient, learner: Learner, step: Step) -> None:
        """After a crash: the attempt is there, with the last draft that was confirmed, or the one under way."""
        found = _expect(await self._send(http, "GET", f"/api/v1/attempts/{step.attempt}", learner), 200)
        draft = found["responses"] or None
        if found["status"] != "IN_PROGRESS" or draft not in (step.saved, step.saving):
            raise Violation(f"{step} came back as {found}")

    async def _save(self, http: httpx.AsyncClient, learner: Learner, step: Step) -> None:
        whole = content.answers(self._artifacts, step.course, right=step.drafts % 2 == 0)
        step.saving = whole[: 1 + step.drafts % 2]
        body = {"responses": step.saving}
        _expect(await self._send(http, "PUT", f"/api/v1/attempts/{step.attempt}/responses", learner, json=body), 204)
        step.saved, step.drafts = step.saving, step.drafts - 1

    async def _submit(self, http: httpx.AsyncClient, learner: Learner, step: Step) -> None:
        self.resent += step.submitting
        step.submitting = True
        body = {"responses": content.answers(self._artifacts, step.course, right=step.right)}
        answer = await self._send(http, "POST", f"/api/v1/attempts/{step.attempt}/submission", learner, json=body)
        grade = _expect(answer, 200)
        if grade["status"] != ("PASSED" if step.right else "FAILED") or grade["score"] != float(step.right):
            raise Violation(f"{step} was graded {grade}")
        step.grade = kept(grade)

    async def _send(
        self, http: httpx.AsyncClient, method: str, path: str, learner: Learner | None = None, **rest: Any
    ) -> httpx.Response:
        """Again and again while the grader says that it cannot work now. Raises Lost."""
        headers = {"Cookie": learner.cookie} if learner and learner.cookie else {}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.requests += 1
            try:
                response = await http.request(method, path, headers=headers, **rest)
            except httpx.TransportError as error:
                raise Lost from error
            if response.status_code != 503:
                return response
            self.refused += 1
            if "retry-after" not in response.headers or response.headers["content-type"] != "application/problem+json":
                raise Violation(f"{path} says without a Retry-After that it cannot work: {response.text}")
            await asyncio.sleep(0.2)
        raise Violation(f"{path} does not recover: {response.text}")


def browser(url: str, connections: int = WALKERS) -> httpx.AsyncClient:
    """For many people at once, so it keeps no cookies."""
    none = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx.AsyncClient(base_url=url, cookies=none, timeout=30, limits=limits)


def cookie_of(signed_in: httpx.Response) -> str:
    """What a browser sends from now on."""
    _expect(signed_in, 303)
    return COOKIE + "=" + signed_in.headers["set-cookie"].partition(f"{COOKIE}=")[2].partition(";")[0]


def _expect(response: httpx.Response, *statuses: int) -> Any:
    if response.status_code not in statuses:
        raise Violation(f"{response.request.method} {response.request.url.path} answers {response.text}")
    return response.json() if response.headers.get("content-type", "").startswith("application/json") else None
