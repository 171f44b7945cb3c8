"""The command as somebody at a terminal meets it."""

import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from grader.api.serve import NOBODY
from grader.store.sqlite.schema import make_ready
from tests.api.content import PAGES, publish
from tests.cli.running import Command, refusal

CONFIG = """\
site_name: Learning
nav:
"""


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    """A project that is built, except for the site's look."""
    publish(tmp_path, PAGES)
    nav = "".join(f"  - {name}\n" for name in PAGES)
    (tmp_path / "mkdocs.yml").write_text(CONFIG + nav, "utf-8")
    return Command(tmp_path)


@pytest.fixture
def port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def test_it_works(grader: Command) -> None:
    """Content without mistakes passes, with what it holds."""
    done = grader.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "No mistakes in 3 tracks, 5 courses, 7 questions.\n"


def test_help(grader: Command) -> None:
    """The help teaches what there is and in which order it is used."""
    done = grader.run("--help")
    assert done.returncode == 0
    for word in ("check", "build", "serve", "migrate", "content/", "--root"):
        assert word in done.stdout
    assert grader.run("serve", "--help").stdout.count("\n") > 6


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--fast"], ["check", "more"], ["--root", "/nowhere"]])
def test_wrong_use(grader: Command, arguments: list[str]) -> None:
    """Wrong use ends with 2 and says what is possible."""
    done = grader.run(*arguments)
    assert done.returncode == 2
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


def test_mistakes(grader: Command) -> None:
    """Mistakes are told with their places, all of them; nothing is built."""
    before = (grader.root / "build" / "catalog.json").read_bytes()
    intake = grader.root / "content" / "basics" / "intake.md"
    intake.write_text(PAGES["basics/intake.md"].replace("- [x] On receipt", "- [ ] On receipt"), "utf-8")
    for verb in ("check", "build"):
        done = grader.run(verb)
        assert done.returncode == 1
        assert "content/basics/intake.md:18:" in done.stderr
        assert ("Nothing was built." in done.stderr) == (verb == "build")
        assert "Traceback" not in done.stderr
    assert (grader.root / "build" / "catalog.json").read_bytes() == before


@pytest.mark.parametrize(
    ("verb", "missing", "message"),
    [
        ("check", "mkdocs.yml", "mkdocs.yml does not exist"),
        ("check", "content", "content does not exist"),
        ("serve", "build/catalog.json", "catalog.json is missing. Build the content first: grader build"),
        ("serve", "build/site/index.html", "site is missing. Build the content first: grader build"),
    ],
)
def test_missing(grader: Command, verb: str, missing: str, message: str) -> None:
    """What is missing is named, and how to get it."""
    (grader.root / missing).rename(grader.root / "moved")
    assert message in refusal(grader.run(verb))


def test_key_that_does_not_fit(grader: Command) -> None:
    """A key of another build stops the start."""
    key = (grader.root / "build" / "key.json").read_bytes()
    publish(grader.root, PAGES | {"basics/index.md": PAGES["basics/index.md"].replace('"1.0"', '"2.0"')})
    (grader.root / "build" / "key.json").write_bytes(key)
    assert "does not fit" in refusal(grader.run("serve"))


@pytest.mark.parametrize("folder", ["data", "data/certificates"])
def test_folder_that_cannot_be_written(grader: Command, folder: str) -> None:
    """A file where a folder should be stops the start."""
    (grader.root / folder).parent.mkdir(exist_ok=True)
    (grader.root / folder).write_text("in the way", "utf-8")
    assert "cannot be written" in refusal(grader.run("serve"))


def test_build_that_cannot_be_written(grader: Command) -> None:
    """Also where `grader build` cannot write, one line says so."""
    done = grader.run("build", GRADER_BUILD="mkdocs.yml")
    assert "mkdocs.yml" in refusal(done)


@pytest.mark.parametrize(
    ("database", "message"),
    [
        ("mysql://me:SENTINEL@x", "write sqlite:///path/of/file.db"),
        ("postgresql://me:SEN/TINEL@x/y", "cannot be read: write postgresql://user:password@host"),
        ("postgresql://me:SENTINEL@127.0.0.1:1/y", "postgresql://me@127.0.0.1:1/y cannot be reached"),
        ("sqlite:///", "cannot be written"),
        ("sqlite:///mkdocs.yml", "cannot be used as the database: file is not a database"),
    ],
)
def test_impossible_database(grader: Command, database: str, message: str) -> None:
    """A database that is none stops the start, and is left as it is."""
    before = (grader.root / "mkdocs.yml").read_bytes()
    assert message in refusal(grader.run("serve", GRADER_DATABASE=database))
    assert (grader.root / "mkdocs.yml").read_bytes() == before


def test_busy_port(grader: Command, port: int) -> None:
    """A port in use stops the start, and the line names another."""
    with closing(socket.create_server(("127.0.0.1", port))):
        said = refusal(grader.run("serve", GRADER_PORT=str(port)))
    assert f"Port {port} of 127.0.0.1 cannot be used" in said
    assert f"PORT={port + 1}" in said


def test_no_such_address(grader: Command) -> None:
    """A host that is none of this machine stops the start."""
    assert "cannot be used" in refusal(grader.run("serve", GRADER_HOST="192.0.2.1"))
    assert "cannot be used" in refusal(grader.run("serve", GRADER_HOST="no-such-host.invalid"))


def test_no_chromium(grader: Command, tmp_path: Path) -> None:
    """Without a Chromium nothing starts, and the line says how to get one."""
    empty = str(tmp_path / "empty")
    said = refusal(grader.run("serve", PATH=empty, PLAYWRIGHT_BROWSERS_PATH=empty))
    assert "Certificates need Chromium" in said
    assert "apt-get install" in said


def test_impossible_setting(grader: Command) -> None:
    """A setting that is impossible stops every command."""
    assert "names no setting" in refusal(grader.run("check", GRADER_PROT="80"))


def test_broken_configuration(grader: Command) -> None:
    """An mkdocs.yml that is no YAML is a mistake of the author's, not a fault of ours."""
    (grader.root / "mkdocs.yml").write_text("nav: [", "utf-8")
    done = grader.run("check")
    assert done.returncode == 1
    assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr


def answer(url: str, process: "subprocess.Popen[str]") -> httpx.Response:
    """The first answer of a server that is starting."""
    end = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < end:
        try:
            return httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(process.communicate())


def test_serve(grader: Command, port: int) -> None:
    """It serves until it is told to end, says where, and ends with 0 and without complaint."""
    with grader.serve(port) as process:
        assert answer(f"http://127.0.0.1:{port}/readyz", process).json() == {"status": "ok"}
        assert httpx.get(f"http://127.0.0.1:{port}/basics/").text == "<h1>Basics</h1>"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, f"Learning site and grading API: http://127.0.0.1:{port}\n")
    assert err == ""
    assert (grader.root / "data" / "grader.db").stat().st_mode & 0o777 == 0o600


def test_killed(grader: Command, port: int) -> None:
    """The process that was started, killed without a chance to end its worker, leaves nobody on the port."""
    with grader.serve(port) as process:
        answer(f"http://127.0.0.1:{port}/readyz", process)
        process.kill()
        process.communicate(timeout=30)  # returns when the worker's end has closed the pipes too
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/healthz")


def test_faults_reach_the_terminal(grader: Command, port: int) -> None:
    """What goes wrong while serving is said on stderr, a fault of ours with its traceback; serving goes on."""
    with grader.serve(port) as process:
        answer(f"http://127.0.0.1:{port}/readyz", process)
        (grader.root / "build" / "key.json").write_text("{", "utf-8")
        with closing(sqlite3.connect(grader.root / "data" / "grader.db")) as other:
            other.execute("DROP TABLE sessions")
        asked = httpx.get(f"http://127.0.0.1:{port}/api/v1/me", headers={"cookie": "grader_session=x"})
        loop = grader.root / "build" / "site" / "loop.html"
        loop.symlink_to("loop.html")
        page = httpx.get(f"http://127.0.0.1:{port}/loop.html")
        time.sleep(0.8)
        assert (asked.status_code, page.status_code) == (500, 500)
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert "WARNING The new build is not taken in: " in err
    assert "ERROR GET /api/v1/me failed\nTraceback" in err
    assert "ERROR The site's file 'loop.html' cannot be read" in err


def test_open_to_others(grader: Command, port: int) -> None:
    """Where other machines reach it, it says that nobody can sign in, and nobody can."""
    with grader.serve(port, GRADER_HOST="0.0.0.0") as process:
        page = answer(f"http://127.0.0.1:{port}/sign-in", process)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    assert page.status_code == 403
    assert err == f"{NOBODY}\n"


def test_database_is_locked(grader: Command, port: int) -> None:
    """A start that fails after all checks is said, too."""
    make_ready(grader.root / "data" / "grader.db")
    with closing(sqlite3.connect(grader.root / "data" / "grader.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with grader.serve(port) as process:
            _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "The grader cannot start: The database is not available" in err
    assert "Traceback" not in err
