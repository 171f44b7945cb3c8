"""The site with a script in every page that reloads it and shows mistakes; the API stays as it is."""

from importlib.resources import files

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.preview.desk import Desk

EVENTS, SCRIPT = "/_preview/events", "/_preview/preview.js"

_CONDITIONAL = (b"if-none-match", b"if-modified-since")


def with_desk(app: ASGIApp, desk: Desk) -> ASGIApp:
    code = files("grader.preview").joinpath("preview.js").read_text("utf-8")

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path")
        if path == EVENTS:
            await StreamingResponse(desk.stream(), media_type="text/event-stream")(scope, receive, send)
        elif path == SCRIPT:
            answer = Response(code, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
            await answer(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET":
            await app(_unconditional(scope), receive, _Framed(send, desk))
        else:
            await app(scope, receive, send)

    return application


def _unconditional(scope: Scope) -> Scope:
    """A page must come whole: from the browser's own copy it would tell an old version. Videos keep their ranges."""
    page = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
    kept = [pair for pair in scope["headers"] if not (page and pair[0] in _CONDITIONAL)]
    extensions = {name: value for name, value in scope.get("extensions", {}).items() if "pathsend" not in name}
    return {**scope, "headers": kept, "extensions": extensions}


class _Framed:
    """Sends an answer on; a page of the site gets the script, and is not kept by the browser."""

    def __init__(self, send: Send, desk: Desk) -> None:
        self._send = send
        self._desk = desk
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(Headers(raw=message["headers"])):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        tag = f'<script type="module" src="{SCRIPT}" data-run="{self._desk.run}" data-version="{self._desk.version}">'
        head, body, rest = self._body.rpartition(b"</body>")
        whole = head + tag.encode() + b"</script>" + body + rest
        headers = MutableHeaders(raw=[*start["headers"]])
        headers["content-length"] = str(len(whole))
        headers["cache-control"] = "no-store"
        del headers["etag"]
        del headers["last-modified"]
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": whole})


def _is_page(headers: Headers) -> bool:
    """One of the site: those that the server itself makes allow no scripts."""
    allowed = headers.get("content-security-policy", "")
    return headers.get("content-type", "").startswith("text/html") and "default-src 'none'" not in allowed
