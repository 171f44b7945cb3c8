"""Which Chromium prints the certificates. `python -m grader.certificates.chromium` says it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import playwright

from grader.errors import SetupError

ON_PATH = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

MISSING = (
    "Certificates need Chromium, and none was found. Install one of: "
    "`.venv/bin/playwright install chromium-headless-shell`, `apt-get install chromium-headless-shell`; "
    "or set GRADER_CHROMIUM to the path of a Chromium or Chrome."
)


def find_chromium(configured: str | None) -> str:
    """The path of the executable: what is configured, else what Playwright downloaded, else what PATH has.

    Raises SetupError.
    """
    if configured:
        if found := shutil.which(configured):
            return found
        raise SetupError(f"GRADER_CHROMIUM is {configured!r}, which is no program that can be started.")
    found = find_downloaded() or next(filter(None, map(shutil.which, ON_PATH)), None)
    if found is None:
        raise SetupError(MISSING)
    return found


def find_downloaded() -> str | None:
    """The newest headless shell in Playwright's cache, found without starting its driver."""
    shells = [
        shell
        for name in ("chrome-headless-shell", "headless_shell")
        for shell in downloads().glob(f"chromium_headless_shell-*/*/{name}")
        if os.access(shell, os.X_OK)
    ]
    return str(max(shells, key=revision)) if shells else None


def revision(shell: Path) -> int:
    """As in ".../chromium_headless_shell-1255/..."."""
    number = shell.parent.parent.name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def downloads() -> Path:
    """By the rules of Playwright's registry: PLAYWRIGHT_BROWSERS_PATH, where "0" is inside its package."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen == "0":
        return Path(playwright.__file__).parent / "driver" / "package" / ".local-browsers"
    if chosen:
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def needs_no_sandbox() -> bool:
    """Chromium refuses to sandbox what root runs; anybody else keeps the sandbox."""
    return os.geteuid() == 0


def complaint(executable: str) -> str | None:
    """What it says when it does not start: a download may lack libraries, a user may lack the sandbox."""
    arguments = ["--headless", "--disable-gpu", "--dump-dom", "about:blank"]
    if needs_no_sandbox():
        arguments.append("--no-sandbox")
    try:
        run = subprocess.run([executable, *arguments], capture_output=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = run.stderr.decode(errors="replace").strip()
    return None if run.returncode == 0 else said or f"it ended with {run.returncode}"


def main() -> None:
    try:
        executable = find_chromium(os.environ.get("GRADER_CHROMIUM"))
    except SetupError as error:
        sys.exit(str(error))
    if said := complaint(executable):
        sys.exit(f"Certificates need Chromium, and {executable} does not start: {said}")
    sys.stdout.write(f"{executable}\n")


if __name__ == "__main__":
    main()
