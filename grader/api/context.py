"""What handlers get by argument: the parts made at start, the time, and whoever is signed in."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from litestar import Request
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException

from grader.api.press import Press
from grader.api.shelf import Shelf
from grader.errors import SignInRequiredError
from grader.identity.session import COOKIE
from grader.learning import learners
from grader.learning.library import Library
from grader.settings import Settings
from grader.store.base import Store
from grader.store.rows import Learner

AnyRequest: TypeAlias = Request[Any, Any, Any]


class JsonRequest(Request[Any, Any, Any]):
    async def json(self) -> Any:
        """Raises ClientException also for what is no UTF-8 and for what is nested too deep."""
        try:
            return await super().json()
        except (UnicodeDecodeError, RecursionError) as error:
            raise ClientException("The body is no JSON.") from error


class Context(NamedTuple):
    settings: Settings
    store: Store
    shelf: Shelf
    press: Press
    clock: Callable[[], datetime]
    wake: asyncio.Event  # set when the outbox has got something


Parts: TypeAlias = NamedDependency[Context]
Published: TypeAlias = NamedDependency[Library]
Now: TypeAlias = NamedDependency[datetime]
SignedIn: TypeAlias = NamedDependency[Learner]
Visitor: TypeAlias = NamedDependency[Learner | None]


def dependencies(context: Context) -> dict[str, Provide]:
    """Each takes the one before it: those that stand side by side Litestar resolves in a task group, which costs more
    than all of them.
    """

    def parts() -> Context:
        return context

    def library(context: Parts) -> Library:
        return context.shelf.library

    def now(library: Published) -> datetime:  # noqa: ARG001
        return context.clock()

    async def find_learner(request: AnyRequest, now: Now) -> Learner | None:
        token = request.cookies.get(COOKIE)
        if not token:
            return None
        return await context.store.read(learners.find_learner, token, now=now)

    async def get_learner(request: AnyRequest, now: Now) -> Learner:
        learner = await find_learner(request, now)
        if learner is None:
            raise SignInRequiredError
        return learner

    return {
        "context": Provide(parts, sync_to_thread=False),
        "library": Provide(library, sync_to_thread=False),
        "now": Provide(now, sync_to_thread=False),
        "learner": Provide(get_learner),
        "visitor": Provide(find_learner),
    }
