"""Front matter: read field by field, so that every mistake is reported with its own line."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import yaml

from grader.catalog.model import CertificationLevel, CourseType, QuizRules, Review
from grader.catalog.rules import read_count, read_duration, read_limit, read_share
from grader.diagnostics import Diagnostics, did_you_mean

_BLOCK = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_DEPTH = 2  # `section: key`; an anchor may make YAML endless
_VERSION = re.compile(r"^\d+\.\d+$")

MOST_MONTHS = 1200
"""A century: a longer validity is a slip of the pen."""


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    raw: str  # as it stands, with its fences; empty when there is none
    values: dict[str, Any]
    lines: dict[tuple[str, ...], int]  # the line of each key, by its path

    @property
    def height(self) -> int:
        return self.raw.count("\n")

    def line(self, *path: str) -> int:
        """The line of a key; when it is not given, of what it would stand in."""
        return self.lines.get(path) or (self.line(*path[:-1]) if path else 1)


def read_front_matter(text: str, diagnostics: Diagnostics) -> FrontMatter:
    match = _BLOCK.match(text)
    if not match:
        return FrontMatter(raw="", values={}, lines={})
    raw = match[0]
    lines: dict[tuple[str, ...], int] = {}
    values: Any = {}
    try:
        loader = yaml.CSafeLoader(match[1])
        node = loader.get_single_node()
        _note_lines(node, (), lines, diagnostics)
        values = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        diagnostics.add(
            "bad-front-matter",
            mark.line + 2 if mark else 1,
            f"The front matter is no YAML: {error.problem}.",
            column=mark.column + 1 if mark else 1,
        )
    except (yaml.YAMLError, ValueError) as error:
        diagnostics.add("bad-front-matter", 1, f"The front matter is no YAML: {error}.")
    if values is not None and not isinstance(values, dict):
        diagnostics.add("bad-front-matter", 2, "The front matter is not a list of `key: value`.")
        values = {}
    return FrontMatter(raw=raw, values={str(key): value for key, value in (values or {}).items()}, lines=lines)


def _note_lines(node: Any, path: tuple[str, ...], lines: dict[tuple[str, ...], int], diagnostics: Diagnostics) -> None:
    if not isinstance(node, yaml.MappingNode) or len(path) == _DEPTH:
        return
    for key, value in node.value:
        place = (*path, str(key.value))
        number = key.start_mark.line + 2
        if place in lines:
            diagnostics.add("double-key", number, f"`{key.value}` stands already on line {lines[place]}.")
        lines.setdefault(place, number)
        _note_lines(value, place, lines, diagnostics)


Read = Callable[[Any], Any]


def read_fields(
    matter: FrontMatter,
    section: str,
    fields: Mapping[str, Read],
    required: tuple[str, ...],
    diagnostics: Diagnostics,
) -> dict[str, Any]:
    """The fields of one section that are given and good; every other one is reported."""
    given = matter.values.get(section)
    if not isinstance(given, dict):
        diagnostics.add("bad-value", matter.line(section), f"`{section}` is not a list of `key: value`.")
        return {}
    values: dict[str, Any] = {}
    for raw_name, value in given.items():
        name, line = str(raw_name), matter.line(section, str(raw_name))
        if name not in fields:
            diagnostics.add("unknown-key", line, f"`{section}` has no key `{name}`.", hint=did_you_mean(name, fields))
        elif value is not None:
            try:
                values[name] = fields[name](value)
            except (ValueError, TypeError, OverflowError) as error:
                diagnostics.add("bad-value", line, f"`{name}: {value}` is not possible.", hint=str(error))
    for name in required:
        if name not in given:
            diagnostics.add("missing-key", matter.line(section), f"`{section}` needs the key `{name}`.")
    return values


def choice(*words: str) -> Read:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(did_you_mean(str(value), words))
        return str(value)

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")  # noqa: TRY004 - a value of the author's, not a type of ours
    return value


def _version(value: Any) -> str:
    if not isinstance(value, str) or not _VERSION.match(value):
        raise ValueError('write major.minor in quotes, such as "1.0"')
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("write a list: [a, b]")  # noqa: TRY004 - a value of the author's, not a type of ours
    return tuple(str(word) for word in value)


def _text(value: Any) -> str:
    return str(value).strip()


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("write a whole number of days")
    return value


def _months(value: Any) -> int:
    if read_count(value) > MOST_MONTHS:
        raise ValueError(f"write up to {MOST_MONTHS} months")
    return int(value)


def _durations(value: Any) -> tuple[int, ...]:
    return tuple(read_duration(one) for one in (value if isinstance(value, list) else [value]))


def track_fields(types: tuple[str, ...]) -> dict[str, Read]:
    return {
        "type": choice(*types),
        "level": lambda value: CertificationLevel(choice(*CertificationLevel)(value)),
        "required": _flag,
        "version": _version,
        "grace_days": _days,
        "validity_months": _months,
        "prerequisites": _words,
    }


COURSE_FIELDS: dict[str, Read] = {
    "type": lambda value: CourseType(choice(*CourseType)(value)),
    "minutes": read_count,
    "required": _flag,
    "since": _version,
    "video": _text,
    "captions": _text,
}

QUIZ_FIELDS: dict[str, Read] = {
    "pass": read_share,
    "attempts": read_count,
    "cooldown": _durations,
    "time_limit": read_limit,
    "draw": read_count,
    "shuffle": _flag,
    "review": lambda value: Review(choice(*Review)(value)),
}


def read_rules(matter: FrontMatter, diagnostics: Diagnostics) -> QuizRules:
    if "quiz" not in matter.values:
        return QuizRules()
    fields = read_fields(matter, "quiz", QUIZ_FIELDS, (), diagnostics)
    if "pass" in fields:
        fields["passing_score"] = fields.pop("pass")
    return QuizRules(**fields)
