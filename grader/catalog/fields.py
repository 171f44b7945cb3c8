"""The fields of front matter: which there are, and how each is read, so that every mistake is reported at its place."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from grader.catalog.frontmatter import FrontMatter
from grader.catalog.model import CertificationLevel, CourseType, QuizRules, Review
from grader.catalog.rules import read_count, read_duration, read_limit, read_share
from grader.catalog.version import find_version
from grader.diagnostics import Diagnostics, did_you_mean, nearest

MOST_MONTHS = 1200
"""A century: a longer validity is a slip of the pen."""

MOST_DAYS = 36_500
"""A century as well: the calendar ends in the year 9999."""

OUR_KEYS = ("title", "description", "track", "course", "quiz", "draft")

ENGINE_KEYS = (
    *("author", "authors", "categories", "comments", "date", "hide", "icon", "image", "links", "pin", "readtime"),
    *("revision_date", "robots", "search", "slug", "social", "status", "subtitle", "tags", "template"),
)
"""What MkDocs, Material and its plugins read."""

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
        diagnostics.add("bad-value", matter.value(section), f"`{section}` is not a list of `key: value`.")
        return {}
    values: dict[str, Any] = {}
    for raw_name, value in given.items():
        name, place = str(raw_name), (section, str(raw_name))
        if name not in fields:
            message = f"`{section}` has no key `{name}`."
            diagnostics.add("unknown-key", matter.key(*place), message, hint=did_you_mean(name, fields))
        elif value is not None:
            try:
                values[name] = fields[name](value)
            except (ValueError, TypeError, OverflowError) as error:
                message = f"`{name}: {value}` is not possible."
                diagnostics.add("bad-value", matter.value(*place), message, hint=str(error))
    for name in required:
        if name not in given:
            diagnostics.add("missing-key", matter.key(section), f"`{section}` needs the key `{name}`.")
    return values


def check_keys(matter: FrontMatter, extra: Collection[str], diagnostics: Diagnostics) -> None:
    """Every key of a page must be ours, one of the site's engine, or one of `extra`: a misspelt one does nothing."""
    known = (*OUR_KEYS, *ENGINE_KEYS, *extra)
    for name, value in matter.values.items():
        if name in ("title", "description") and isinstance(value, (list, dict, bytes)):
            diagnostics.add("bad-value", matter.value(name), f"`{name}` is no text.", hint='put it in quotes: "..."')
        if name not in known:
            near = nearest(name, known)
            diagnostics.add(
                "unknown-key",
                matter.key(name),
                f"The front matter of a page has no key `{name}`.",
                hint=f"did you mean `{near}`?"
                if near
                else "for templates of your own: `extra_page_keys` in grader.toml",
            )


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
    if find_version(value) is None:
        raise ValueError('write major.minor in quotes, such as "1.0"')
    return str(value)


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("write a list: [a, b]")  # noqa: TRY004 - a value of the author's, not a type of ours
    return tuple(str(word) for word in value)


def _text(value: Any) -> str:
    return str(value).strip()


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("write a whole number of days")
    if value > MOST_DAYS:
        raise ValueError(f"write up to {MOST_DAYS} days")
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
