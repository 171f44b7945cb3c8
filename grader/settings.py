"""Settings: grader.toml for what belongs in git, the environment (GRADER_*) for the rest, read once at start."""

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from grader.catalog.model import TRACK_TYPES
from grader.diagnostics import did_you_mean
from grader.errors import SetupError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Engine(StrEnum):
    """What makes pages of Markdown."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Paths are relative to the folder of grader.toml."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""  # as others see the grader: scheme and host, no path; empty: http://host:port
    content: str = "content"
    build: str = "build"
    engine: Engine = Engine.MKDOCS
    database: str = "sqlite:///data/grader.db"
    certificates: str = "data/certificates"
    chromium: str = ""  # the program; empty: looked for
    allowed_origins: tuple[str, ...] = ()  # of sites on other hosts that may ask with credentials
    session_hours: int = 24 * 14
    extra_track_types: tuple[str, ...] = ()
    extra_page_keys: tuple[str, ...] = ()  # front matter for templates of your own
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
        """Nobody but this machine's users reaches the grader, not even through a proxy."""
        return self.host in LOOPBACK and host_name(self.url) in LOOPBACK


NAMES = tuple(name for name in Settings.__struct_fields__ if name != "root")
LISTS = ("allowed_origins", "extra_track_types", "extra_page_keys")


def read_settings(root: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """grader.toml of this folder, overruled by the environment. Raises SetupError with one clear line."""
    given = _from_file(root / "grader.toml") | _from_environment(environment)
    try:
        settings = msgspec.convert(given | {"root": str(root)}, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SetupError(f"A setting is not possible: {error}") from None
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if not settings.host:
        raise SetupError("The host is empty: write 127.0.0.1 for this machine, 0.0.0.0 for all of its networks.")
    if not 0 < settings.port < 65536:
        raise SetupError(f"The port {settings.port} is not possible: write one from 1 to 65535.")
    if settings.session_hours < 1:
        raise SetupError(f"session_hours {settings.session_hours} is not possible: write a number from 1.")
    if settings.public_url and not is_origin(settings.public_url):
        raise SetupError(
            f"public_url {settings.public_url!r} is not possible: write https://learn.example.org, without a path."
        )
    for origin in settings.allowed_origins:
        if not is_origin(origin):
            raise SetupError(
                f"allowed_origins: {origin!r} is not possible: write https://learn.example.org, without a path."
            )


def is_origin(text: str) -> bool:
    """Scheme, host and perhaps port, as browsers write it in the header Origin. `*` is none."""
    try:
        parts = urlsplit(text)
        plain = f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        return False
    return text == plain == text.lower() and parts.scheme in ("http", "https") and bool(parts.hostname)


def host_name(url: str) -> str | None:
    """Without port and user; None for what is no URL."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _from_file(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} is no TOML: {error}") from None
    for name in given:
        if name not in NAMES:
            raise SetupError(f"{path} has a setting `{name}` that does not exist: {did_you_mean(name, NAMES)}")
    return given


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """GRADER_PORT=80 -> port; GRADER_DATABASE_FILE=/run/secrets/db -> database, from the file; lists by comma."""
    found: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith("GRADER_"):
            continue
        name = variable.removeprefix("GRADER_").removesuffix("_FILE").lower()
        if name not in NAMES:
            raise SetupError(f"{variable} names no setting: {did_you_mean(name, NAMES)}")
        if name in found:
            raise SetupError(f"Both GRADER_{name.upper()} and GRADER_{name.upper()}_FILE are set: unset one.")
        text = _read_secret(variable, value) if variable.endswith("_FILE") else value
        found[name] = [one.strip() for one in text.split(",") if one.strip()] if name in LISTS else text
    return found


def _read_secret(variable: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SetupError(f"{variable}: {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SetupError(f"{variable}: {path} is no text in UTF-8.") from None
