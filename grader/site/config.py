"""The engine's settings, made of mkdocs.yml: both engines read the same file, and only what has to differs in it."""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from grader.errors import SetupError

_PATHS = (("INHERIT",), ("theme", "custom_dir"), ("hooks",))
"""Settings that count from the file they stand in."""

_MAP, _TEXT = "tag:yaml.org,2002:map", "tag:yaml.org,2002:str"


def write_config(
    config: Path,
    derived: Path,
    *,
    docs: str,
    site: str,
    left_out: Container[str] = (),
    titles: Mapping[str, str] = {},
    url: str = "",
) -> bool:
    """Write `derived`, for the folders `docs` and `site` beside it, with the navigation less the pages `left_out`.
    With `titles` it names each page, so that one page can be made without the others. Has it changed?

    A file and not arguments: Zensical takes none. It stands in build/, because Zensical takes its folder for the
    project's, keeps its cache there, and refuses folders outside. The tree of YAML is changed, not its values, so
    that tags such as `!ENV` and `!!python/name` stay. Raises SetupError when mkdocs.yml is no YAML.
    """
    root = _compose(config)
    for path in _PATHS:
        _from(config.parent, _find(root, path))
    for node in _found(root, "nav"):
        _leave_out(node, left_out)
        _name(node, titles)
    given = {"docs_dir": docs, "site_dir": site} | ({"site_url": url} if url else {})
    root.value = [pair for pair in root.value if pair[0].value not in given]
    root.value += [(_scalar(name), _scalar(value)) for name, value in given.items()]
    text = yaml.serialize(root, Dumper=yaml.CSafeDumper, allow_unicode=True, width=1000)
    if derived.is_file() and derived.read_text("utf-8") == text:
        return False
    derived.parent.mkdir(parents=True, exist_ok=True)
    derived.write_text(text, "utf-8")
    return True


def theme_folder(config: Path) -> Path | None:
    """Where the overrides of the theme stand. Raises SetupError as `write_config` does."""
    node = _find(_compose(config), ("theme", "custom_dir"))
    return config.parent / node.value if node else None


def _compose(config: Path) -> yaml.MappingNode:
    try:
        root = yaml.compose(config.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{config} is no YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode):
        raise SetupError(f"{config} has no settings. It needs `site_name`, `theme` and `nav`.")
    return root


def _scalar(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode(_TEXT, value)


def _found(node: Any, name: str) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if key.value == name)


def _find(node: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        node = next(_found(node, name), None)
    return node


def _from(folder: Path, node: Any) -> None:
    """Let a path, or each of a list, count from anywhere."""
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            _from(folder, one)
    elif isinstance(node, yaml.ScalarNode) and node.tag == _TEXT:
        node.value = str(folder.resolve() / node.value)


def _leave_out(node: Any, paths: Container[str]) -> bool:
    """Take pages out of a part of the navigation. Is nothing left of it?"""
    if isinstance(node, yaml.ScalarNode):
        return node.value in paths
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, value) for key, value in node.value if not _leave_out(value, paths)]
    else:
        node.value = [one for one in node.value if not _leave_out(one, paths)]
    return not node.value


def _name(node: Any, titles: Mapping[str, str]) -> None:
    """Give a title to each page of a part of the navigation that has none."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _name(value, titles)
    elif isinstance(node, yaml.SequenceNode):
        for n, one in enumerate(node.value):
            if isinstance(one, yaml.ScalarNode) and one.value in titles:
                node.value[n] = yaml.MappingNode(_MAP, [(_scalar(titles[one.value]), one)])
            else:
                _name(one, titles)
