"""The order of tracks and courses: `nav` of mkdocs.yml."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec
import yaml

from grader.diagnostics import Place
from grader.errors import SetupError


class NavEntry(msgspec.Struct, frozen=True):
    path: str  # relative to content/
    line: int  # of mkdocs.yml
    column: int = 1

    @property
    def place(self) -> Place:
        return Place(self.line, self.column)


class Navigation(msgspec.Struct, frozen=True, kw_only=True):
    """What mkdocs.yml says about where pages are found."""

    entries: tuple[NavEntry, ...] = ()
    unlisted: tuple[str, ...] = ()  # `not_in_nav`: patterns of pages that are missing on purpose, as in .gitignore

    def without(self, pages: AbstractSet[str]) -> "Navigation":
        return Navigation(
            entries=tuple(entry for entry in self.entries if entry.path not in pages), unlisted=self.unlisted
        )


def read_nav(config: Path) -> tuple[NavEntry, ...]:
    """The pages of `nav`, in order. Raises SetupError when the file is no YAML."""
    return read_navigation(config).entries


def read_navigation(config: Path) -> Navigation:
    """Titles and nesting do not matter here, nor do tags such as `!!python/name`.

    Raises SetupError when the file is no YAML.
    """
    try:
        root = yaml.compose(config.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{config} is no YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode):
        return Navigation()
    found = {key.value: value for key, value in root.value}
    unlisted = found.get("not_in_nav")
    return Navigation(
        entries=tuple(_pages(found["nav"])) if "nav" in found else (),
        unlisted=tuple(unlisted.value.splitlines()) if isinstance(unlisted, yaml.ScalarNode) else (),
    )


def _pages(node: Any) -> Iterator[NavEntry]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _pages(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _pages(child)
    elif "://" not in node.value:
        yield NavEntry(node.value, node.start_mark.line + 1, node.start_mark.column + 1)
