import httpx

from grader.api.app import create_app
from grader.settings import Settings
from grader.store.sqlite import SqliteStore
from tests.api.parts import HOST, Grader, Person, Printer, running

HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "SAMEORIGIN"}


ANSWERS = [
    ("GET", "/api/v1/me", 200),
    ("HEAD", "/api/v1/me", 200),
    ("GET", "/api/v1/nope", 404),
    ("DELETE", "/api/v1/me", 405),
    ("GET", "/api/v1/me/certifications", 401),
    ("GET", "/api/v1/me/certificates", 401),
    ("GET", "/api/v1/schema/openapi.json", 200),
    ("GET", "/sign-in", 200),
    ("POST", "/sign-in", 422),
    ("POST", "/sign-out", 303),
    ("GET", "/verify/CERT-2026-00001", 404),
    ("GET", "/certificates/CERT-2026-00001.pdf", 404),
    ("GET", "/pages/pages.css", 200),
    ("GET", "/healthz", 200),
    ("GET", "/", 200),
    ("GET", "/nope", 404),
    ("POST", "/", 405),
    ("GET", "/basics", 307),
    ("GET", "/media/film.mp4", 200),
]


async def test_it_works(stranger: Person) -> None:
    """Every kind of answer carries the headers that keep browsers from being used against learners."""
    for method, path, status in ANSWERS:
        response = await stranger.http.request(method, path)
        assert response.status_code == status
        assert HEADERS.items() <= dict(response.headers).items()
        assert "frame-ancestors 'self'" in response.headers["content-security-policy"]
        if path.startswith("/api/"):
            assert response.headers["cache-control"] == "no-store"


async def test_on_faults_of_ours(grader: Grader, alice: Person) -> None:
    """Also the answer to a fault of ours carries them, and says no more than that it is one."""
    await grader.execute("DROP TABLE sessions")
    response = await alice.http.get("/api/v1/me")
    assert HEADERS.items() <= dict(response.headers).items()
    assert response.json() == {
        "type": "https://grader.example/problems/internal-error",
        "title": "Internal error",
        "status": 500,
    }


FOREIGN: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HOST.replace("8000", "9000")},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:9000"},
    {"origin": "null"},
    {"origin": "http://["},
    {"origin": "http://127.0.0.1:8000.evil.example"},
]
UNSAFE = [
    ("POST", "/api/v1/attempts"),
    ("PUT", "/api/v1/attempts/x/responses"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
]


async def test_another_site(grader: Grader, alice: Person) -> None:
    """A request that another site makes in a learner's name is refused before anything is read or written."""
    before = await grader.dump()
    for headers in FOREIGN:
        for method, path in UNSAFE:
            response = await alice.http.request(method, path, headers=headers)
            assert (path, headers, response.status_code) == (path, headers, 403)
            assert response.json()["type"].endswith("/forbidden")
    assert await grader.dump() == before


OWN = [
    {},
    {"sec-fetch-site": "same-origin", "origin": HOST},
    {"sec-fetch-site": "same-origin", "origin": "null"},
    {"sec-fetch-site": "none"},
    {"origin": HOST},
]


async def test_this_site(grader: Grader, alice: Person) -> None:
    """Requests of this origin's pages, and of no browser, pass."""
    for headers in OWN:
        body = {"quiz": grader.revision("basics/intake")}
        assert (await alice.http.post("/api/v1/attempts", json=body, headers=headers)).status_code in {200, 201}


async def test_reading_is_for_every_site(alice: Person) -> None:
    """Following a link from another site is no attack."""
    headers = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    response = await alice.http.get("/api/v1/me", headers=headers)
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


async def test_allowed_origins(grader: Grader) -> None:
    """A site on a host that the settings allow may ask with credentials; others learn nothing."""
    site = "https://learn.example.org"
    settings = Settings(root=str(grader.root), allowed_origins=(site,))
    app = create_app(settings, SqliteStore.open(grader.root / "data" / "grader.db"), Printer(), clock=grader.clock)
    async with running(app), httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as http:
        preflight = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
        for origin, allowed in ((site, site), ("https://evil.example", None)):
            headers = {"origin": origin, "sec-fetch-site": "cross-site"}
            asked = await http.options("/api/v1/attempts", headers=headers | preflight)
            assert asked.headers.get("access-control-allow-origin") == allowed
            refused = await http.post("/api/v1/attempts", headers=headers, json={"quiz": "x"})
            assert refused.status_code == (401 if allowed else 403)
            assert refused.headers.get("access-control-allow-origin") == allowed
        headers = {"origin": site, "sec-fetch-site": "cross-site"}
        answered = (await http.get("/api/v1/me", headers=headers)).headers
        assert answered["access-control-allow-credentials"] == "true"
        assert answered["access-control-expose-headers"] == "Date, ETag, Retry-After"


async def test_behind_a_proxy(grader: Grader) -> None:
    """Behind a proxy that asks with another host, the public address is this origin; the development sign-in is off."""
    settings = Settings(root=str(grader.root), public_url="https://learn.example.org")
    app = create_app(settings, SqliteStore.open(grader.root / "data" / "grader.db"), Printer(), clock=grader.clock)
    async with running(app), httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as http:
        headers = {"origin": "https://learn.example.org"}
        assert (await http.post("/api/v1/attempts", json={"quiz": "x"}, headers=headers)).status_code == 401
        assert (await http.post("/sign-in", data={"name": "A", "email": "a@b.example"})).status_code == 403
