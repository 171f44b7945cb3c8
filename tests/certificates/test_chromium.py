from pathlib import Path

import pytest

from grader.certificates import chromium
from grader.errors import SetupError


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def downloaded(cache: Path, revision: int) -> str:
    folder = cache / f"chromium_headless_shell-{revision}" / "chrome-headless-shell-linux64"
    return program(folder / "chrome-headless-shell")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing on PATH, nothing in the cache."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "cache"))


def test_it_is_on_path(tmp_path: Path) -> None:
    """The headless shell on PATH is found before the whole browser."""
    program(tmp_path / "bin/google-chrome")
    whole = program(tmp_path / "bin/chromium")
    assert chromium.find_chromium(None) == whole
    shell = program(tmp_path / "bin/chromium-headless-shell")
    assert chromium.find_chromium(None) == shell


def test_a_download_wins(tmp_path: Path) -> None:
    """What Playwright downloaded comes before PATH, and of several the newest revision, by number."""
    program(tmp_path / "bin/chromium")
    downloaded(tmp_path / "cache", 999)
    newest = downloaded(tmp_path / "cache", 1255)
    assert chromium.find_chromium(None) == newest


def test_what_is_configured_wins(tmp_path: Path) -> None:
    """A configured path, or a name on PATH, comes before everything."""
    downloaded(tmp_path / "cache", 1255)
    own = program(tmp_path / "own chromium")
    assert chromium.find_chromium(own) == own
    named = program(tmp_path / "bin/brave")
    assert chromium.find_chromium("brave") == named


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    """A configured path that is no program stops with its name, even when another browser is there."""
    program(tmp_path / "bin/chromium")
    with pytest.raises(SetupError, match=r"GRADER_CHROMIUM is '/nowhere/chromium'"):
        chromium.find_chromium("/nowhere/chromium")


def test_none_at_all() -> None:
    """Without any browser the message says what to install or to set."""
    with pytest.raises(SetupError) as caught:
        chromium.find_chromium(None)
    for way in (
        "playwright install chromium-headless-shell",
        "apt-get install chromium-headless-shell",
        "GRADER_CHROMIUM",
    ):
        assert way in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/ms-playwright"),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/ada"}, "/home/ada/.cache/ms-playwright"),
    ],
)
def test_the_cache_of_playwright(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str) -> None:
    """Without PLAYWRIGHT_BROWSERS_PATH the downloads are in the user's cache."""
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH")
    monkeypatch.setattr("sys.platform", "linux")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(chromium.downloads()) == expected


def test_what_does_not_start_complains(tmp_path: Path) -> None:
    """A program that cannot run, or ends with an error, is reported in its own words."""
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'libnss3.so: cannot open' >&2\nexit 127\n")
    broken.chmod(0o755)
    assert chromium.complaint(str(broken)) == "libnss3.so: cannot open"
    assert "No such file" in (chromium.complaint(str(tmp_path / "absent")) or "")


@pytest.mark.browser
def test_the_real_one_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of this machine is found and has no complaint."""
    monkeypatch.undo()
    assert chromium.complaint(chromium.find_chromium(None)) is None
