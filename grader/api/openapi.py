"""The API's description (OpenAPI 3.1): what Litestar cannot find out by itself."""

from collections.abc import Iterator
from typing import Any

from litestar import Response, Router
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from grader.api.context import AnyRequest
from grader.api.problems import MEDIA_TYPE, Problem
from grader.identity.session import COOKIE

SIGNED_IN: list[dict[str, list[str]]] = [{"session": []}]
"""What a handler requires whose caller must be signed in."""

_MEANING = {
    400: "The request cannot be read",
    401: "Nobody is signed in (`sign-in-required`)",
    403: "Not allowed (`forbidden`)",
    404: "There is no such thing, or it belongs to somebody else (`not-found`)",
    409: (
        "In conflict with the present state: `quiz-changed` (the page is older than the quiz), `attempt-finished`, "
        "`attempts-spent`, `cooldown` (with `next_attempt_at` and `attempts_left`), `prerequisites-missing` (with "
        "`missing`), `time-over`, `certificate-revoked`, `certificate-superseded`, `no-waiver`"
    ),
    410: "The certificate was revoked; `superseded_by` may name the one that took its place (`revoked`)",
    412: "It is not what it was when it was seen (`draft-changed`)",
    413: "The body is too large (`too-large`)",
    422: "The request does not fit; `path` is the place (`invalid-request`)",
    503: "Not available now; `Retry-After` says when to try again (`unavailable`)",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems that a handler answers with, those that every handler knows included."""
    return {
        status: ResponseSpec(Problem, description=_MEANING[status], media_type=MEDIA_TYPE, generate_examples=False)
        for status in (400, *statuses, 503)
    }


class StrictJson(JsonRenderPlugin):
    """The document as JSON. It says, too, that bodies with unknown fields are refused."""

    def render(self, request: AnyRequest, openapi_schema: dict[str, Any]) -> bytes:
        schemas = openapi_schema["components"]["schemas"]
        for name in sorted(set(_bodies(openapi_schema["paths"], schemas))):
            schemas[name]["additionalProperties"] = False
        return super().render(request, openapi_schema)


def _bodies(node: Any, schemas: dict[str, Any]) -> Iterator[str]:
    """The names of the schemas that stand in request bodies, also within others."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "requestBody":
                yield from _named(value, schemas)
            else:
                yield from _bodies(value, schemas)


def _named(node: Any, schemas: dict[str, Any]) -> Iterator[str]:
    if isinstance(node, list):
        for value in node:
            yield from _named(value, schemas)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                name = value.rpartition("/")[2]
                yield name
                yield from _named(schemas[name], schemas)
            else:
                yield from _named(value, schemas)


def refuse_unknown(response: Response[Any]) -> Response[Any]:
    """Litestar's page about what there is not becomes a problem, as everywhere under /api."""
    if response.status_code == 404:
        raise NotFoundException
    return response


def description() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="grader",
        version="1",
        description="Attempts at quizzes, grades and certificates. The type of a problem is a name that stays.",
        openapi_router=Router(
            "/api/v1/schema", route_handlers=[], after_request=refuse_unknown, include_in_schema=False
        ),
        render_plugins=[StrictJson()],
        components=Components(
            security_schemes={"session": SecurityScheme(type="apiKey", name=COOKIE, security_scheme_in="cookie")}
        ),
    )
