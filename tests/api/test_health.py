from tests.api.parts import Grader, Person


async def test_it_works(stranger: Person) -> None:
    """The process answers, and says that it can work."""
    for path in ("/healthz", "/readyz"):
        response = await stranger.http.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_without_its_database(grader: Grader, stranger: Person) -> None:
    """Without its database the process is alive, but cannot work; later may help."""
    await grader.store.close()
    alive, ready = await stranger.http.get("/healthz"), await stranger.http.get("/readyz")
    assert (alive.status_code, ready.status_code, ready.headers["retry-after"]) == (200, 503, "2")
    assert ready.json()["type"].endswith("/unavailable")
