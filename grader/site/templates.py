"""Keeps what Jinja compiles of the theme's templates: an eighth of a small build, half of making one page anew."""

import os
import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.plugins import BasePlugin


class CompiledTemplates(BasePlugin):  # type: ignore[type-arg, no-untyped-call] # it has no settings
    """In a folder, by name and content of the template, so never out of date."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._cache = FileSystemBytecodeCache(str(folder))

    def on_env(self, env: Environment, **_: Any) -> Environment:
        env.bytecode_cache = self._cache
        return env


def place_of_compiled(build: Path) -> Path:
    """In the environment, beside the compiled modules of the packages; in `build` where that may not be written."""
    environment = Path(sys.prefix)
    return (environment if os.access(environment, os.W_OK) else build) / ".grader-templates"
