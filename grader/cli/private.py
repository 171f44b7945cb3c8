"""What holds answers or persons is not written where the site publishes it."""

from contextlib import suppress
from pathlib import Path

from grader.errors import SetupError
from grader.settings import Settings
from grader.site.config import theme_folder
from grader.site.project import project_of


def keep_private(settings: Settings, place: Path) -> None:
    """Raises SetupError for a file or folder in content/, in the site, or in its theme."""
    target = place.resolve()
    for folder in _published(settings):
        if target.is_relative_to(folder.resolve()):
            raise SetupError(f"{place} would be published with the site. Choose a place outside {folder}.")


def _published(settings: Settings) -> list[Path]:
    project = project_of(settings)
    folders = [project.content, project.site]
    with suppress(OSError, SetupError):  # what cannot be read publishes nothing, and keeps nobody from a backup
        theme = theme_folder(project.config)
        folders += [theme] if theme else []
    return folders
