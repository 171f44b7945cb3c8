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
        self.complaints.append(f"{record.levelname.lower()}: {record.getMessage()}")


def render(config: Path) -> list[str]:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build  # noqa: PLC0415 - half a second that other commands need not wait for
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    with _complaints() as complaints:
        try:
            loaded = load_config(str(config))
            loaded.plugins.on_startup(command="build", dirty=False)
            build(loaded)
            loaded.plugins.on_shutdown()
        except (Abort, ConfigurationError) as error:
            raise SiteError(complaints or [str(error)]) from None
    return complaints


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What MkDocs warns of meanwhile."""
    collect = _Collect()
    log = logging.getLogger("mkdocs")
    log.addHandler(collect)
    try:
        yield collect.complaints
    finally:
        log.removeHandler(collect)
