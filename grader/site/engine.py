"""A site engine, run on sources that hold no answer: MkDocs or Zensical, as the settings say."""

from collections.abc import Callable
from pathlib import Path

from grader.settings import Engine
from grader.site import mkdocs_engine, zensical_engine

Render = Callable[[Path], list[str]]
"""Builds what a settings file says, from nothing, and returns the engine's complaints. Raises SiteError."""

RENDER: dict[Engine, Render] = {Engine.MKDOCS: mkdocs_engine.render, Engine.ZENSICAL: zensical_engine.render}
