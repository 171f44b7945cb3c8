"""The project that a command works on."""

from grader.settings import Settings
from grader.site.build import Project


def project_of(settings: Settings) -> Project:
    return Project(
        root=settings.folder,
        content=settings.folder / settings.content,
        build=settings.folder / settings.build,
        track_types=settings.track_types,
        engine=settings.engine,
        page_keys=settings.extra_page_keys,
    )
