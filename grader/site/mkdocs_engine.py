"""MkDocs, in this process."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.site.complaints import SiteError


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith("A 'dirty' build"):
            self.complaints.append(f"{record.levelname.lower()}: {record.getMessage()}")


def render(config: Path, *, warm: bool = False, dirty: bool = False) -> list[str]:
    """Build a site, and return MkDocs' complaints. Raises SiteError.

    `warm` says that the process will build it again, `dirty` that only what changed since is to be made anew: pages
    newer than their HTML. Their navigation is right only if the settings name each page.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build  # noqa: PLC0415 - half a second that other commands need not wait for
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    from grader.site.templates import CompiledTemplates, place_of_compiled  # noqa: PLC0415

    with _complaints() as complaints:
        try:
            loaded = load_config(str(config))
            loaded.plugins["grader"] = CompiledTemplates(place_of_compiled(config.parent))
            loaded.plugins.on_startup(command="build", dirty=warm)  # tells the search to keep its index
            build(loaded, dirty=dirty)
            if not warm:
                loaded.plugins.on_shutdown()
        except (Abort, ConfigurationError) as error:
            raise SiteError(complaints or [str(error)]) from None
        except Exception as error:
            if not complaints:  # MkDocs names the page on which a theme, a plugin or an extension fails
                raise
            raise SiteError(complaints) from error
    return complaints


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What MkDocs warns of meanwhile."""
    collect = _Collect()
    log = logging.getLogger("mkdocs")
    log.addHandler(collect)
    propagate, log.propagate = log.propagate, False
    try:
        yield collect.complaints
    finally:
        log.removeHandler(collect)
        log.propagate = propagate
