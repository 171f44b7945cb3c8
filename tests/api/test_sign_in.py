from typing import Any

import pytest

from grader.api.sign_in import local
from grader.identity.session import COOKIE
from tests.api.parts import HOST, Grader, Person

FORM = {"name": "Dinah", "email": "dinah@example.org", "organization": ""}


async def test_it_works(stranger: Person) -> None:
    """Signing in opens a session and leads back to where one came from."""
    response = await stranger.http.post("/sign-in", data=FORM | {"next": "/basics/intake/"})
    assert (response.status_code, response.headers["location"]) == (303, "/basics/intake/")
    assert (await stranger.http.get("/api/v1/me")).json()["learner"]["name"] == "Dinah"


async def test_page(stranger: Person) -> None:
    """The page is a form that runs no script and holds where to go afterwards."""
    response = await stranger.http.get("/sign-in", params={"next": "/me/"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert 'value="/me/"' in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


async def test_cookie(stranger: Person) -> None:
    """The cookie is out of reach of scripts and of other sites' requests."""
    response = await stranger.http.post("/sign-in", data=FORM)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=1209600"} <= set(cookie.split("; "))


FOREIGN = [
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    "",
]


async def test_leads_nowhere_else(stranger: Person) -> None:
    """`next` is a path of this origin, or it is ignored: on the page and after the form."""
    for target in FOREIGN:
        page = await stranger.http.get("/sign-in", params={"next": target})
        response = await stranger.http.post("/sign-in", data=FORM | {"next": target})
        assert 'name="next" value="/"' in page.text
        assert response.headers["location"] == "/"


@pytest.mark.parametrize(
    ("target", "location"), [("/a?b=c&d=é#e", "/a?b=c&d=%C3%A9#e"), ("/你好/", "/%E4%BD%A0%E5%A5%BD/")]
)
async def test_leads_to_any_path(stranger: Person, target: str, location: str) -> None:
    """A path may hold a query, a fragment and letters of any script."""
    response = await stranger.http.post("/sign-in", data=FORM | {"next": target})
    assert (response.status_code, response.headers["location"]) == (303, location)


BAD_FIELDS = [
    ("name", ""),
    ("name", "  "),
    ("name", "x" * 81),
    ("name", "Di\u202enah"),
    ("name", "\u200c"),
    ("email", ""),
    ("email", "dinah"),
    ("email", "dinah@example"),
    ("email", "a b@example.org"),
    ("email", "a@example.org\x00"),
    ("email", f"{'x' * 250}@example.org"),
    ("organization", "x" * 81),
    ("organization", "Ac\u202eme"),
]


async def test_bad_field(stranger: Person) -> None:
    """A form with a mistake comes back as a page that says so beside the field and keeps what was typed."""
    for field, value in BAD_FIELDS:
        response = await stranger.http.post("/sign-in", data=FORM | {field: value, "next": "/me/"})
        assert response.status_code == 422
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert f'id="{field}-error"' in response.text
        assert 'value="/me/"' in response.text
        assert "set-cookie" not in response.headers


async def test_no_fields(stranger: Person) -> None:
    """An empty form comes back, too."""
    response = await stranger.http.post("/sign-in", content=b"")
    assert (response.status_code, response.text.count('role="alert"')) == (422, 2)


async def test_field_given_twice(stranger: Person) -> None:
    """A field that is given twice counts as not given."""
    form = b"name=Dinah&name=Alice&email=dinah%40example.org"
    response = await stranger.http.post(
        "/sign-in", content=form, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 422
    assert 'id="name-error"' in response.text


NAMES = ["null", "true", "7", "نازنین\u200cزهرا", "Nguyễn Thị Minh Khai", "李小龍"]


async def test_name_in_any_script(stranger: Person) -> None:
    """A name is text, whatever it looks like, in any script, joiners included."""
    for name in NAMES:
        await stranger.http.post("/sign-in", data=FORM | {"name": name})
        assert (await stranger.http.get("/api/v1/me")).json()["learner"]["name"] == name


async def test_typed_text_stays_text(stranger: Person) -> None:
    """What was typed is escaped in the page."""
    response = await stranger.http.post("/sign-in", data=FORM | {"email": '"><script>alert(1)</script>'})
    assert "<script>" not in response.text


async def test_same_person_again(grader: Grader, alice: Person, stranger: Person) -> None:
    """The same address is the same learner, with the newest name."""
    await stranger.sign_in("Alice P. Liddell", "ALICE@example.org", "Acme")
    first, second = [(await one.http.get("/api/v1/me")).json()["learner"] for one in (alice, stranger)]
    assert first == second
    assert second["name"] == "Alice P. Liddell"


async def test_session_is_never_adopted(stranger: Person) -> None:
    """A cookie that was there before signing in becomes no session: the token is new."""
    stranger.http.cookies.set(COOKIE, "planted-by-an-attacker")
    response = await stranger.http.post("/sign-in", data=FORM)
    assert f"{COOKIE}=planted" not in response.headers["set-cookie"]
    me = await stranger.grader.client().get("/api/v1/me", headers={"cookie": f"{COOKIE}=planted-by-an-attacker"})
    assert me.json()["learner"] is None


async def test_new_session_at_every_sign_in(grader: Grader, stranger: Person) -> None:
    """Signing in again gives another token, and the former one is worth nothing."""
    await stranger.http.post("/sign-in", data=FORM)
    former = stranger.http.cookies[COOKIE]
    await stranger.http.post("/sign-in", data=FORM)
    assert stranger.http.cookies[COOKIE] != former
    me = await grader.client().get("/api/v1/me", headers={"cookie": f"{COOKIE}={former}"})
    assert me.json()["learner"] is None


async def test_token_is_not_stored(grader: Grader, alice: Person) -> None:
    """The database holds a hash of the token only: a copy of it signs nobody in."""
    token = alice.http.cookies[COOKIE]
    assert token.encode() not in (grader.root / "data" / "grader.db-wal").read_bytes()


async def test_session_expires(grader: Grader, alice: Person) -> None:
    """After `session_hours` one has to sign in again."""
    grader.clock.move(hours=grader.settings.session_hours - 1)
    assert (await alice.http.get("/api/v1/me")).json()["learner"]
    grader.clock.move(hours=1)
    assert (await alice.http.get("/api/v1/me")).json()["learner"] is None


async def test_sign_out(grader: Grader, alice: Person) -> None:
    """Signing out ends the session on the server, not only in the browser."""
    token = alice.http.cookies[COOKIE]
    response = await alice.http.post("/sign-out", data={"next": "/basics/"})
    assert (response.status_code, response.headers["location"]) == (303, "/basics/")
    assert COOKIE not in alice.http.cookies
    me = await grader.client().get("/api/v1/me", headers={"cookie": f"{COOKIE}={token}"})
    assert me.json()["learner"] is None


@pytest.mark.parametrize("request_", [{"data": {"next": "//evil.example"}}, {"params": {"next": "//evil.example"}}, {}])
async def test_sign_out_leads_nowhere_else(stranger: Person, request_: dict[str, Any]) -> None:
    """Also without a session signing out works, and leads to a path of this origin."""
    response = await stranger.http.post("/sign-out", **request_)
    assert (response.status_code, response.headers["location"]) == (303, "/")


async def test_audit(grader: Grader, alice: Person) -> None:
    """Signing in and out leaves a line in the audit trail."""
    await alice.http.post("/sign-out")
    rows = await grader.rows("SELECT action FROM audit_events WHERE subject_kind = 'learner' ORDER BY id")
    assert rows == [("learner.added",), ("learner.signed-in",), ("learner.signed-out",)]


THROUGH_OTHERS = [
    {"host": "learn.example.org"},
    {"host": "rebound.example:8000"},
    {"host": "[::1"},
    {"x-forwarded-for": "203.0.113.7"},
    {"forwarded": "for=203.0.113.7"},
]


async def test_development_sign_in_serves_this_machine_only(stranger: Person) -> None:
    """Through a proxy, or by a name that an attacker points at this machine, it opens no session."""
    for headers in THROUGH_OTHERS:
        for response in (
            await stranger.http.get("/sign-in", headers=headers),
            await stranger.http.post("/sign-in", data=FORM, headers=headers),
        ):
            assert response.status_code == 403
            assert "set-cookie" not in response.headers


THIS_MACHINE = ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000"]


async def test_names_of_this_machine(stranger: Person) -> None:
    """It serves every name of this machine, with or without a port."""
    for host in THIS_MACHINE:
        assert (await stranger.http.get("/sign-in", headers={"host": host})).status_code == 200


async def test_refusal_is_a_page(stranger: Person) -> None:
    """A browser gets the refusal as a page."""
    response = await stranger.http.get("/sign-in", headers={"host": "learn.example.org", "accept": "text/html"})
    assert response.status_code == 403
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "this machine only" in response.text


async def test_any_long_form(stranger: Person) -> None:
    """A form of the greatest size is answered as quickly as any other."""
    response = await stranger.http.post("/sign-in", data=FORM | {"email": "a@" + "." * 200_000 + "@"})
    assert response.status_code == 422


def test_local() -> None:
    """The address that leads to this very origin is no path, either."""
    assert local(f"{HOST}/me/") == "/"
