"""Headers on every answer, and the refusal of requests that another site makes in a learner's name."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from litestar.types import Message, Scope

from grader.api.context import AnyRequest
from grader.errors import ForbiddenError

_SAFE = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
}


_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NO_STORE = (b"cache-control", b"no-store")


async def add_headers(message: Message, scope: Scope) -> None:
    """Those that the answer does not set itself. On every answer, so on raw headers, which cost least."""
    if message["type"] == "http.response.start":
        headers = [*message["headers"]]
        given = {name.lower() for name, _ in headers}
        own = [*_RAW, _NO_STORE] if scope["path"].startswith("/api/") else _RAW
        message["headers"] = headers + [header for header in own if header[0] not in given]


def refuse_foreign(*trusted: str) -> Callable[[AnyRequest], Awaitable[None]]:
    """A hook that lets unsafe requests pass only from this origin, from the trusted ones, and from no browser.

    Browsers say where a request comes from, and pages cannot forge it: `Sec-Fetch-Site`, or in older ones `Origin`
    (which is `null` in a form of a page that hides where it is).
    """

    async def check(request: AnyRequest) -> None:
        if request.method in _SAFE:
            return
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        if origin in trusted or site in ("same-origin", "none"):
            return
        if site or (origin and host_of(origin) != request.headers.get("host")):
            raise ForbiddenError("The request comes from another site.")

    return check


def host_of(origin: str) -> str | None:
    """`http://a.example:80` -> `a.example:80`; None for what is no origin."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
