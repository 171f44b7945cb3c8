"""MkDocs, run on sources that hold no answer."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from grader.catalog.summary import CatalogSummary
from grader.errors import GraderError


class SiteError(GraderError):
    """The engine refused the pages. Carries its complaints, one a line."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints) or "The site could not be built.")
        self.complaints = complaints


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(f"{record.levelname.lower()}: {record.getMessage()}")


def render(config: Path, docs: Path, site: Path, catalog: CatalogSummary) -> None:
    """Build the pages of `docs` into the folder `site`. Warnings count as errors. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build  # noqa: PLC0415 - half a second that other commands need not wait for
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    collect = _Collect()
    log = logging.getLogger("mkdocs")
    log.addHandler(collect)
    try:
        loaded: Any = load_config(str(config), docs_dir=str(docs), site_dir=str(site), strict=True)
        loaded.extra["catalog"] = msgspec.to_builtins(catalog)
        loaded.plugins.on_startup(command="build", dirty=False)
        build(loaded)
        loaded.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise SiteError(collect.complaints or [str(error)]) from None
    finally:
        log.removeHandler(collect)
        sys.stdout.flush()
    if collect.complaints:
        raise SiteError(collect.complaints)
