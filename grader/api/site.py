"""The whole service as one ASGI application: Litestar for what it has routes for, the built site for the rest."""

from pathlib import Path
from typing import cast

from litestar import Litestar
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

SITE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-cache",
}
"""`no-cache` lets browsers keep a page, but ask with its ETag before showing it."""


class SiteFiles(StaticFiles):
    """Starlette's files know ETags, ranges, HEAD and the site's own 404 page."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        headers = MutableHeaders(raw=response.raw_headers)
        headers.update(SITE_HEADERS)
        return response


def with_site(api: Litestar, folder: Path) -> ASGIApp:
    """Paths whose first segment is one of the API's go there, all others to the site."""
    own = {route.path.split("/")[1] for route in api.routes} | {"api"}
    files, inner = SiteFiles(folder), cast(ASGIApp, api)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].split("/")[1] not in own:
            await files(scope, receive, send)
        else:
            await inner(scope, receive, send)

    return application
