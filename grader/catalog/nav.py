"""The order of tracks and courses: `nav` of mkdocs.yml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from grader.errors import SetupError


class NavEntry(msgspec.Struct, frozen=True):
    path: str  # relative to content/
    line: int  # of mkdocs.yml


def read_nav(config: Path) -> tuple[NavEntry, ...]:
    """The pages of `nav`, in order. Titles and nesting do not matter here, nor do tags such as `!!python/name`.

    Raises SetupError when the file is no YAML.
    """
    try:
        root = yaml.compose(config.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{config} is no YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode):
        return ()
    return tuple(entry for key, value in root.value if key.value == "nav" for entry in _pages(value))


def _pages(node: Any) -> Iterator[NavEntry]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _pages(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _pages(child)
    elif "://" not in node.value:
        yield NavEntry(node.value, node.start_mark.line + 1)
