"""Settings: grader.toml for what belongs in git, the environment (GRADER_*) for the rest, read once at start."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from grader.catalog.model import TRACK_TYPES
from grader.diagnostics import did_you_mean
from grader.errors import SetupError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Paths are relative to the folder of grader.toml."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""  # as others see the grader, without a slash at the end; empty: http://host:port
    content: str = "content"
    build: str = "build"
    database: str = "sqlite:///data/grader.db"
    certificates: str = "data/certificates"
    chromium: str = ""  # the program; empty: looked for
    allowed_origins: tuple[str, ...] = ()  # of sites on other hosts that may ask with credentials
    session_hours: int = 24 * 14
    extra_track_types: tuple[str, ...] = ()
    root: str = "."

    @property
    def folder(self) -> Path:
        return Path(self.root).resolve()

    @property
    def track_types(self) -> tuple[str, ...]:
        return (*TRACK_TYPES, *self.extra_track_types)

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        return self.host in LOOPBACK


def read_settings(root: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """grader.toml of this folder, overruled by the environment. Raises SetupError with one clear line."""
    given = _from_file(root / "grader.toml") | _from_environment(environment)
    unknown = [name for name in given if name not in Settings.__struct_fields__ or name == "root"]
    if unknown:
        raise SetupError(f"There is no setting `{unknown[0]}`: {did_you_mean(unknown[0], Settings.__struct_fields__)}")
    try:
        settings = msgspec.convert(given | {"root": str(root)}, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SetupError(f"A setting is not possible: {error}") from None
    if not 0 < settings.port < 65536:
        raise SetupError(f"The port {settings.port} is not possible: write one from 1 to 65535.")
    if settings.public_url and not settings.public_url.startswith(("http://", "https://")):
        raise SetupError(f"public_url {settings.public_url!r} is not possible: it begins with https://")
    return settings


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} is no TOML: {error}") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """GRADER_PORT=80 -> port; GRADER_DATABASE_FILE=/run/secrets/db -> database, from the file; lists by comma."""
    found: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith("GRADER_"):
            continue
        name = variable.removeprefix("GRADER_").lower()
        if name.endswith("_file"):
            name, value = name.removesuffix("_file"), _read_secret(variable, value)  # noqa: PLW2901 - one value, two sources
        found[name] = value.split(",") if name in ("allowed_origins", "extra_track_types") else value
    return found


def _read_secret(variable: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SetupError(f"{variable}: {path} cannot be read: {error.strerror}.") from None
