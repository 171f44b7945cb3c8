import shutil

from grader.api.site import on_this_origin
from tests.api.parts import Grader, Person

FILM = bytes(range(256)) * 4


async def test_it_works(stranger: Person) -> None:
    """The built site is served beside the API, a folder by its index.html."""
    for path, text in (("/", "Learning"), ("/basics/", "Basics"), ("/basics/index.html", "Basics")):
        response = await stranger.http.get(path)
        assert (response.status_code, response.text) == (200, f"<h1>{text}</h1>")
        assert response.headers["content-type"] == "text/html; charset=utf-8"


async def test_not_changed(stranger: Person) -> None:
    """Browsers keep a page, ask with its ETag, and get it only when it has changed."""
    first = await stranger.http.get("/basics/")
    assert first.headers["cache-control"] == "no-cache"
    again = await stranger.http.get("/basics/", headers={"if-none-match": first.headers["etag"]})
    other = await stranger.http.get("/basics/", headers={"if-none-match": '"other"'})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


RANGES = [
    ("bytes=0-9", 206, "bytes 0-9/1024", FILM[:10]),
    ("bytes=1000-", 206, "bytes 1000-1023/1024", FILM[1000:]),
    ("bytes=-24", 206, "bytes 1000-1023/1024", FILM[-24:]),
    ("bytes=5000-", 416, "*/1024", None),
]


async def test_range(stranger: Person) -> None:
    """A film can be played from anywhere."""
    for asked, status, told, content in RANGES:
        response = await stranger.http.get("/media/film.mp4", headers={"range": asked})
        assert response.status_code == status
        assert response.headers["content-range"].removeprefix("bytes ") == told.removeprefix("bytes ")
        assert content is None or response.content == content


ANYWHERE = ["/", "/media/film.mp4", "/api/v1/me", "/verify/x", "/healthz", "/nope"]


async def test_head(stranger: Person) -> None:
    """HEAD is GET without the body, everywhere."""
    for path in ANYWHERE:
        get, head = await stranger.http.get(path), await stranger.http.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["content-length"] == str(len(get.content))


async def test_no_such_page(stranger: Person) -> None:
    """What is not there gets the site's own page."""
    response = await stranger.http.get("/basics/nope/")
    assert (response.status_code, response.text) == (404, "<h1>No such page</h1>")


async def test_folder_without_slash(stranger: Person) -> None:
    """A folder is led to with its slash, on whatever scheme and host a proxy shows to others."""
    response = await stranger.http.get("/basics?a=b", headers={"host": "evil.example"})
    assert (response.status_code, response.headers["location"]) == (307, "/basics/?a=b")


def test_redirects_stay_here() -> None:
    """No path leads to another host."""
    assert on_this_origin("http://a.example//evil.example/x/") == "/evil.example/x/"


OUTSIDE = [
    "/../key.json",
    "/..%2fkey.json",
    "/%2e%2e/key.json",
    "/media/..%2f..%2fkey.json",
    "/..%5ckey.json",
    "//etc/passwd",
    "/%00",
    "/media/%ff",
    "/" + "x" * 5000,
    "/" + "x/" * 3000,
]


async def test_nothing_outside(stranger: Person) -> None:
    """Nothing outside of the site is served, and no path is a fault of ours."""
    for path in OUTSIDE:
        assert (path, (await stranger.http.get(path)).status_code) == (path, 404)


async def test_links_lead_nowhere_else(grader: Grader, stranger: Person) -> None:
    """A symbolic link out of the site is not followed."""
    (grader.root / "build" / "site" / "key.json").symlink_to(grader.root / "build" / "key.json")
    assert (await stranger.http.get("/key.json")).status_code == 404


METHODS = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]


async def test_other_methods(stranger: Person) -> None:
    """Pages are only read."""
    for method in METHODS:
        response = await stranger.http.request(method, "/basics/")
        assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


async def test_site_is_gone(grader: Grader, stranger: Person) -> None:
    """Without a site the API still answers, and pages are not found."""
    assert (await stranger.http.get("/")).status_code == 200
    shutil.rmtree(grader.root / "build" / "site")
    assert (await stranger.http.get("/")).status_code == 404
    assert (await stranger.http.get("/api/v1/me")).status_code == 200
