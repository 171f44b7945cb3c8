"""Audit events as a table that people read. Long ids are cut short; `--format json` has them whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.cli.tables import show
from grader.store.rows import TrailEvent

PROGRAM = "grader"
"""Who acted when nobody did: the program by itself."""

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{4}([0-9a-f]{8})")
_HASH = re.compile(r"([0-9a-f]{8})[0-9a-f]{24}")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00(?::00)?)")


def show_changes(events: Sequence[TrailEvent], *, dry_run: bool) -> None:
    """What a command did, or would do."""
    show(
        ("What", "Of", "Details"),
        [(event.action, _subject(event), in_words(event.details)) for event in events],
        empty="There is nothing to change.",
    )
    if dry_run and events:
        print("A dry run: nothing was changed.")


def show_trail(events: Sequence[TrailEvent]) -> None:
    """Who did what to what, and when."""
    show(
        ("When (UTC)", "Who", "What", "Of", "Details"),
        [
            (
                f"{event.at:%Y-%m-%d %H:%M:%S}",
                event.actor_email or event.actor or PROGRAM,
                event.action,
                _subject(event),
                in_words(event.details),
            )
            for event in events
        ],
        empty="Nothing has happened yet.",
    )


def _subject(event: TrailEvent) -> str:
    return f"{event.subject_kind} {_word(event.subject)}"


def in_words(details: Mapping[str, Any]) -> str:
    return "; ".join(_parts(details))


def _parts(details: Mapping[str, Any]) -> Iterator[str]:
    """`role: learner -> operator` for what was corrected, `reason: Fraud` for the rest."""
    earlier = details.get("earlier")
    former: Mapping[str, Any] = earlier if isinstance(earlier, dict) else {}
    for name, value in details.items():
        if name in former and former[name] != value:
            yield f"{name}: {_word(former[name])} -> {_word(value)}"
        elif name != "earlier":
            yield f"{name}: {_word(value)}"
    yield from (f"{name}: was {_word(value)}" for name, value in former.items() if name not in details)


def _word(value: Any) -> str:
    match value:
        case None:
            return "none"
        case dict():
            return ", ".join(f"{name} {_word(one)}" for name, one in value.items()) or "none"
        case list():
            return ", ".join(_word(one) for one in value) or "none"
        case str():
            return _short(value)
        case _:
            return str(value)


def _short(text: str) -> str:
    for pattern, short in ((_ID, r"…\1"), (_HASH, r"\1…"), (_TIME, r"\1 \2")):
        if found := pattern.fullmatch(text):
            return found.expand(short)
    return text
