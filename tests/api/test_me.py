from tests.api.parts import Person


async def test_it_works(alice: Person) -> None:
    """Whoever is signed in is told who that is."""
    response = await alice.http.get("/api/v1/me")
    body = response.json()
    assert response.status_code == 200
    assert body["sign_in"] == "/sign-in"
    assert body["learner"].pop("id")
    assert body["learner"] == {
        "name": "Alice Liddell",
        "email": "alice@example.org",
        "kind": "TENANT",
        "organization": "Acme",
        "role": "learner",
    }


async def test_staff(charlie: Person) -> None:
    """Somebody without an organization is of the staff."""
    learner = (await charlie.http.get("/api/v1/me")).json()["learner"]
    assert (learner["kind"], learner["organization"]) == ("INTERNAL", None)


async def test_nobody(stranger: Person) -> None:
    """Nobody is an answer, too, with the way to sign in."""
    response = await stranger.http.get("/api/v1/me")
    assert (response.status_code, response.json()) == (200, {"learner": None, "sign_in": "/sign-in"})


async def test_no_cache(alice: Person) -> None:
    """No cache keeps what is personal."""
    response = await alice.http.get("/api/v1/me")
    assert response.headers["cache-control"] == "no-store"
