from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.parts import Person

Operation = dict[str, Any]


@pytest.fixture
async def document(stranger: Person) -> dict[str, Any]:
    response = await stranger.http.get("/api/v1/schema/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    for path, item in document["paths"].items():
        yield from ((method, path, item[method]) for method in ("get", "put", "post", "delete") if method in item)


async def test_it_works(document: dict[str, Any]) -> None:
    """The API describes itself: every operation has a name and says what it does."""
    assert document["openapi"].startswith("3.1")
    assert {operation["operationId"] for _, _, operation in operations(document)} == {
        "get_catalog",
        "get_quiz",
        "get_me",
        "list_certifications",
        "list_certificates",
        "start_attempt",
        "list_attempts",
        "get_attempt",
        "save_responses",
        "submit_attempt",
        "try_practice",
        "get_certificate",
        "revoke_certificate",
        "get_certificate_pdf",
        "verify_certificate",
        "healthz",
        "readyz",
    }
    assert all(len(operation["summary"]) > 10 for _, _, operation in operations(document))


async def test_problems(document: dict[str, Any]) -> None:
    """Every refusal is described as the problem that it is."""
    for _, path, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400 and (path, status) != ("/verify/{number}", "404"):
                content = response["content"]["application/problem+json"]
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, (path, status)
                assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert set(document["components"]["schemas"]["Problem"]["required"]) == {"type", "title", "status"}


async def test_bodies_are_strict(document: dict[str, Any]) -> None:
    """Bodies with unknown fields are refused, and the description says so; clients may not rely on it for answers."""
    schemas = document["components"]["schemas"]
    for name in ("NewAttempt", "Submission", "Answer", "PracticeResponse"):
        assert schemas[name]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["GradeView"]


async def test_start(document: dict[str, Any]) -> None:
    """Starting answers 201 with a new attempt, and 200 with the open one."""
    responses = document["paths"]["/api/v1/attempts"]["post"]["responses"]
    for status in ("200", "201"):
        schema = responses[status]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/AttemptView"}
    assert {"401", "403", "409", "422"} <= responses.keys()


async def test_sign_in(document: dict[str, Any]) -> None:
    """Whatever answers 401 says that it wants the session cookie."""
    for _, path, operation in operations(document):
        assert ("401" in operation["responses"]) == (operation.get("security") == [{"session": []}]), path
    scheme = document["components"]["securitySchemes"]["session"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "cookie", "grader_session")


async def test_pdf(document: dict[str, Any]) -> None:
    """The document is a PDF."""
    responses = document["paths"]["/certificates/{file}"]["get"]["responses"]
    assert list(responses["200"]["content"]) == ["application/pdf"]


async def test_needs_no_other_host(stranger: Person) -> None:
    """There is no page that would load scripts from elsewhere: the document only."""
    for name in ("", "/swagger", "/redoc", "/elements", "/rapidoc", "/scalar"):
        response = await stranger.http.get(f"/api/v1/schema{name}")
        assert "html" not in response.headers["content-type"]
