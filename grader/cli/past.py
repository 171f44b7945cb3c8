"""The content as it was at a revision of git."""

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from grader.catalog.model import TRACK_TYPES
from grader.catalog.nav import Navigation, read_navigation
from grader.catalog.scan import Scan, scan
from grader.cli.git import find_repository
from grader.errors import SetupError
from grader.settings import Settings


def read_past(settings: Settings, revision: str) -> Scan:
    """Its mistakes do not matter any more: the catalog is what can be understood. Raises SetupError."""
    repository = find_repository(settings.folder)
    commit = repository.commit(revision)
    given = _toml(repository.find(commit, "grader.toml"))
    folder = str(given.get("content", Settings().content)).strip("/")
    pages = repository.files(commit, folder, ending=".md")
    if not pages:
        raise SetupError(f"At {revision} there was no page in {folder}/. Name a later revision.")
    files = pages | {"mkdocs.yml": repository.find(commit, "mkdocs.yml") or b""}
    with tempfile.TemporaryDirectory(prefix="grader-") as temporary:
        root = Path(temporary)
        for name, data in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        types = (*TRACK_TYPES, *given.get("extra_track_types", ()), *settings.extra_track_types)
        return scan(root / folder, _navigation(root), track_types=types)


def _toml(data: bytes | None) -> dict[str, Any]:
    """What can be read of it: settings that no longer exist do not matter."""
    try:
        return tomllib.loads((data or b"").decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def _navigation(root: Path) -> Navigation:
    try:
        return read_navigation(root / "mkdocs.yml")
    except SetupError:
        return Navigation()
