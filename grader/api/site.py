"""The whole service as one ASGI application: Litestar for what it has routes for, the built site for the rest."""

import logging
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from litestar import Litestar
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SITE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "base-uri 'self'; frame-ancestors 'self'; object-src 'self'",
    "Cache-Control": "no-cache",
}
"""`no-cache` lets browsers keep a page, but ask with its ETag before showing it."""

_log = logging.getLogger("grader")


class SiteFiles(StaticFiles):
    """Starlette's files know ETags, ranges, HEAD and the site's own 404 page."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:  # another method than GET, or a site without a 404 page
            response = PlainTextResponse(error.detail, error.status_code, error.headers)
        except OSError as error:
            _log.error("The site's file %r cannot be read: %s", path, error)
            response = PlainTextResponse("Internal Server Error", 500)
        headers = MutableHeaders(raw=response.raw_headers)
        headers.update(SITE_HEADERS)
        if "location" in headers:
            headers["location"] = on_this_origin(headers["location"])
        return response


def with_site(api: Litestar, folder: Path) -> ASGIApp:
    """Paths whose first segment is one of the API's go there, all others to the site."""
    own = {route.path.split("/")[1] for route in api.routes} | {"api"}
    files, inner = SiteFiles(folder), answering_head(cast(ASGIApp, api))

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and first_segment(scope["path"]) not in own:
            await files(scope, receive, send)
        else:
            await inner(scope, receive, send)

    return application


def answering_head(app: ASGIApp) -> ASGIApp:
    """HEAD is GET without the body (RFC 9110); Litestar would answer 405."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
            elif not message.get("more_body"):
                await send({"type": "http.response.body", "body": b""})

        if scope.get("method") == "HEAD":
            await app({**scope, "method": "GET"}, receive, send_head)
        else:
            await app(scope, receive, send)

    return application


def first_segment(path: str) -> str:
    return path.partition("/")[2].partition("/")[0]


def on_this_origin(url: str) -> str:
    """Only path and query: behind a proxy the grader does not know its scheme, and nobody is sent to another host."""
    parts = urlsplit(url)
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path
