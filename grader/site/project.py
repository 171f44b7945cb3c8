"""A project: where its parts are, and its content as it was read."""

import os
from pathlib import Path

import msgspec

from grader.catalog.nav import read_navigation
from grader.catalog.scan import Scan, scan
from grader.errors import SetupError
from grader.settings import Engine, Settings


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Where things are."""

    root: Path
    content: Path
    build: Path
    track_types: tuple[str, ...]
    engine: Engine = Engine.MKDOCS
    page_keys: tuple[str, ...] = ()

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def site(self) -> Path:
        return self.build / "site"


def project_of(settings: Settings) -> Project:
    return Project(
        root=settings.folder,
        content=settings.folder / settings.content,
        build=settings.folder / settings.build,
        track_types=settings.track_types,
        engine=settings.engine,
        page_keys=settings.extra_page_keys,
    )


def read_content(project: Project, *, drafts: bool = False) -> Scan:
    """Scan the content, mistakes included. Raises SetupError when there is none."""
    if not project.content.is_dir():
        raise SetupError(f"{project.content} does not exist. Run the command in the project's folder.")
    if not project.config.is_file():
        raise SetupError(f"{project.config} does not exist. Run the command in the project's folder.")
    return scan(
        project.content,
        read_navigation(project.config),
        track_types=project.track_types,
        drafts=drafts,
        page_keys=project.page_keys,
        name=os.path.relpath(project.content, project.root),
    )
