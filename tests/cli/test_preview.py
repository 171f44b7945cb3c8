"""`grader preview` at the terminal; what it shows in a browser is tested in tests/browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest


@pytest.fixture
def root(courses: Path, tmp_path: Path) -> Path:
    """A small project."""
    shutil.copytree(courses / "good", tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def preview(root: Path, port: int, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "grader.cli", "--root", str(root), "preview", "--port", str(port)]
    process = subprocess.Popen(
        command, env=os.environ | variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def wait(url: str, process: "subprocess.Popen[str]") -> httpx.Response:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            return httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(process.communicate())


def test_it_works(root: Path, port: int) -> None:
    """It serves site, API and sign-in on one address, tells mistakes with their places, and Ctrl-C ends all of it."""
    url = f"http://127.0.0.1:{port}"
    with preview(root, port) as process:
        assert "Good" in wait(url, process).text
        assert httpx.get(f"{url}/api/v1/catalog").json()["tracks"]
        assert httpx.get(f"{url}/sign-in").status_code == 200
        page = root / "content" / "basics" / "intake.md"
        page.write_text(page.read_text("utf-8").replace("- [x]", "- [ ]"), "utf-8")
        children = psutil.Process(process.pid).children(recursive=True)
        with httpx.stream("GET", f"{url}/_preview/events", timeout=30) as events:
            for line in events.iter_lines():
                if "no-right-option" in line:
                    break
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert f"Preview: {url}  (Ctrl-C ends it)" in out
    assert "content/basics/intake.md: shown in " in out
    assert "error[no-right-option]" in out
    assert [child for child in children if child.is_running()] == []


def test_it_keeps_to_itself(root: Path, port: int) -> None:
    """It serves this machine only, whatever the settings say, and touches neither the build nor the database."""
    with preview(root, port, GRADER_HOST="0.0.0.0", GRADER_PUBLIC_URL="https://learn.example.org") as process:
        wait(f"http://127.0.0.1:{port}", process)
        listening = [
            one.laddr[0]
            for one in psutil.net_connections("tcp")
            if one.laddr and one.laddr[1] == port and one.status == "LISTEN"
        ]
        assert listening == ["127.0.0.1"]
        assert httpx.get(f"http://127.0.0.1:{port}/sign-in").status_code == 200
    assert [path.name for path in (root / "build").iterdir() if path.is_dir()] == ["preview"]
    assert not (root / "data").exists()


def test_a_second_one(root: Path, port: int) -> None:
    """It would empty the first one's folder."""
    with preview(root, port) as first:
        wait(f"http://127.0.0.1:{port}", first)
        with preview(root, port + 1) as second:
            _, err = second.communicate(timeout=60)
    assert second.returncode == 1
    assert err == "grader: A preview of this project is running already. End it first, with Ctrl-C.\n"


def test_a_busy_port(root: Path, port: int) -> None:
    """Another one is named."""
    with closing(socket.create_server(("127.0.0.1", port))), preview(root, port) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"grader preview --port {port + 1}" in err


def test_no_settings(root: Path, port: int) -> None:
    """Without an mkdocs.yml that can be read there is nothing to begin with."""
    (root / "mkdocs.yml").write_text("nav: [", "utf-8")
    with preview(root, port) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "mkdocs.yml is no YAML" in err
    assert "Traceback" not in err
