"""Headers on every answer, and the refusal of requests that another site makes in a learner's name."""

from collections.abc import Callable
from urllib.parse import urlsplit

from litestar.datastructures import MutableScopeHeaders
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


async def add_headers(message: Message, scope: Scope) -> None:
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if scope["path"].startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")


def refuse_foreign(*trusted: str) -> Callable[[AnyRequest], None]:
    """A hook that lets unsafe requests pass only from this origin, from the trusted ones, and from no browser.

    Browsers say where a request comes from, and pages cannot forge it: `Sec-Fetch-Site`, or in older ones `Origin`
    (which is `null` in a form of a page that hides where it is).
    """

    def check(request: AnyRequest) -> None:
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
