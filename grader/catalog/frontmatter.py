"""Front matter: the YAML at the top of a page, with the place of every key and value."""

import re
from typing import Any

import msgspec
import yaml

from grader.diagnostics import Diagnostics, Place

_BLOCK = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_NEARLY_BLOCK = re.compile(r"\ufeff?\s*---[ \t]*[\r\n]+[A-Za-z_]+:")
_DEPTH = 2  # `section: key`; an anchor may make YAML endless
_DEEPEST, _LARGEST, _LONGEST = 50, 10_000, 1000
"""Levels (the reader of YAML has a stack), values when all anchors are followed, digits of a number."""

_INTEGER = "tag:yaml.org,2002:int"

Path = tuple[str, ...]
"""A key and what it stands in; items of a list have numbers from 0."""


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    raw: str  # as it stands, with its fences; empty when there is none
    values: dict[str, Any]
    keys: dict[Path, Place]
    places: dict[Path, Place]  # of the values

    @property
    def height(self) -> int:
        return self.raw.count("\n")

    def key(self, *path: str) -> Place:
        """Where a key stands; when it is not given, what it would stand in."""
        return self.keys.get(path) or (self.key(*path[:-1]) if path else Place())

    def value(self, *path: str) -> Place:
        """Where a value stands; when it is not given, its key."""
        return self.places.get(path) or self.key(*path)


def read_front_matter(text: str, diagnostics: Diagnostics) -> FrontMatter:
    match = _BLOCK.match(text)
    if not match:
        if _NEARLY_BLOCK.match(text):
            said = "The front matter does not begin on the first line, or is never closed."
            diagnostics.add("bad-front-matter", 1, said, hint="put it between two lines `---` at the very top")
        return FrontMatter(raw="", values={}, keys={}, places={})
    found = FrontMatter(raw=match[0], values={}, keys={}, places={})
    values: Any = {}
    try:
        _refuse_depth(match[1])
        loader = yaml.CSafeLoader(match[1])
        node = loader.get_single_node()
        if "*" in match[1] or len(match[1]) > _LONGEST:  # an anchor is used, or a number may be too long
            _refuse_size(node, {})
        _note_places(node, (), found, diagnostics)
        values = loader.construct_document(node) if node else None
        _refuse_shape(node, diagnostics)
    except yaml.MarkedYAMLError as error:
        place = _place(error.problem_mark) if error.problem_mark else Place()
        diagnostics.add("bad-front-matter", place, f"The front matter is no YAML: {error.problem}.")
    except (yaml.YAMLError, ValueError) as error:
        diagnostics.add("bad-front-matter", 1, f"The front matter is no YAML: {error}.")
    except (LookupError, AttributeError):  # what PyYAML says of `!!bool maybe`
        diagnostics.add("bad-front-matter", 1, "The front matter is no YAML: a value does not fit its tag.")
    if values is not None and not isinstance(values, dict):
        diagnostics.add("bad-front-matter", 2, "The front matter is not a list of `key: value`.")
        values = {}
    found.values.update({str(key): value for key, value in (values or {}).items()})
    return found


def _refuse_depth(text: str) -> None:
    """Before it is read whole. Raises MarkedYAMLError."""
    if sum(map(text.count, "[{-?:")) < _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _harm("it is nested too deeply", event.start_mark)


def _harm(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _refuse_size(node: Any, known: dict[int, int]) -> int:
    """How many values it holds when each anchor is followed; one that refers to itself holds too many.

    Raises MarkedYAMLError.
    """
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = _LARGEST
    size = 1
    if isinstance(node, yaml.ScalarNode):
        if node.tag == _INTEGER and len(node.value) > _LONGEST:
            raise _harm("the number is too long", node.start_mark)
    elif node is not None:
        children = [one for pair in node.value for one in pair] if isinstance(node, yaml.MappingNode) else node.value
        size += sum(_refuse_size(one, known) for one in children)
        if size > _LARGEST:
            raise _harm("its anchors hold too much", node.start_mark)
    known[id(node)] = size
    return size


def _refuse_shape(node: Any, diagnostics: Diagnostics) -> None:
    """The site's facts are written as a line of their own above the first key."""
    if isinstance(node, yaml.MappingNode) and node.value and (node.flow_style or node.start_mark.column):
        place = _place(node.start_mark)
        diagnostics.add(
            "bad-front-matter",
            place,
            "The keys of the front matter do not begin their lines.",
            hint="write each as `key: value`, at the left edge",
        )


def _note_places(node: Any, path: Path, found: FrontMatter, diagnostics: Diagnostics) -> None:
    if isinstance(node, yaml.SequenceNode):
        found.places.update({(*path, str(n)): _place(item.start_mark) for n, item in enumerate(node.value)})
    if not isinstance(node, yaml.MappingNode) or len(path) == _DEPTH:
        return
    for key, value in node.value:
        where, place = (*path, str(key.value)), _place(key.start_mark)
        if where in found.keys:
            diagnostics.add("double-key", place, f"`{key.value}` stands already on line {found.keys[where].line}.")
        found.keys.setdefault(where, place)
        found.places.setdefault(where, _place(value.start_mark))
        _note_places(value, where, found, diagnostics)


def _place(mark: Any) -> Place:
    """Of a mark in the block, whose first line is the second of the file."""
    return Place(mark.line + 2, mark.column + 1)
