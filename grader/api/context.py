"""What handlers get by argument: the parts made at start, the time, and whoever is signed in."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeAlias, TypeVar

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
from grader.store.base import Store, Tx
from grader.store.rows import Learner

AnyRequest: TypeAlias = Request[Any, Any, Any]
P = ParamSpec("P")
T = TypeVar("T")


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


class Caller(NamedTuple):
    """Whoever holds the session that the request names. Who it is, is found out in the unit of work itself: with a
    transaction of its own, a submission would take half as long again.
    """

    context: Context
    token: str
    now: datetime

    async def transact(self, work: Callable[Concatenate[Tx, Learner, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises SignInRequiredError, too."""
        return await self.context.store.transact(self._as_learner(work, *args, **kwargs))

    async def read(self, work: Callable[Concatenate[Tx, Learner, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises SignInRequiredError, too."""
        return await self.context.store.read(self._as_learner(work, *args, **kwargs))

    def _as_learner(
        self, work: Callable[Concatenate[Tx, Learner, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Callable[[Tx], T]:
        def unit(tx: Tx) -> T:
            return work(tx, learners.get_learner(tx, self.token, now=self.now), *args, **kwargs)

        return unit


Parts: TypeAlias = NamedDependency[Context]
Published: TypeAlias = NamedDependency[Library]
Now: TypeAlias = NamedDependency[datetime]
CalledBy: TypeAlias = NamedDependency[Caller]
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

    def caller(request: AnyRequest, now: Now) -> Caller:
        token = request.cookies.get(COOKIE)
        if not token:
            raise SignInRequiredError
        return Caller(context, token, now)

    async def find_learner(request: AnyRequest, now: Now) -> Learner | None:
        token = request.cookies.get(COOKIE)
        if not token:
            return None
        return await context.store.read(learners.find_learner, token, now=now)

    async def get_learner(caller: CalledBy) -> Learner:
        return await caller.read(lambda _, learner: learner)

    return {
        "context": Provide(parts, sync_to_thread=False),
        "library": Provide(library, sync_to_thread=False),
        "now": Provide(now, sync_to_thread=False),
        "caller": Provide(caller, sync_to_thread=False),
        "learner": Provide(get_learner),
        "visitor": Provide(find_learner),
    }
